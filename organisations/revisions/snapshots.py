"""Revisions in a form that can be compared: fields, many-to-many relations, and parts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Field, ManyToManyField, Model

from ..models import Revision
from ..models.revision import history_model

#: Fields that the site maintains and no editor changes.
INTERNAL_FIELDS = {"id", "public_id", "created_at", "updated_at", "revision", "code", "outward_code"}
#: Fields of every listing, shown last.
LAST_FIELDS = {"source_name", "source_url", "source_dated", "publication", "slug"}


@dataclass(frozen=True)
class State:
    """The state of a row: values by field name, primary keys by relation, rows of columns by part."""

    fields: dict[str, Any]
    links: dict[str, frozenset[int]] = field(default_factory=dict)
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def editable_fields(model: type[Model]) -> "list[Field[Any, Any]]":
    """Return the fields that editors fill in, with source and publication last."""
    fields = [field for field in model._meta.concrete_fields if field.name not in INTERNAL_FIELDS]
    return sorted(fields, key=lambda field: field.name in LAST_FIELDS)


def linked_fields(model: type[Model]) -> "list[ManyToManyField[Any, Any]]":
    """Return the many-to-many fields that its revisions record."""
    fields: list[ManyToManyField[Any, Any]] = history_model(model)._history_m2m_fields
    return fields


def states(versions: Iterable[Revision]) -> list[State]:
    """Return the states of revisions of one model, with one query for each many-to-many field."""
    versions = list(versions)
    if not versions:
        return []
    model = versions[0].instance_type
    links = {link.name: _links(type(versions[0]), link, versions) for link in linked_fields(model)}
    return [
        State(
            fields={field.name: getattr(version, field.attname) for field in editable_fields(model)},
            links={name: frozenset(by_version[version.pk]) for name, by_version in links.items()},
            parts=version.parts,
        )
        for version in versions
    ]


def _links(history: type[Revision], link: "ManyToManyField[Any, Any]", versions: list[Revision]) -> dict[int, set[int]]:
    rows = history.revision_history.m2m_models[link].objects.filter(history__in=[version.pk for version in versions])
    by_version = defaultdict(set)
    for version, linked in rows.values_list("history_id", link.m2m_reverse_name()):
        by_version[version].add(linked)
    return by_version
