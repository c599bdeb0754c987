"""Django's PostgreSQL backend, with compiled SQL prepared once for each connection.

Planning a statement with many joins takes PostgreSQL longer than running it for the few keys of a page.
"""

import datetime
import decimal
import re
import select
import uuid
from itertools import count
from typing import Any

from django.db.backends.postgresql import base
from psycopg2 import extensions

from ..compiled_sql import CompiledSql

#: The type of a parameter by that of its value. Others are `unknown`: as a quoted literal, what the context asks for.
_TYPES = {
    bool: "boolean",
    float: "double precision",
    decimal.Decimal: "numeric",
    datetime.datetime: "timestamp with time zone",
    datetime.date: "date",
    datetime.time: "time",
    uuid.UUID: "uuid",
}
_PLACEHOLDER = re.compile("%(s|%)")


class Connection(extensions.connection):
    """A connection, and the names of the statements that it has prepared."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.prepared: dict[CompiledSql, str] = {}


class Cursor(extensions.cursor):
    """A cursor that prepares a `CompiledSql` the first time, and executes what was prepared."""

    connection: Connection
    _executed: tuple[Any, Any] | None = None

    def execute(self, query: Any, vars: Any = None) -> None:
        self._executed = None
        if not isinstance(query, CompiledSql):
            return super().execute(query, vars)
        name = self.connection.prepared.get(query)
        if name is None:
            name = f"compiled_{len(self.connection.prepared)}"
            super().execute(_prepare(name, query))
            self.connection.prepared[query] = name
        self._executed = query, vars
        params = f"({', '.join(['%s'] * len(vars))})" if vars else ""
        return super().execute(f"EXECUTE {name}{params}", vars)

    @property
    def query(self) -> bytes | None:
        """The SQL that was executed last, which Django logs: of a prepared statement as if it were not."""
        return self.mogrify(*self._executed) if self._executed else super().query


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to PostgreSQL that prepares compiled SQL.

    Not where `DISABLE_SERVER_SIDE_CURSORS` says that a pooler hands each transaction another connection.
    """

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        if self.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
            return params
        return params | {"connection_factory": Connection, "cursor_factory": Cursor}

    def is_usable(self) -> bool:
        """Return whether the connection is alive. The server is asked only if it has sent something, such as its end.

        Django asks at the first query of each request.
        """
        if self.connection.closed:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return not poll.poll(0) or super().is_usable()


def _prepare(name: str, query: CompiledSql) -> str:
    """Return the statement that prepares compiled SQL. Its types are those of the literals that it would have."""
    numbers = count(1)
    sql = _PLACEHOLDER.sub(lambda found: f"${next(numbers)}" if found[1] == "s" else "%", query)
    types = f"({', '.join(map(_type, query.params))})" if query.params else ""
    return f"PREPARE {name}{types} AS {sql}"


def _type(param: Any) -> str:
    if type(param) is int:
        # A negative number is the placeholder for a key; dates and intervals take no bigint.
        return "bigint" if param < 0 else "integer"
    return _TYPES.get(type(param), "unknown")
