"""Copies of tables that stand in the same database, so that the database itself puts rows back: milliseconds."""

from collections.abc import Iterable

from django.apps import apps
from django.db import connection, transaction

from common.models import ContentVersion
from groups.models import DirectoryChange, DirectoryState
from groups.search.snapshot.change_log import note_change

#: How often the directory changed is never copied: putting rows back is a change like any other.
_CHANGES = {model._meta.db_table for model in (ContentVersion, DirectoryChange, DirectoryState)}
#: Copies of what every test starts from have names that begin so. They are in the template of the test databases.
_START = "start"
_HAS_ROWS = "EXISTS (SELECT 1 FROM {table})"


class TableCopies:
    """A copy of every row of some tables, under their names with a prefix."""

    def __init__(self, prefix: str, tables: Iterable[str]) -> None:
        self.prefix = prefix
        self.tables = sorted(set(tables) - _CHANGES)

    def save(self) -> None:
        """Copy the rows that are there now; tables that have none are left out from now on."""
        self.tables = _where(dict.fromkeys(self.tables, _HAS_ROWS))
        self._for_each_table("CREATE TABLE {copy} AS SELECT * FROM {table}")

    def clear(self) -> None:
        """Delete the rows. The database checks foreign keys at the end of the transaction, so any order will do."""
        self._for_each_table("DELETE FROM {table}")

    def restore(self) -> None:
        """Insert the copied rows, with the keys they had."""
        self._for_each_table("INSERT INTO {table} SELECT * FROM {copy}")
        note_change(None)

    def _for_each_table(self, statement: str) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for table in self.tables:
                cursor.execute(_quoted(statement, table, self.prefix))


def tables_of(*app_labels: str) -> list[str]:
    """Return the names of the tables of some apps."""
    models = [
        model for label in app_labels for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]
    return [model._meta.db_table for model in models]


def save_start() -> None:
    """Copy each table that has rows now: `reset_database` goes back to them."""
    TableCopies(_START, every_table()).save()


def reset_database() -> None:
    """Set every table back to what it was at the start; those that are unchanged are only read.

    Django's flush truncates every table, changed or not: four seconds on PostgreSQL, and all the places to be inserted.
    """
    copied = {name.removeprefix(f"{_START}_") for name in _tables_in_database() if name.startswith(f"{_START}_")}
    changed = "EXISTS ({0} EXCEPT {1}) OR EXISTS ({1} EXCEPT {0})".format(
        "SELECT * FROM {table}", "SELECT * FROM {copy}"
    )
    with transaction.atomic():
        differing = _where({table: changed if table in copied else _HAS_ROWS for table in every_table()})
        TableCopies(_START, differing).clear()
        TableCopies(_START, copied.intersection(differing)).restore()


def _where(conditions: dict[str, str]) -> list[str]:
    """Return the tables of which a condition holds, asked in one query."""
    asked = [f"SELECT '{table}' WHERE {_quoted(condition, table, _START)}" for table, condition in conditions.items()]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [table for (table,) in cursor.fetchall()]


def every_table() -> list[str]:
    """Return the names of all tables of models."""
    return connection.introspection.django_table_names(only_existing=True, include_views=False)


def _tables_in_database() -> list[str]:
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def _quoted(statement: str, table: str, prefix: str) -> str:
    quote = connection.ops.quote_name
    return statement.format(table=quote(table), copy=quote(f"{prefix}_{table}"))
