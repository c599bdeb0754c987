from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from common.models.known_values import choices_are_known
from groups.choices import ProposalSource, ProposalState
from organisations.models import proposable_fields

from .base import CONTACT, WORDED, AboutListing, Submission, about_one_listing, has_day_unless
from .report import Report
from .suggestion import Suggestion


class Proposal(AboutListing, Submission):
    """How a listing could be changed. Nobody sees it but staff, until an editor takes it, some of it, or none.

    Its plain fields are proposed one by one, each with what it said then; so is when and where a group meets, in words.
    All else is said in a note.
    """

    source = models.CharField("how we know", max_length=20, choices=ProposalSource)
    changes = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        encoder=DjangoJSONEncoder,
        help_text='By the name of a field, what it was and what it could be: {"hours": {"was": "", "proposed": "9"}}.',
    )
    note = models.TextField(blank=True, help_text="All that is no field of its own: contacts, and what was not read.")
    made_against = models.PositiveIntegerField(
        "revision it was made against", default=0, editable=False, help_text="The listing's revision then."
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    report = models.ForeignKey(Report, models.SET_NULL, null=True, blank=True, related_name="proposals")
    suggestion = models.ForeignKey(Suggestion, models.SET_NULL, null=True, blank=True, related_name="proposals")
    state = models.CharField(max_length=20, choices=ProposalState, default=ProposalState.OPEN, db_index=True)
    taken = models.JSONField(default=list, blank=True, editable=False, help_text="The fields that were taken.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    earlier_decisions = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        encoder=DjangoJSONEncoder,
        help_text="Those before it was opened again: the state, what was taken, by whom and when, who opened it again.",
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=about_one_listing(),
                name="proposal_about_one_listing",
                violation_error_message="A proposal is about one listing: a group, organisation, role or training.",
            ),
            models.CheckConstraint(
                condition=has_day_unless("closed_on", state=ProposalState.OPEN),
                name="proposal_decided_on_a_day",
                violation_error_message="A decided proposal has the day it was decided; an open one has none.",
            ),
            choices_are_known("proposal", source=ProposalSource, state=ProposalState),
        ]

    def __str__(self) -> str:
        return f"{self.listing}: {self.get_source_display()}"

    def clean(self) -> None:
        """Raise `ValidationError` if nothing is proposed, or fields that may not be proposed."""
        if not self.changes and not self.note:
            raise ValidationError("Say what could be changed.")
        if self.listing is None:
            return  # A constraint says that.
        allowed = {field.name for field in proposable_fields(type(self.listing))}
        if self.group is not None:
            allowed |= {*WORDED, CONTACT}
        if not set(self.changes) <= allowed:
            raise ValidationError("Only plain fields, when, where and a contact can be proposed; the rest is a note.")

    @property
    def is_open(self) -> bool:
        return self.state == ProposalState.OPEN
