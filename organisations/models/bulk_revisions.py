"""Revisions of rows written in bulk: the database copies the rows, a few statements for each batch."""

import datetime
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import ManyToManyField, Model
from django.utils import timezone

from .revision import history_model, parts_of_many

BATCH_SIZE = 500
#: The primary key of a user, or NULL, which PostgreSQL would take for a text.
_USER = "CAST(%s AS integer)"


def record_first_revisions(model: type[Model], keys: Collection[int]) -> None:
    """Record rows as they are in the database, but those that have a revision; to be called before a bulk write."""
    history = history_model(model)
    for batch in _batches(list(keys)):
        known = set(history.objects.filter(id__in=batch).values_list("id", flat=True))
        _copy_rows(model, sorted({*batch} - known), "+", None, None, "As it stood when its history began")


def record_revisions(rows: Sequence[Any], history_type: str, reason: str = "") -> None:
    """Record rows just written in bulk, and their parts. The type is "+" for new rows, "~" for changed ones."""
    for batch in _batches(rows):
        user = batch[0].history.model.revision_history.get_history_user(batch[0])
        keys = [row.pk for row in batch]
        _copy_rows(type(batch[0]), keys, history_type, timezone.now(), user.pk if user else None, reason)


def _copy_rows(
    model: type[Model], keys: Sequence[int], history_type: str, date: datetime.datetime | None, user: Any, reason: str
) -> None:
    """Copy rows into the table of their revisions; without a date, each has that of its last change."""
    if not keys:
        return
    history = history_model(model)
    fields = {history._meta.get_field(field.name).column: _quoted(field.column) for field in history.tracked_fields}
    values = [history_type, user, reason or None, _prepared(history, "parts", {})]
    when = _quoted("updated_at")
    if date is not None:
        when, values = "%s", [*values, connection.ops.adapt_datetimefield_value(date)]
    own = {"history_type": "%s", "history_user_id": _USER, "history_change_reason": "%s", "parts": "%s"}
    columns = fields | own | {"history_date": when}
    ours = ", ".join(map(_quoted, columns))
    table, marks = _quoted(model._meta.db_table), ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_quoted(history._meta.db_table)} ({ours}) SELECT {', '.join(columns.values())} FROM {table}"
            f" WHERE {_quoted('id')} IN ({marks}) ORDER BY {_quoted('id')} RETURNING {_quoted('history_id')}, id",
            [*values, *keys],
        )
        revisions = dict(cursor.fetchall())
    if names := history.revision_history.part_names:
        _write_parts(model, history, names, revisions)
    for field in history._history_m2m_fields:
        _copy_links(field, history, history.revision_history.m2m_models[field], [*revisions])


def _write_parts(model: type[Model], history: Any, names: Sequence[str], revisions: dict[int, int]) -> None:
    parts = {name: parts_of_many(model, name, [*revisions.values()]) for name in names}
    table, key = _quoted(history._meta.db_table), _quoted("history_id")
    values = [
        (_prepared(history, "parts", {name: parts[name][row] for name in names}), revision)
        for revision, row in revisions.items()
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {_quoted('parts')} = %s WHERE {key} = %s", values)


def _copy_links(field: "ManyToManyField[Any, Any]", history: Any, linked: Any, revisions: Sequence[int]) -> None:
    """Copy the rows of a relation to many into the table of those of revisions."""
    through: Any = field.remote_field.through
    owner = _quoted(through._meta.get_field(field.m2m_field_name()).column)
    columns = {linked._meta.get_field(each.name).column: _quoted(each.column) for each in through._meta.concrete_fields}
    revision = _quoted(linked._meta.get_field("history").column)
    ours = ", ".join([*map(_quoted, columns), revision])
    theirs = ", ".join([*(f"t.{column}" for column in columns.values()), f"h.{_quoted('history_id')}"])
    both = f"{_quoted(history._meta.db_table)} h JOIN {_quoted(through._meta.db_table)} t ON t.{owner} = h.id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_quoted(linked._meta.db_table)} ({ours}) SELECT {theirs} FROM {both}"
            f" WHERE h.{_quoted('history_id')} IN ({', '.join(['%s'] * len(revisions))}) ORDER BY t.id",
            [*revisions],
        )


def _prepared(model: Any, name: str, value: Any) -> Any:
    """Return a value of a field as the database takes it."""
    return model._meta.get_field(name).get_db_prep_save(value, connection)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _batches(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), BATCH_SIZE):
        yield rows[start : start + BATCH_SIZE]
