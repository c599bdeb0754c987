from django.db import models
from django.db.models import Q

from organisations.models import Organisation, PeerRole, Training
from places.models import Noun

from ..choices import ReportPart, ReportState

_LISTINGS = ("group", "organisation", "role", "training")


def _about_one_listing() -> Q:
    """The condition that just one of the listings is set."""
    either = Q()
    for chosen in _LISTINGS:
        either |= Q(**{f"{listing}__isnull": listing != chosen for listing in _LISTINGS})
    return either


class Report(Noun):
    """Somebody says that a listing is wrong. Their name is never asked; an e-mail address only if they want news."""

    group = models.ForeignKey("SupportGroup", models.CASCADE, null=True, blank=True, related_name="reports")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="reports")
    role = models.ForeignKey(PeerRole, models.CASCADE, null=True, blank=True, related_name="reports")
    training = models.ForeignKey(Training, models.CASCADE, null=True, blank=True, related_name="reports")
    part = models.CharField("what is wrong", max_length=20, choices=ReportPart)
    what_is_right = models.TextField("what is right instead", blank=True)
    email = models.EmailField("e-mail", blank=True, help_text="Deleted 90 days after the report is closed.")
    state = models.CharField(max_length=20, choices=ReportState, default=ReportState.OPEN, db_index=True)
    closed_on = models.DateField(null=True, blank=True)
    staff_note = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=_about_one_listing(),
                name="report_about_one_listing",
                violation_error_message="A report is about one listing: a group, organisation, role or training.",
            ),
            models.CheckConstraint(
                condition=(Q(state=ReportState.OPEN) & Q(closed_on=None))
                | (~Q(state=ReportState.OPEN) & Q(closed_on__isnull=False)),
                name="report_closed_on_a_day",
                violation_error_message="A closed report has the day it was closed; an open one has none.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()}: {self.listing}"

    @property
    def listing(self):
        """What the report is about."""
        return self.group or self.organisation or self.role or self.training
