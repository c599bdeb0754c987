from django.db import models
from django.db.models import Q

from common.models.known_values import choices_are_known
from groups.choices import ReportPart, ReportState

from .base import AboutListing, InWords, SetAside, Submission, about_one_listing, has_day_unless

#: The texts in which people say what is right.
REPORTED = ("when_in_words", "where_in_words", "hours_in_words", "what_is_right")


class Report(AboutListing, InWords, SetAside, Submission):
    """A visitor says that a listing is wrong. Those who say the same of the same listing are counted, not kept apart.

    What many say of one listing in a short time, and what looks like an advert, is set aside: it is kept in a small
    heap of its own, so that it hides nothing else.
    """

    part = models.CharField("what is wrong", max_length=20, choices=ReportPart)
    hours_in_words = models.TextField("when it is open", blank=True)
    hours_read = models.TextField(
        "when it is open, as it was read", blank=True, editable=False, help_text="As it is stored; empty: not read."
    )
    what_is_right = models.TextField("what is right instead", blank=True)
    times_said = models.PositiveIntegerField(default=1, help_text="How many said the same.")
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    state = models.CharField(max_length=20, choices=ReportState, default=ReportState.OPEN, db_index=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["fingerprint"], name="report_fingerprint"),
            models.Index(fields=["is_set_aside", "created_at"], name="report_set_aside"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=about_one_listing(),
                name="report_about_one_listing",
                violation_error_message="A report is about one listing: a group, organisation, role or training.",
            ),
            models.CheckConstraint(
                condition=has_day_unless("closed_on", state=ReportState.OPEN),
                name="report_closed_on_a_day",
                violation_error_message="A closed report has the day it was closed; an open one has none.",
            ),
            models.CheckConstraint(
                condition=Q(times_said__gte=1),
                name="report_said_at_least_once",
                violation_error_message="Somebody must have said it.",
            ),
            choices_are_known("report", part=ReportPart, state=ReportState),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()}: {self.listing}"

    @property
    def is_open(self) -> bool:
        return self.state == ReportState.OPEN
