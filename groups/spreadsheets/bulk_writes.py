"""Write rows of an import in bulk: a fixed number of queries for each batch."""

from collections.abc import Collection, Sequence
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from organisations.models import record_first_revisions, record_revisions

from .row_state import RowState

REASON = "Imported from a spreadsheet"
BATCH_SIZE = 500
_NEVER = {"id", "public_id", "created_at"}

Row = TypeVar("Row", bound=Model)


def write_rows(model: Any, states: Sequence[RowState], links: Collection[str]) -> None:
    """Write the new and changed rows of a model and their relations to many, each with a revision."""
    new = [state.instance for state in states if state.is_new]
    changed = [state.instance for state in states if not state.is_new]
    record_first_revisions(model, [row.pk for row in changed])
    is_listing = hasattr(model, "taken_slugs")
    taken = model.taken_slugs() if is_listing and new else set()
    for row in new:
        if is_listing:
            row.slug = row.slug_among(taken)
    for row in changed:
        row.updated_at = timezone.now()
        if is_listing:
            row.revision += 1
    model._default_manager.bulk_create(new, batch_size=BATCH_SIZE)
    overwrite(model, changed)
    for name in links:
        write_links(model, name, states)
    record_revisions(new, "+", REASON)
    record_revisions(changed, "~", REASON)


def overwrite(model: type[Row], rows: Sequence[Row]) -> None:
    """Update existing rows by an upsert: `bulk_update` would need a CASE for each cell."""
    if not rows:
        return
    names = [field.name for field in model._meta.concrete_fields if field.name not in _NEVER]
    moments = [getattr(row, "created_at", None) for row in rows]
    model._default_manager.bulk_create(
        rows, batch_size=BATCH_SIZE, update_conflicts=True, unique_fields=["id"], update_fields=names
    )
    # Django sets the timestamps of inserted instances to now.
    for row, moment in zip(rows, moments, strict=True):
        if moment is not None:
            row.created_at = moment  # type: ignore[attr-defined]  # A row that had one before.


def write_links(model: type[Model], name: str, states: Sequence[RowState]) -> None:
    """Write a relation to many of the rows of some states, as far as it has changed."""
    relation: Any = getattr(model, name)
    through, owner = relation.through, f"{relation.field.m2m_field_name()}_id"
    target = f"{relation.field.m2m_reverse_field_name()}_id"
    added, emptied = [], []
    for state in states:
        previous, current = ({row.pk for row in each.links[name]} for each in (state.previous, state.relations))
        if previous - current:
            emptied.append(state.instance.pk)
        unchanged = set() if previous - current else previous
        if previous != current:
            keeps_others = name == "contacts" and previous - current
            others = {row.pk for row in state.previous.other_contacts} if keeps_others else set()
            added += [
                through(**{owner: state.instance.pk, target: key}) for key in sorted((current | others) - unchanged)
            ]
    through.objects.filter(**{f"{owner}__in": emptied}).delete()
    through.objects.bulk_create(added, batch_size=BATCH_SIZE)
