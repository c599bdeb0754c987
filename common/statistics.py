"""Statistics of tables, by which the database plans queries."""

from django.db import connection

#: Tables of SQLite with fewer rows than this have no statistics. SQLite counts only when it is asked to, and would plan
#: to read the whole of a table that was small then: with 7 groups counted, loading 20,000 took time by its square.
FEW = 1_000


def analyse() -> None:
    """Update the statistics of all tables: after a load the planner would use those from before."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "sqlite":
            cursor.execute(
                "DELETE FROM sqlite_stat1 WHERE tbl IN"
                " (SELECT tbl FROM sqlite_stat1 GROUP BY tbl HAVING MAX(CAST(stat AS INTEGER)) < %s)",
                [FEW],
            )
            # This connection has the statistics in memory, and reads them again.
            cursor.execute("ANALYZE sqlite_schema")
