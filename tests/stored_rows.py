"""Rows that are loaded once, copied beside their tables, and put back by the database itself: milliseconds."""

from django.apps import apps
from django.db import connection, transaction

from groups.models import DirectoryChange, DirectoryState
from groups.search.snapshot.change_log import note_change


class KeptRows:
    """A copy of every row of some apps."""

    def __init__(self, *app_labels: str) -> None:
        self.tables = [
            model._meta.db_table
            for label in app_labels
            for model in apps.get_app_config(label).get_models(include_auto_created=True)
            # How often the directory changed is no part of it: putting rows back is a change like any other.
            if model not in (DirectoryChange, DirectoryState)
        ]

    def keep(self) -> None:
        """Copy what is there now."""
        self._for_each_table(
            "DROP TABLE IF EXISTS {copy}",  # Left over when a database is used again (--reuse-db).
            "CREATE TABLE {copy} AS SELECT * FROM {table}",
        )

    def clear(self) -> None:
        """Empty the tables. Foreign keys are asked at the end of the transaction, so their order does not matter."""
        self._for_each_table("DELETE FROM {table}")

    def restore(self) -> None:
        """Insert the copies again, with the keys they had."""
        self._for_each_table("INSERT INTO {table} SELECT * FROM {copy}")
        note_change(None)

    def _for_each_table(self, *statements: str) -> None:
        quote = connection.ops.quote_name
        with transaction.atomic(), connection.cursor() as cursor:
            for table in self.tables:
                for statement in statements:
                    cursor.execute(statement.format(table=quote(table), copy=quote(f"kept_{table}")))
