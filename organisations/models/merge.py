"""Merges of rows: which rows one has taken the place of, and how to undo it."""

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Model
from django.db.models.signals import post_delete

from .revision import has_revisions, history_model


class Merge(models.Model):
    """Duplicates of a row were merged into it, and deleted. Their revisions stay, to be read on the row's history.

    It holds for rows of several models, some of which are of an upper layer, so it names them by label and key.
    """

    model = models.CharField(max_length=60, help_text="What sort of row: groups.venue.")
    target_id = models.PositiveBigIntegerField(help_text="The primary key of the row that stays.")
    version_before = models.CharField(max_length=40, help_text="The version of the row that stays, before.")
    version_after = models.CharField(max_length=40, help_text="After: while it has this version, it can be undone.")
    steps = models.JSONField(
        default=list, encoder=DjangoJSONEncoder, help_text="What was written, in order; empty when nobody may undo it."
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["model", "target_id"], name="merge_target")]

    def __str__(self) -> str:
        return f"merge of {self.created_at:%d %B %Y}"


class MergedRow(models.Model):
    """A duplicate that was merged into another row."""

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="rows")
    model = models.CharField(max_length=60)
    row_id = models.PositiveBigIntegerField(help_text="The primary key that it had, and its revisions have.")
    name = models.CharField(max_length=255)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["model", "row_id"], name="merged_row")]

    def __str__(self) -> str:
        return self.name


def merged_ids(model: type[Model], target_id: int) -> set[int]:
    """Return the keys of the rows that were merged into a row, and of those that were merged into them before."""
    found: set[int] = set()
    targets = {target_id}
    while targets:
        rows = MergedRow.objects.filter(merge__model=model._meta.label_lower, merge__target_id__in=targets)
        targets = set(rows.values_list("row_id", flat=True)) - found
        found |= targets
    return found


def _delete_merges(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Delete the merges into a row that is deleted, with the revisions of its duplicates where its own go too."""
    if not has_revisions(sender) or getattr(instance, "is_being_merged", False):
        return
    keys = {instance.pk, *merged_ids(sender, instance.pk)}
    if history_model(sender).revision_history.cascade_delete_history:
        history_model(sender).objects.filter(id__in=keys).delete()
    Merge.objects.filter(model=sender._meta.label_lower, target_id__in=keys).delete()


post_delete.connect(_delete_merges, dispatch_uid="organisations.delete_merges")
