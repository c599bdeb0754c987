from django.db import models

from common.models.known_values import choices_are_known
from groups.choices import SuggestionState
from organisations.models import Organisation
from places.models import Area

from .base import InWords, SetAside, Submission, has_day_unless


class Suggestion(InWords, SetAside, Submission):
    """Somebody tells us, in their own words, of a group that we do not have. An editor makes a draft of it.

    Where we have the group after all, the editor makes a proposal for it instead.
    """

    name = models.CharField("what the group is called", max_length=120)
    what = models.TextField("what it does, and for whom")
    place = models.CharField(max_length=100, blank=True, help_text="The town or area that was typed; no postcode.")
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="suggestions", help_text="Found from the place."
    )
    run_by = models.CharField("who runs it", max_length=120, blank=True)
    how_to_ask = models.CharField("how people can ask", max_length=200, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    times_said = models.PositiveIntegerField(default=1, help_text="How many told us the same.")
    state = models.CharField(max_length=20, choices=SuggestionState, default=SuggestionState.OPEN, db_index=True)
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="suggestions",
        help_text="Who runs it, if we list them. Left empty, a draft of an organisation is made too.",
    )
    group = models.ForeignKey(
        "SupportGroup",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="suggestions",
        help_text="The draft that was made of it, or the group that we had already.",
    )

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["fingerprint"], name="suggestion_fingerprint"),
            models.Index(fields=["is_set_aside", "created_at"], name="suggestion_set_aside"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=has_day_unless("closed_on", state=SuggestionState.OPEN),
                name="suggestion_closed_on_a_day",
                violation_error_message="A closed suggestion has the day it was closed; an open one has none.",
            ),
            choices_are_known("suggestion", state=SuggestionState),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state == SuggestionState.OPEN
