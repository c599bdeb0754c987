"""What a version says, in one shape that can be compared: fields, relations to many, and the rows it is made of."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Field, ManyToManyField, Model

from ..models import Revision

#: What the site keeps for itself, and no editor changes.
OWN_AFFAIRS = {"id", "public_id", "created_at", "updated_at", "revision", "code", "outward_code"}
#: What every listing has, and a reader looks at last.
COME_LAST = {"source_name", "source_url", "source_dated", "publication", "slug"}


@dataclass(frozen=True)
class State:
    """How something stood: its values by the name of the field, its relations as keys, and its parts as rows."""

    fields: dict[str, Any]
    links: dict[str, frozenset[int]] = field(default_factory=dict)
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def told_fields(model: type[Model]) -> list[Field]:
    """The fields of a model that editors fill in: what it is first, then where that comes from and who may see it."""
    told = [field for field in model._meta.concrete_fields if field.name not in OWN_AFFAIRS]
    return sorted(told, key=lambda field: field.name in COME_LAST)


def linked_fields(model: type[Model]) -> list[ManyToManyField]:
    """The relations to many of which its versions keep the rows."""
    return model.history.model._history_m2m_fields


def states(versions: Iterable[Revision]) -> list[State]:
    """What each of some versions of one thing, or of several of a kind, says: a query for each relation to many."""
    versions = list(versions)
    if not versions:
        return []
    history_model = type(versions[0])
    model = history_model.instance_type
    links = {link.name: _links(history_model, link, versions) for link in linked_fields(model)}
    return [
        State(
            fields={field.name: getattr(version, field.attname) for field in told_fields(model)},
            links={name: frozenset(by_version[version.pk]) for name, by_version in links.items()},
            parts=version.parts,
        )
        for version in versions
    ]


def _links(history_model, link: ManyToManyField, versions: list[Revision]) -> dict[int, set[int]]:
    rows = history_model.keeper.m2m_models[link].objects.filter(history__in=[version.pk for version in versions])
    by_version = defaultdict(set)
    for version, linked in rows.values_list("history_id", link.m2m_reverse_name()):
        by_version[version].add(linked)
    return by_version
