"""Signal receivers that log every write, of whatever kind, to a model that snapshots are built from."""

from collections.abc import Collection, Iterable
from typing import Any

from django.apps import AppConfig
from django.db.models import Model
from django.db.models.signals import (
    m2m_changed,
    post_delete,
    post_migrate,
    post_save,
    pre_delete,
    pre_save,
)

from common.change_signals import about_to_change, rows_changed
from groups.models import SupportGroup, Venue
from organisations.models import Organisation

from .change_log import AFFECTED_GROUPS, affected_groups, lock, note_change

#: The many-to-many relations, each with the model that declares it.
M2M_RELATIONS = [
    (SupportGroup, relation) for relation in ("topics", "activities", "audiences", "languages", "areas_served")
] + [(Venue, "access_features")]


def listen() -> None:
    """Connect the receivers."""
    for model in AFFECTED_GROUPS:
        pre_save.connect(_before_row, sender=model)
        post_save.connect(_after_row, sender=model)
        pre_delete.connect(_before_row, sender=model)
        post_delete.connect(_after_row, sender=model)
        about_to_change.connect(_before_rows, sender=model)
        rows_changed.connect(_after_rows, sender=model)
    for model, relation in M2M_RELATIONS:
        m2m_changed.connect(_m2m_changed, sender=getattr(model, relation).through)
    post_migrate.connect(_migrated)


def _before_row(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    lock()
    # What it affects before the write: a schedule may move to another group, a group to another venue.
    instance._affected_before = set() if instance.pk is None else affected_groups(sender, [instance.pk])


def _after_row(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    before, after = instance.__dict__.pop("_affected_before", set()), affected_groups(sender, [instance.pk])
    groups = None if before is None or after is None else before | after
    note_change(groups, [instance.pk] if sender is Organisation else ())


def _before_rows(sender: type[Model], keys: Collection[Any], **kwargs: Any) -> None:
    lock()
    if keys:
        _note(sender, keys)


def _after_rows(sender: type[Model], keys: Collection[Any] | None, **kwargs: Any) -> None:
    if keys is None or keys:
        _note(sender, keys)


def _m2m_changed(
    sender: type[Model],
    instance: Any,
    action: str,
    reverse: bool,
    model: type[Model],
    pk_set: set[Any] | None,
    **kwargs: Any,
) -> None:
    """Log a change to a many-to-many relation, made from either side."""
    if action in ("pre_add", "pre_remove", "pre_clear"):
        lock()
    owner_model = next(owner for owner, relation in M2M_RELATIONS if getattr(owner, relation).through is sender)
    if not reverse:
        _note(owner_model, [instance.pk])
    elif pk_set:
        _note(owner_model, pk_set)
    elif action == "pre_clear":
        relation = next(name for owner, name in M2M_RELATIONS if getattr(owner, name).through is sender)
        _note(owner_model, owner_model._base_manager.filter(**{relation: instance}).values_list("pk", flat=True))


def _migrated(sender: AppConfig, **kwargs: Any) -> None:
    if sender.name == "groups":
        note_change(None)


def _note(model: type[Model], keys: Iterable[Any] | None) -> None:
    keys = None if keys is None else [*keys]
    note_change(affected_groups(model, keys), keys if model is Organisation and keys is not None else ())
