from django.db import models

from .source import SourceRecord


class SourceReading(models.Model):
    """What an entry of a source said when it was last imported: what is different here since, somebody changed here.

    It is beside the record, and not in it, because pages read records. It goes with its record.
    """

    record = models.OneToOneField(SourceRecord, models.CASCADE, primary_key=True, related_name="reading")
    cells = models.JSONField(default=dict, help_text="By the titles of the columns of a spreadsheet of groups.")

    def __str__(self) -> str:
        return f"what {self.record} said"
