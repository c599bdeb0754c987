"""Restoring a revision, which adds another revision to the row."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Field, Model
from django.utils import timezone
from django.utils.text import capfirst

from common.models import reverse_relation

from ..models import Revision, single_revision
from .snapshots import editable_fields, linked_fields, states

#: Fields that are not restored: an old revision never publishes or withdraws a listing, nor changes its address.
UNRESTORED_FIELDS = {"publication", "slug"}


@transaction.atomic
def restore_revision(version: Revision) -> list[str]:
    """Restore a revision; return sentences for what was not restored because it has been deleted since.

    Raises `ValidationError`, with nothing changed, when the old values are not valid now.
    """
    model = version.instance_type
    row = model._default_manager.select_for_update().get(pk=version.id)
    state = states([version])[0]
    when = timezone.localtime(version.history_date)
    with single_revision(row, f"Put back as it was on {when.day} {when:%B %Y, %H:%M}"):
        lost = _restore_fields(row, state.fields)
        row.full_clean()
        row.save()
        for link in linked_fields(model):
            linked = link.related_model._base_manager.filter(pk__in=state.links[link.name])
            existing = set(linked.values_list("pk", flat=True))
            if existing != state.links[link.name]:
                lost.append(f"{capfirst(link.verbose_name)}: not all of them are here any more.")
            getattr(row, link.name).set(existing)
        for name in type(version).revision_history.part_names:
            lost += _restore_parts(row, name, state.parts.get(name, []))
    return lost


def _restore_fields(row: Model, values: dict[str, Any]) -> list[str]:
    """Set the values on a row, without references to deleted rows; return sentences for those."""
    lost = []
    for field in editable_fields(type(row)):
        if field.name in UNRESTORED_FIELDS or field.name not in values:
            continue
        value = values[field.name]
        if _is_deleted(field, value):
            lost.append(f"{capfirst(field.verbose_name)}: it is not here any more.")
            value = None if field.null else getattr(row, field.attname)
        setattr(row, field.attname, value)
    return lost


def _restore_parts(row: Model, name: str, wanted: list[dict[str, Any]]) -> list[str]:
    """Replace the rows of a part by those of the revision, with their old keys; return sentences for those left out."""
    relation = reverse_relation(type(row), name)
    part_model, owner = relation.related_model, relation.field
    lost, parts = [], []
    for values in wanted:
        part = part_model(pk=values["id"], **{owner.name: row})
        fields = [field for field in editable_fields(part_model) if field.attname in values]
        part_values = {field.name: field.to_python(values[field.attname]) for field in fields}
        if any(not field.null and _is_deleted(field, part_values[field.name]) for field in fields):
            lost.append(f"{capfirst(part_model._meta.verbose_name)}: what it speaks of is not here any more.")
            continue
        lost += _restore_fields(part, part_values)
        parts.append(part)
    getattr(row, name).all().delete()
    for part in parts:
        try:
            part.full_clean()
        except ValidationError as error:
            raise ValidationError([f"{part}: {message}" for message in error.messages]) from error
        part.save(force_insert=True)
    return lost


def _is_deleted(field: "Field[Any, Any]", value: Any) -> bool:
    """Return whether a value is a foreign key of a deleted row."""
    if not field.many_to_one or value is None:
        return False
    related: Any = field.related_model
    return not related._base_manager.filter(pk=value).exists()
