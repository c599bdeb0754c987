"""Inserts many rows without building objects: COPY on PostgreSQL, one statement for many rows elsewhere."""

from collections.abc import Iterable, Sequence
from io import StringIO

from django.db import connection
from django.db.models import Model

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def insert_rows(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> None:
    """Insert rows of values of some fields of a model. Sends no signals, and fills in no defaults."""
    quote = connection.ops.quote_name
    column_by_field = {field.name: field.column for field in model._meta.concrete_fields}
    names = [column_by_field[field] or field for field in fields]
    table, columns = quote(model._meta.db_table), f"({', '.join(map(quote, names))})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            lines = "".join(["\t".join(map(_copy_text, row)) + "\n" for row in rows])
            cursor.copy_expert(f"COPY {table} {columns} FROM STDIN", StringIO(lines))
        else:
            values = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO {table} {columns} VALUES ({values})", list(rows))


def delete_rows(model: type[Model]) -> None:
    """Delete every row of a model. Not TRUNCATE: it would stop every search on PostgreSQL until the load has ended."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def _copy_text(value: object) -> str:
    return "\\N" if value is None else str(value).translate(_ESCAPES)
