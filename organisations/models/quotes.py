from typing import ClassVar

from django.db import models

from common.models.known_values import choices_are_known

from ..choices import Permission, Theme
from ..querysets import WordsQuerySet
from .listing import Sourced
from .organisation import Organisation


class Quotation(Sourced):
    """Somebody's own words, by their role, never their name. Shown only where leave to show them is on record."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="quotations")
    words = models.TextField()
    attribution = models.CharField("who", max_length=160, help_text='A role or a publication: "WATCH member".')
    permission = models.CharField(max_length=10, choices=Permission, default=Permission.NONE)
    permission_note = models.CharField(max_length=200, blank=True, help_text="Where and when it was given.")
    explains_peer_support = models.BooleanField(
        default=False, help_text='Show it on the page "peer support explained" too.'
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="Smaller numbers come first.")

    objects: ClassVar = WordsQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "words"],
                name="quotation_once_per_organisation",
                violation_error_message="This quotation is already listed.",
            ),
            choices_are_known("quotation", permission=Permission),
        ]

    def __str__(self) -> str:
        return f"“{self.words[:60]}…” {self.attribution}" if len(self.words) > 60 else f"“{self.words}”"


class Statement(Sourced):
    """What an organisation says of itself or of peer support, on one theme, in sentences or as a list of points."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="statements")
    theme = models.CharField(max_length=20, choices=Theme)
    heading = models.CharField(max_length=160)
    text = models.TextField(help_text="Sentences. An empty line begins a new paragraph.")
    points = models.JSONField(default=list, blank=True, help_text="Points, one in each line.")
    explains_peer_support = models.BooleanField(
        default=False, help_text='Show it on the page "peer support explained" too.'
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="Smaller numbers come first.")

    objects: ClassVar = WordsQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "heading"],
                name="statement_heading_once_per_organisation",
                violation_error_message="This organisation already has a statement with this heading.",
            ),
            choices_are_known("statement", theme=Theme),
        ]

    def __str__(self) -> str:
        return f"{self.heading}, {self.organisation}"
