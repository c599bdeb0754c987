"""The relations to a model, found by introspection: a model that is added later is merged too."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import ForeignKey, Model, Q, UniqueConstraint

from common.models import reverse_relation

from ..models import has_revisions
from ..models.revision import history_model


def relations_to(model: type[Model]) -> "list[ForeignKey[Any, Any]]":
    """Return the foreign keys to a model, those of the tables of many-to-many relations too, in a fixed order.

    Revisions are left out, whose keys the database does not enforce: they say what was, and stay as they are.
    """
    fields: list[Any] = [each.remote_field for each in model._meta.get_fields(include_hidden=True) if each.auto_created]
    foreign_keys = [each for each in fields if isinstance(each, ForeignKey) and getattr(each, "db_constraint", True)]
    return sorted(foreign_keys, key=lambda field: (field.model._meta.label_lower, field.name))


def is_link(field: "ForeignKey[Any, Any]") -> bool:
    """Return whether a foreign key is one of the two of a many-to-many relation without a model of its own."""
    return bool(field.model._meta.auto_created)


def accessor(field: "ForeignKey[Any, Any]") -> str:
    """Return the name of a relation as its other side knows it; "" if that does not."""
    return "" if field.remote_field.hidden else str(field.remote_field.get_accessor_name())


def uniques(field: "ForeignKey[Any, Any]") -> list[tuple[tuple[str, ...], Q | None]]:
    """Return the sets of fields with a foreign key that must be unique, each with the condition of the rows."""
    meta = field.model._meta
    constraints = [each for each in meta.constraints if isinstance(each, UniqueConstraint)]
    sets: list[tuple[tuple[str, ...], Q | None]] = [(tuple(each.fields), each.condition) for each in constraints]
    sets += [(tuple(names), None) for names in meta.unique_together]
    sets += [((field.name,), None)] if field.unique else []
    return [(names, condition) for names, condition in sets if field.name in names]


def is_part(field: "ForeignKey[Any, Any]") -> bool:
    """Return whether the rows are a part of the one that they point to, and stand in its revisions."""
    model: Any = field.related_model
    return has_revisions(model) and accessor(field) in history_model(model).revision_history.part_names


def revised_rows(field: "ForeignKey[Any, Any]", keys: Collection[int]) -> Iterable[tuple[type[Model], set[int]]]:
    """Yield (model, keys) of the rows, other than of the model pointed to, whose revisions some rows stand in."""
    model: Any = field.model
    if has_revisions(model):
        yield model, set(keys)
        return
    for owner in model._meta.concrete_fields:
        if not isinstance(owner, ForeignKey) or owner == field or not has_revisions(owner.related_model):
            continue
        owned = model._meta.auto_created is owner.related_model if is_link(field) else is_part(owner)
        if owned:
            rows = model._base_manager.filter(pk__in=keys).order_by()
            yield owner.related_model, set(rows.values_list(owner.attname, flat=True))


def related_field(model: type[Model], relation: str) -> Any:
    """Return the foreign key behind a relation, by the name that a model gives to it."""
    field: Any = reverse_relation(model, relation).field
    return field
