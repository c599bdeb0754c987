from typing import ClassVar

from django.db import models

from common.nations import Nation
from places.models import Area

from ..choices import TrainingKind, YesNo
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
    when_and_where = models.TextField(blank=True, help_text="Empty: the page says that nobody has told us.")
    areas_served = models.ManyToManyField(Area, blank=True, related_name="trainings")
    contacts = models.ManyToManyField(Contact, blank=True, related_name="trainings")

    plain_fields = {
        "title": "Name of the course",
        "summary": "In a sentence or two",
        "description": "What is it?",
        "is_free": "Is it free?",
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


class TrainingCheck(Check):
    """Somebody confirmed what is said of a training."""

    listing = models.ForeignKey(Training, models.CASCADE, related_name="checks")


class TrainingFormerSlug(FormerSlug):
    """A slug that a training had before."""

    listing = models.ForeignKey(Training, models.CASCADE, related_name="former_slugs")
