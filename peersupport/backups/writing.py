"""Writes a backup: every row as of one moment, without blocking writers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model
from django.utils import timezone

from .files import BadBackup, Lines, written
from .tables import backed_up_models, backed_up_rows, columns_of, last_key
from .values import codec_of

#: The version of the file format.
FORMAT = 1
#: How many rows are in memory at once.
_CHUNK = 500


def write_backup(path: Path, recipient: str = "") -> dict[str, int]:
    """Write a backup, encrypted to a public key of age if there is one; return how many rows of each model are in it.

    Raises `OSError` if the file cannot be written, and `BadBackup` if the key is none or the
    database is not migrated.
    """
    counts = {}
    with written(path, recipient) as lines, one_moment():
        lines.write(
            {
                "alongside_backup": FORMAT,
                "made_at": timezone.now().isoformat(),
                "database": connection.vendor,
                "migrations": applied_migrations(),
            }
        )
        for model in backed_up_models():
            counts[model._meta.label] = _write_rows(model, lines)
        lines.close(rows=counts)
    return counts


def applied_migrations() -> list[str]:
    """Return the migrations of this site, as "app.name" in their order. Raises `BadBackup` if some are not applied."""
    loader = MigrationLoader(connection)
    if missing := sorted(loader.disk_migrations.keys() - loader.applied_migrations.keys()):
        raise BadBackup(f"The database is not migrated ({'.'.join(missing[0])} is missing). Run migrate first.")
    return sorted(f"{app}.{name}" for app, name in loader.disk_migrations)


@contextmanager
def one_moment() -> Iterator[None]:
    """Let all queries of the block see the database as of the first one, without blocking writers."""
    connection.ensure_connection()
    # Ours on SQLite are IMMEDIATE, which would keep everybody else from writing.
    sqlite: Any = connection if connection.vendor == "sqlite" else None
    usual_mode = sqlite and sqlite.transaction_mode
    if sqlite:
        sqlite.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic(durable=True):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        if sqlite:
            sqlite.transaction_mode = usual_mode


def _write_rows(model: type[Model], lines: Lines) -> int:
    """Write a line about a model, and one for each of its rows; return how many rows."""
    fields = columns_of(model)
    names = [field.attname for field in fields]
    writers = [codec_of(field).write for field in fields]
    lines.write({"model": model._meta.label, "columns": names, "last_key": last_key(model)})
    count = 0
    for row in backed_up_rows(model).values_list(*names).iterator(_CHUNK):
        pairs = zip(writers, row, strict=True)
        lines.write([None if value is None else write(value) for write, value in pairs])
        count += 1
    return count
