"""Listening to every way in which a row that the directory is made from can be written."""

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

from .change_log import TOUCHES, lock, note_change, touched

#: The relations that are many to many, and the model whose rows each belongs to.
RELATIONS = [(SupportGroup, relation) for relation in ("topics", "activities", "audiences", "areas_served")] + [
    (Venue, "access_features")
]


def listen() -> None:
    """Note every change from now on."""
    for model in TOUCHES:
        pre_save.connect(_before_row, sender=model)
        post_save.connect(_after_row, sender=model)
        pre_delete.connect(_before_row, sender=model)
        post_delete.connect(_after_row, sender=model)
        about_to_change.connect(_before_rows, sender=model)
        rows_changed.connect(_after_rows, sender=model)
    for model, relation in RELATIONS:
        m2m_changed.connect(_related, sender=getattr(model, relation).through)
    post_migrate.connect(_migrated)


def _before_row(sender, instance, **kwargs) -> None:
    lock()
    # What it belongs to before: a schedule may go to another group, a group to another venue.
    instance._touched_before = set() if instance.pk is None else touched(sender, [instance.pk])


def _after_row(sender, instance, **kwargs) -> None:
    before, after = instance.__dict__.pop("_touched_before", set()), touched(sender, [instance.pk])
    groups = None if before is None or after is None else before | after
    note_change(groups, organisations=sender is Organisation)


def _before_rows(sender, keys, **kwargs) -> None:
    lock()
    if keys:
        _note(sender, keys)


def _after_rows(sender, keys, **kwargs) -> None:
    if keys is None or keys:
        _note(sender, keys)


def _related(sender, instance, action, reverse, model, pk_set, **kwargs) -> None:
    """Something was put in a relation or taken out: by the group or venue, or (in reverse) by what it relates to."""
    if action in ("pre_add", "pre_remove", "pre_clear"):
        lock()
    owners = next(owner for owner, relation in RELATIONS if getattr(owner, relation).through is sender)
    if not reverse:
        _note(owners, [instance.pk])
    elif pk_set:
        _note(owners, pk_set)
    elif action == "pre_clear":
        relation = next(name for owner, name in RELATIONS if getattr(owner, name).through is sender)
        _note(owners, owners._base_manager.filter(**{relation: instance}).values_list("pk", flat=True))


def _migrated(sender, **kwargs) -> None:
    if sender.name == "groups":
        note_change(None)


def _note(model, keys) -> None:
    note_change(touched(model, keys), organisations=model is Organisation)
