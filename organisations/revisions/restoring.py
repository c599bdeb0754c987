"""Putting a version back: what it says becomes what the thing says, as one more version of it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Field, Model
from django.utils import timezone
from django.utils.text import capfirst

from ..models import Revision, single_revision
from .snapshots import linked_fields, states, told_fields

#: What stays as it is now: an old version never shows or hides a listing, nor moves it to another address.
STAYS = {"publication", "slug"}


@transaction.atomic
def restore_revision(version: Revision) -> list[str]:
    """Put a version back, and say in sentences what of it is not here any more and so stayed away.

    Raises `ValidationError`, with nothing changed, when what it says is not allowed now.
    """
    model = version.instance_type
    row = model._default_manager.select_for_update().get(pk=version.id)
    state = states([version])[0]
    when = timezone.localtime(version.history_date)
    with single_revision(row, f"Put back as it was on {when.day} {when:%B %Y, %H:%M}"):
        lost = _put_fields_back(row, state.fields)
        row.full_clean()
        row.save()
        for link in linked_fields(model):
            not_ended = link.related_model._base_manager.filter(pk__in=state.links[link.name])
            there = set(not_ended.values_list("pk", flat=True))
            if there != state.links[link.name]:
                lost.append(f"{capfirst(link.verbose_name)}: not all of them are here any more.")
            getattr(row, link.name).set(there)
        for name in type(version).keeper.part_names:
            lost += _put_parts_back(row, name, state.parts.get(name, []))
    return lost


def _put_fields_back(row: Model, values: dict) -> list[str]:
    """Give a row these values, but for what they point at that is gone."""
    lost = []
    for field in told_fields(type(row)):
        if field.name in STAYS or field.name not in values:
            continue
        value = values[field.name]
        if _is_gone(field, value):
            lost.append(f"{capfirst(field.verbose_name)}: it is not here any more.")
            value = None if field.null else getattr(row, field.attname)
        setattr(row, field.attname, value)
    return lost


def _put_parts_back(row: Model, name: str, wanted: list[dict]) -> list[str]:
    """Make the rows that belong to it what they were: those that differ are written anew under their old keys."""
    relation = row._meta.get_field(name)
    part_model, owner = relation.related_model, relation.field
    lost, parts = [], []
    for values in wanted:
        part = part_model(pk=values["id"], **{owner.name: row})
        fields = [field for field in told_fields(part_model) if field.attname in values]
        known = {field.name: field.to_python(values[field.attname]) for field in fields}
        if any(not field.null and _is_gone(field, known[field.name]) for field in fields):
            lost.append(f"{capfirst(part_model._meta.verbose_name)}: what it speaks of is not here any more.")
            continue
        lost += _put_fields_back(part, known)
        parts.append(part)
    getattr(row, name).all().delete()
    for part in parts:
        try:
            part.full_clean()
        except ValidationError as error:
            raise ValidationError([f"{part}: {message}" for message in error.messages]) from error
        part.save(force_insert=True)
    return lost


def _is_gone(field: Field, value) -> bool:
    """Whether a field would point at something that has been deleted since."""
    if not field.many_to_one or value is None:
        return False
    return not field.related_model._base_manager.filter(pk=value).exists()
