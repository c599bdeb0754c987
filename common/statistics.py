"""Statistics of the database, by which it plans its queries."""

from django.db import connection


def analyse() -> None:
    """Have the database count again what each table holds: after a load it plans by what was there before."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
