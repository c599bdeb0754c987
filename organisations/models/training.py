import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from common.dates import format_date_range
from common.models.known_values import choices_are_known
from common.nations import Nation
from places.models import Area

from ..choices import Publication, TrainingKind, YesNo
from ..querysets import TrainingQuerySet
from .contact import Contact
from .listing import Check, FormerSlug, Listing
from .organisation import Organisation
from .revision import RevisionHistory


class Training(Listing):
    """A course, a way to train for peer work, or help to start a group."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="trainings")
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=TrainingKind, default=TrainingKind.COURSE)
    summary = models.CharField(max_length=240, help_text="One or two plain sentences, for lists.")
    description = models.TextField(blank=True)
    is_free = models.CharField("free", max_length=10, choices=YesNo, default=YesNo.NOT_SAID)
    price = models.CharField(max_length=120, blank=True, help_text="In words: “£40, or £20 if you are out of work”.")
    starts_on = models.DateField(
        "first day",
        null=True,
        blank=True,
        help_text="Of a course of a fixed length. Empty if people can join any time.",
    )
    ends_on = models.DateField("last day", null=True, blank=True, help_text="After this day it is no longer listed.")
    session_count = models.PositiveSmallIntegerField("number of sessions", null=True, blank=True)
    when_and_where = models.TextField(blank=True, help_text="Empty: the page says that nobody has told us.")
    areas_served = models.ManyToManyField(Area, blank=True, related_name="trainings")
    contacts = models.ManyToManyField(Contact, blank=True, related_name="trainings")

    plain_fields = {
        "title": "Name of the course",
        "summary": "In a sentence or two",
        "description": "What is it?",
        "is_free": "Is it free?",
        "price": "Price",
        "starts_on": "First day",
        "ends_on": "Last day",
        "session_count": "Number of sessions",
        "when_and_where": "When and where",
    }

    objects: ClassVar = TrainingQuerySet.as_manager()
    history = RevisionHistory(m2m_fields=["areas_served", "contacts"])

    class Meta:
        ordering = ["title", "organisation__name"]
        verbose_name_plural = "training"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "title"],
                name="training_once_per_organisation",
                violation_error_message="This organisation already has a training of this title.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
                name="training_ends_after_it_starts",
                violation_error_message="A course that has a last day has a first day too, and not after it.",
            ),
            models.CheckConstraint(
                condition=Q(session_count=None) | Q(session_count__isnull=False, session_count__gte=1),
                name="training_has_sessions",
                violation_error_message="A course has one session or more. Leave the number empty if nobody knows it.",
            ),
            models.CheckConstraint(
                condition=Q(price="") | ~Q(is_free=YesNo.YES),
                name="training_has_no_price_if_free",
                violation_error_message="A course that is free has no price. Say what else there is to pay in “What”.",
            ),
            choices_are_known("training", publication=Publication, kind=TrainingKind, is_free=YesNo),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.organisation}"

    def get_absolute_url(self) -> str:
        # It has no page of its own: its organisation's has all of it.
        return f"{self.organisation.get_absolute_url()}#{self.slug}"

    @property
    def nation(self) -> Nation | None:
        """Return the nation of its areas served, else of its organisation's; None unless it is exactly one."""
        areas = self.areas_served.all() or self.organisation.areas_served.all()
        return Nation.shared_by(Area.objects.nations_of(areas))

    @property
    def dates(self) -> str:
        """Return the days and the number of sessions, "5 January to 9 February 2027, 6 sessions"; "" for neither."""
        sessions = f"{self.session_count} session{'' if self.session_count == 1 else 's'}" if self.session_count else ""
        days = format_date_range(self.starts_on, self.ends_on)
        if self.starts_on and not self.ends_on:
            days = f"Starts on {days}"
        return ", ".join(filter(None, [days, sessions]))

    def has_begun(self, today: datetime.date) -> bool:
        """Return whether a day lies behind its first day."""
        return self.starts_on is not None and self.starts_on < today

    def is_over(self, today: datetime.date) -> bool:
        """Return whether its last day is past; of one whose last day is unknown, its first."""
        last = self.ends_on or self.starts_on
        return last is not None and last < today


class TrainingCheck(Check):
    """Somebody confirmed what is said of a training."""

    # No index of its own: the one for the newest check starts with it.
    listing = models.ForeignKey(Training, models.CASCADE, related_name="checks", db_index=False)


class TrainingFormerSlug(FormerSlug):
    """A slug that a training had before."""

    listing = models.ForeignKey(Training, models.CASCADE, related_name="former_slugs")
