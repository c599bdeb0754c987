"""Triggers that update content versions on any write: by the ORM, raw SQL or a database tool.

They are not in migrations, because SQLite drops them when a migration rebuilds a table: they are dropped before
`migrate`, and created after it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import AppConfig
from django.db import connection

from common.models.content_version import COUNTS, PLACES, SITE, SUPPORT, TERMS

from .names import COUNTED, OWNERS, TABLES, versions_of

PREFIX = "version_of_"
_VERSIONS = "common_contentversion"
_EVENTS = {"insert": ("new",), "update": ("old", "new"), "delete": ("old",)}


def expected_triggers() -> set[str]:
    """Return the names of the triggers that this database should have."""
    return {name for table in TABLES for name in _statements(table)}


def existing_triggers() -> set[str]:
    """Return the names of the existing triggers."""
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE %s"
    with connection.cursor() as cursor:
        cursor.execute(query, [f"{PREFIX}%"])
        return {name for (name,) in cursor.fetchall()}


def drop_triggers(**kwargs: Any) -> None:
    """Drop the triggers, so that a migration may rebuild tables."""
    for name in existing_triggers():
        table = name.removeprefix(PREFIX).rpartition("__")[0]
        _execute([f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}")])


def create_triggers(sender: AppConfig, **kwargs: Any) -> None:
    """Create the triggers, and new versions of everything, if all tables exist."""
    if sender.name != "groups" or not {_VERSIONS, *TABLES} <= set(connection.introspection.table_names()):
        return
    drop_triggers()
    for table in TABLES:
        _execute(statement for sql in _statements(table).values() for statement in sql)
    names = {SITE, PLACES, TERMS, SUPPORT, COUNTS, *TABLES}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(
                f"INSERT INTO {_VERSIONS} (name, number) SELECT %s, 0"
                f" WHERE NOT EXISTS (SELECT 1 FROM {_VERSIONS} WHERE name = %s)",
                [name, name],
            )
        cursor.execute(_add_organisations("SELECT id AS pk FROM organisations_organisation"))
        cursor.execute(f"UPDATE {_VERSIONS} SET number = {_random()}")


def _statements(table: str) -> dict[str, list[str]]:
    """Return the SQL that creates each trigger of a table, by trigger name."""
    return _for_sqlite(table) if connection.vendor == "sqlite" else _for_postgresql(table)


def _for_sqlite(table: str) -> dict[str, list[str]]:
    """A trigger for each row: SQLite has no statement triggers."""
    columns = OWNERS.get(table, ((), ""))[0]
    made = {}
    for event, rows in _EVENTS.items():
        sources = [f"(SELECT {', '.join(f'{row}.{column} AS {column}' for column in columns)})" for row in rows]
        changes = [*_changes(table, sources if columns else []), *_counts(table, event, ("old", "new"), "{} IS NOT {}")]
        body = "; ".join(changes)
        name = f"{PREFIX}{table}__{event}"
        made[name] = [f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {body}; END"]
    return made


def _for_postgresql(table: str) -> dict[str, list[str]]:
    """A trigger for each statement. Writers lock before they touch a row, so they cannot deadlock."""
    made = {}
    lock = "PERFORM 1 FROM groups_directorystate WHERE id = 1 FOR UPDATE"
    made[f"{PREFIX}{table}__lock"] = _function(
        f"{PREFIX}{table}__lock", table, "BEFORE INSERT OR UPDATE OR DELETE", [lock]
    )
    everything = [f"UPDATE {_VERSIONS} SET number = {_random()}"]
    made[f"{PREFIX}{table}__truncate"] = _function(f"{PREFIX}{table}__truncate", table, "AFTER TRUNCATE", everything)
    for event, rows in _EVENTS.items():
        name = f"{PREFIX}{table}__{event}"
        sources = [f"{row}_rows" for row in rows]
        referencing = " ".join(f"{row.upper()} TABLE AS {row}_rows" for row in rows)
        guard = " AND ".join(f"NOT EXISTS (SELECT 1 FROM {source})" for source in sources)
        # In a function, `old` and `new` are records of triggers for each row.
        both = "old_rows earlier FULL JOIN new_rows later USING (id)"
        is_other = f"EXISTS (SELECT 1 FROM {both} WHERE {{}} IS DISTINCT FROM {{}})"
        changes = [f"IF {guard} THEN RETURN NULL; END IF", *_changes(table, sources)]
        changes += _counts(table, event, ("earlier", "later"), is_other)
        made[name] = _function(name, table, f"AFTER {event.upper()}", changes, referencing)
    return made


def _function(name: str, table: str, when: str, statements: list[str], referencing: str = "") -> list[str]:
    body = "; ".join([*statements, "RETURN NULL"])
    rows = f"REFERENCING {referencing}" if referencing else ""
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; END $$",
        f"CREATE TRIGGER {name} {when} ON {table} {rows} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    ]


def _changes(table: str, sources: list[str]) -> Iterator[str]:
    """Yield the statements that change the versions of rows, each source being old or new ones."""
    names = ", ".join(f"'{name}'" for name in versions_of(table))
    yield f"UPDATE {_VERSIONS} SET number = {_random()} WHERE name IN ({names})"
    _, query = OWNERS.get(table, ((), ""))
    if not query:
        return
    owners = " UNION ".join(f"SELECT pk FROM ({query.format(rows=source)}) owners" for source in sources)
    if table == "organisations_organisation":
        yield _add_organisations(owners)
    yield (
        f"UPDATE {_VERSIONS} SET number = {_random()}"
        f" WHERE name IN (SELECT 'organisation:' || owner.pk FROM ({owners}) owner)"
    )


def _counts(table: str, event: str, rows: tuple[str, str], is_other: str) -> Iterator[str]:
    """Yield the statement that changes the version of counts; of an update, only where `is_other` is true of rows."""
    if (columns := COUNTED.get(table)) is None:
        return
    condition = ""
    if event == "update" and columns:
        values = (f"({', '.join(f'{row}.{column}' for column in columns)})" for row in rows)
        condition = f" AND {is_other.format(*values)}"
    yield f"UPDATE {_VERSIONS} SET number = {_random()} WHERE name = '{COUNTS}'{condition}"


def _add_organisations(owners: str) -> str:
    return (
        f"INSERT INTO {_VERSIONS} (name, number) SELECT 'organisation:' || owner.pk, 0 FROM ({owners}) owner"
        f" WHERE 'organisation:' || owner.pk NOT IN (SELECT name FROM {_VERSIONS})"
    )


def _random() -> str:
    # Not a count: after a rollback, or with a restored backup, the same count could be of something else.
    return "random()" if connection.vendor == "sqlite" else "(random() * 9007199254740991)::bigint"


def _execute(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            # Without parameters: a percent sign would be one.
            cursor.execute(statement)
