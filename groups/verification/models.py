import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from common.models.known_values import choices_are_known
from organisations.models import Contact, Organisation
from places.models import PublicModel

from ..choices import CheckAnswer, Delivery
from ..feedback.models.base import AboutListing, about_one_listing, has_day_unless
from ..querysets import CheckRequestQuerySet

#: The number of days for which the token in a message is valid.
LINK_DAYS = 60
#: The number of days without an answer after which a request counts as silent: the time between two messages.
SILENT_AFTER_DAYS = 14


class CheckRequest(PublicModel):
    """One message to an organisation that asks whether its listings are still right, with a link that needs no account.

    The address it went to is not kept here: it is the contact's.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="check_requests")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="check_requests")
    sent_on = models.DateField(db_index=True)
    delivery = models.CharField(max_length=10, choices=Delivery, default=Delivery.SENDING)
    problem = models.CharField(max_length=200, blank=True, help_text="What the mail server said.")

    objects: ClassVar = CheckRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(problem="") | Q(delivery=Delivery.REFUSED),
                name="checkrequest_problem_only_if_refused",
                violation_error_message="Only a message that was refused has a problem.",
            ),
            choices_are_known("checkrequest", delivery=Delivery),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.sent_on}"

    def is_silent(self, today: datetime.date) -> bool:
        """Return whether it was sent at least a fortnight ago."""
        return today - self.sent_on >= datetime.timedelta(days=SILENT_AFTER_DAYS)

    @property
    def last_day(self) -> datetime.date:
        """Return the last day on which its token is valid."""
        return self.sent_on + datetime.timedelta(days=LINK_DAYS)


class AskedListing(AboutListing):
    """A listing that a message asked about, and what was answered. A later answer takes the place of an earlier one."""

    request = models.ForeignKey(CheckRequest, models.CASCADE, related_name="asked")
    answer = models.CharField(max_length=10, choices=CheckAnswer, default=CheckAnswer.NONE)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=about_one_listing(),
                name="asked_about_one_listing",
                violation_error_message="Each is about one listing: a group, organisation, role or training.",
            ),
            models.CheckConstraint(
                condition=has_day_unless("answered_on", answer=CheckAnswer.NONE),
                name="asked_answered_on_a_day",
                violation_error_message="An answer has the day it was given.",
            ),
            choices_are_known("asked", answer=CheckAnswer),
        ]

    def __str__(self) -> str:
        return str(self.listing)

    def clean(self) -> None:
        """Raise `ValidationError` for a listing of another organisation."""
        if self.listing and self.owner != self.request.organisation:
            raise ValidationError("An organisation is asked about its own listings only.")
