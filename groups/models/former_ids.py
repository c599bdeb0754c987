"""Codes and public ids that rows had which were merged into others."""

from django.db import models

from ..short_codes import LENGTH
from .group import SupportGroup
from .venue import Venue


class GroupFormerCode(models.Model):
    """The code of a group that was merged into another: printed lists name it for ever."""

    code = models.CharField(max_length=LENGTH, unique=True)
    group = models.ForeignKey(SupportGroup, models.CASCADE, related_name="former_codes")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class VenueFormerId(models.Model):
    """The public id of a venue that was merged into another: its old address redirects for ever."""

    public_id = models.UUIDField(unique=True)
    venue = models.ForeignKey(Venue, models.CASCADE, related_name="former_ids")

    class Meta:
        ordering = ["public_id"]

    def __str__(self) -> str:
        return str(self.public_id)
