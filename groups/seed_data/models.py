from django.db import models


class Loaded(models.Model):
    """What `load_directory` has written from one entry of one file, and how it stood when it was written.

    It stays when its row is deleted, so that what an editor removed does not come back; and a row that no longer
    stands as it was written is an editor's own, and is never written again.
    """

    key = models.CharField(
        "where it is written", max_length=200, unique=True, help_text="File, table and entry: take_off/groups/talking."
    )
    # Not a foreign key: the row may be gone, and a label is the same in every database.
    model = models.CharField(max_length=60, help_text="What sort of row: groups.supportgroup.")
    row_id = models.PositiveBigIntegerField(help_text="The row's primary key.")
    fingerprint = models.JSONField(default=dict, help_text="A digest of each value as it was written.")

    class Meta:
        ordering = ["key"]
        verbose_name = "loaded entry"
        verbose_name_plural = "loaded entries"
        constraints = [
            models.UniqueConstraint(
                fields=["model", "row_id"],
                name="loaded_once_per_row",
                violation_error_message="This row has been loaded from another entry.",
            ),
        ]

    def __str__(self) -> str:
        return self.key
