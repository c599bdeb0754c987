from typing import Any

from django.db import models
from django.db.models import Q

from organisations.models import Organisation
from places.models import PublicModel

from .group import SupportGroup
from .venue import Venue

#: The relations of a `SourceRecord`, of which exactly one is set.
SUBJECTS = ("group", "organisation", "venue")


def _one_subject() -> Q:
    condition = Q()
    for subject in SUBJECTS:
        condition |= Q(**{f"{name}__isnull": name != subject for name in SUBJECTS})
    return condition


class Source(PublicModel):
    """A list of somebody else's that we read again and again: a council's directory, a 12-step meeting list."""

    name = models.CharField(max_length=120)
    url = models.URLField("address", blank=True, help_text="Where people can see it.")
    licence = models.CharField(max_length=120, blank=True, help_text="Open Government Licence v3.0.")
    attribution = models.CharField(
        max_length=240, blank=True, help_text="The words that its licence asks for. They stand on the public pages."
    )
    mapping = models.JSONField(
        default=dict, blank=True, editable=False, help_text="What each column of its file is, as it was chosen last."
    )
    last_read_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="source_name_once",
                violation_error_message="A source of this name is already there.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SourceRecord(PublicModel):
    """What one entry of a source, by the id that it has there, is in this directory."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="records")
    foreign_id = models.CharField("its id there", max_length=200)
    group = models.ForeignKey(SupportGroup, models.CASCADE, null=True, blank=True, related_name="source_records")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="source_records")
    venue = models.ForeignKey(Venue, models.CASCADE, null=True, blank=True, related_name="source_records")

    class Meta:
        ordering = ["source__name", "foreign_id"]
        verbose_name = "id in another list"
        verbose_name_plural = "ids in other lists"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "foreign_id"],
                name="source_record_once",
                violation_error_message="This source has an entry with this id already.",
            ),
            models.CheckConstraint(
                condition=_one_subject(),
                name="source_record_of_one_thing",
                violation_error_message="Choose a group, an organisation or a venue: just one.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.foreign_id}, {self.source}"

    @property
    def subject(self) -> Any:
        """The group, organisation or venue that it is; None only before one is set."""
        return self.group or self.organisation or self.venue
