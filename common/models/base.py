import uuid
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models, transaction

from ..change_signals import ChangeTrackedQuerySet


class ChangeTracked(models.Model):
    """A row that is copied into snapshots: saving or deleting it and sending the change signals is one transaction."""

    objects: ClassVar[models.Manager[Self]] = ChangeTrackedQuerySet.as_manager()

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


def reverse_relation(model: type[models.Model], name: str) -> models.ForeignObjectRel:
    """Return a relation of a model that is a foreign key of another. Raises `TypeError` for any other field."""
    relation = model._meta.get_field(name)
    if not isinstance(relation, models.ForeignObjectRel):
        raise TypeError(f"{model.__name__}.{name} is no foreign key of another model.")
    return relation


def related_model(model: type[models.Model], name: str) -> Any:
    """Return the model on the other side of a relation. A lower app reaches so the models of an upper one."""
    return model._meta.get_field(name).related_model


def related_rows(instance: Any, relation: str) -> Iterable[Any]:
    """Return the rows of a relation to many; if they were prefetched, without a manager, which takes longer to make."""
    prefetched: dict[str, Iterable[Any]] = instance.__dict__.get("_prefetched_objects_cache", {})
    rows = prefetched.get(relation)
    found: Iterable[Any] = getattr(instance, relation).all() if rows is None else rows
    return found
