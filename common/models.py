import uuid
from typing import Any, ClassVar

from django.db import models, transaction

from .change_signals import ChangeTrackedQuerySet


class ChangeTracked(models.Model):
    """A row that is copied into snapshots: saving or deleting it and sending the change signals is one transaction."""

    objects: ClassVar = ChangeTrackedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        with transaction.atomic(using=kwargs.get("using")):
            super().save(**kwargs)

    def delete(self, using: str | None = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        with transaction.atomic(using=using):
            return super().delete(using=using, keep_parents=keep_parents)


class PublicModel(ChangeTracked):
    """Something with a name of its own in the world: it keeps one public identity for ever and says when it changed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
