from django.db import models
from django.db.models import Q

from common.models.known_values import choices_are_known
from groups.choices import Focus, NeedState
from groups.models.vocabulary import Topic
from organisations.models import Organisation
from places.models import Area, PublicModel

from .base import SetAside


class Need(SetAside, PublicModel):
    """Something that people asked for and that is not there. It says nothing about who asked."""

    what = models.CharField(max_length=240, help_text="What is missing, in a sentence, with nobody's name.")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="needs")
    focus = models.CharField(max_length=20, choices=Focus, default=Focus.NOT_SAID)
    topics = models.ManyToManyField(Topic, blank=True, related_name="needs")
    times_asked = models.PositiveIntegerField(default=1, help_text="How many people asked for it.")
    state = models.CharField(max_length=20, choices=NeedState, default=NeedState.ASKED)
    is_shown = models.BooleanField(
        "shown to everybody",
        default=False,
        help_text="Tick when you have read it, and it names nobody. Until then only staff see it.",
    )
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    taken_on_by = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="needs_taken_on")
    outcome = models.TextField("what became of it", blank=True, help_text="Or why it is not possible.")

    class Meta:
        ordering = ["-times_asked", "-created_at"]
        indexes = [
            models.Index(fields=["fingerprint"], name="need_fingerprint"),
            models.Index(fields=["is_set_aside", "created_at"], name="need_set_aside"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(times_asked__gte=1),
                name="need_asked_at_least_once",
                violation_error_message="Somebody must have asked for it.",
            ),
            choices_are_known("need", focus=Focus, state=NeedState),
            models.CheckConstraint(
                condition=Q(is_set_aside=False) | Q(is_shown=False),
                name="need_shown_is_not_set_aside",
                violation_error_message="What is set aside is shown to nobody. Untick “set aside” to show it.",
            ),
            models.CheckConstraint(
                condition=~Q(state=NeedState.TAKEN_ON) | Q(taken_on_by__isnull=False),
                name="need_taken_on_by_somebody",
                violation_error_message="Say which organisation has taken it on.",
            ),
            models.CheckConstraint(
                condition=~Q(state=NeedState.NOT_POSSIBLE) | ~Q(outcome=""),
                name="need_not_possible_says_why",
                violation_error_message="Say why it is not possible now.",
            ),
        ]

    def __str__(self) -> str:
        return self.what
