"""Foreign keys at the end of a test on SQLite: of the places, which hardly any test changes, only where it did.

SQLite would go through all of them each time, which was most of what a test costs that opens a database.
"""

from collections.abc import Iterable

from django.db import connection

from common.models.content_version import PLACES, ContentVersion
from places.models import Postcode
from tests.table_copies import every_table, tables_of


class ForeignKeyCheck:
    """Replaces `check_constraints` of the connection, which raises IntegrityError where a row points to none."""

    def __init__(self) -> None:
        self._check = connection.check_constraints
        self._version = _version_of_places()
        # No version tells of a change of postcodes.
        places = {*tables_of("places")} - {Postcode._meta.db_table}
        values = ", ".join(f"('{table}')" for table in every_table() if table not in places)
        self._query = (
            f"WITH tables (name) AS (VALUES {values})"
            " SELECT EXISTS (SELECT 1 FROM tables, pragma_foreign_key_check(tables.name))"
        )

    def __call__(self, table_names: Iterable[str] | None = None) -> None:
        if table_names is not None or _version_of_places() != self._version or self._finds_a_fault():
            self._check(table_names)

    def _finds_a_fault(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(self._query)
            return bool(cursor.fetchone()[0])


def _version_of_places() -> int:
    return ContentVersion.objects.values_list("number", flat=True).get(name=PLACES)
