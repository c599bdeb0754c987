"""Revisions of rows written in bulk: a fixed number of queries for each batch."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db.models import ManyToManyField, Model
from django.utils import timezone

from .revision import history_model, parts_of_many

BATCH_SIZE = 500


def record_first_revisions(model: type[Model], keys: Collection[int]) -> None:
    """Record rows as they are in the database, but those that have a revision; to be called before a bulk write."""
    history = history_model(model)
    for batch in _batches(list(keys)):
        known = set(history.objects.filter(id__in=batch).values_list("id", flat=True))
        rows: list[Any] = list(model._base_manager.filter(pk__in=set(batch) - known).order_by("pk"))
        dates = [row.updated_at for row in rows]
        _create_revisions(rows, "+", dates, None, "As it stood when its history began")


def record_revisions(rows: Sequence[Any], history_type: str, reason: str = "") -> None:
    """Record rows just written in bulk, and their parts. The type is "+" for new rows, "~" for changed ones."""
    for batch in _batches(rows):
        user = batch[0].history.model.revision_history.get_history_user(batch[0])
        _create_revisions(batch, history_type, [timezone.now()] * len(batch), user, reason)


def _create_revisions(rows: Sequence[Any], history_type: str, dates: Sequence[Any], user: Any, reason: str) -> None:
    if not rows:
        return
    model = type(rows[0])
    history = history_model(model)
    keys = [row.pk for row in rows]
    parts = {name: parts_of_many(model, name, keys) for name in history.revision_history.part_names}
    versions = history.objects.bulk_create(
        history(
            history_date=date,
            history_type=history_type,
            history_user=user,
            history_change_reason=reason or None,
            parts={name: parts[name][row.pk] for name in parts},
            **{field.attname: getattr(row, field.attname) for field in history.tracked_fields},
        )
        for row, date in zip(rows, dates, strict=True)
    )
    version_by_key = dict(zip(keys, versions, strict=True))
    for field in history._history_m2m_fields:
        _create_links(field, version_by_key, history.revision_history.m2m_models[field])


def _create_links(field: "ManyToManyField[Any, Any]", version_by_key: dict[int, Model], linked: type[Any]) -> None:
    through: Any = field.remote_field.through
    owner = through._meta.get_field(field.m2m_field_name()).attname
    rows = through._base_manager.filter(**{f"{field.m2m_field_name()}__in": list(version_by_key)}).order_by("pk")
    linked.objects.bulk_create(linked(history=version_by_key[row[owner]], **row) for row in rows.values())


def _batches(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), BATCH_SIZE):
        yield rows[start : start + BATCH_SIZE]
