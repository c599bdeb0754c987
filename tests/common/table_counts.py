"""What the database is asked when it counts its tables again."""

from collections.abc import Iterable

from django.db import connection

#: The queries by which it counts, and on SQLite reads again what it counted.
COUNT_TABLES = ["ANALYZE", "ANALYZE sqlite_schema"] if connection.vendor == "sqlite" else ["ANALYZE"]


def counting(queries: Iterable[dict[str, str]]) -> list[str]:
    """Return the SQL of those of some queries that count tables, or read what was counted."""
    return [query["sql"] for query in queries if query["sql"].startswith("ANALYZE")]
