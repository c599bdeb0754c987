"""Bulk upsert that writes only the rows that differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class Changes:
    """How many rows a load added, changed and left unchanged."""

    added: int
    changed: int
    same: int

    def __str__(self) -> str:
        return f"{self.added + self.changed + self.same:,} ({self.added:,} new, {self.changed:,} changed)"


def upsert(model: type[Model], key: str, wanted: Mapping[Any, Mapping[str, object]]) -> Changes:
    """Insert or update rows of `model` from {value of the unique field `key`: {column: value}}; return the counts.

    Every mapping must have the same columns (`district_id`). Unchanged rows are not written, changed ones keep their
    primary key and `public_id`, and rows that are not in `wanted` are not touched.
    """
    fields = list(next(iter(wanted.values()), {}))
    existing = {row[0]: row[1:] for row in model._default_manager.values_list(key, *fields)}
    new, changed = [], []
    for value, row in wanted.items():
        if value not in existing:
            new.append(model(**{key: value}, **row))
        elif existing[value] != tuple(row[field] for field in fields):
            changed.append(model(**{key: value}, **row))
    model._default_manager.bulk_create(new, batch_size=2000)
    if changed:
        written = [model._meta.get_field(field).name for field in fields]
        if any(field.name == "updated_at" for field in model._meta.fields):
            written.append("updated_at")
        model._default_manager.bulk_create(
            changed, batch_size=2000, update_conflicts=True, unique_fields=[key], update_fields=written
        )
    return Changes(len(new), len(changed), len(wanted) - len(new) - len(changed))
