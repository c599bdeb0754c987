"""Django's SQLite backend, with conversions cached.

The parameters of compiled SQL are converted once, not at each execution. Parsed texts of dates and times are cached:
columns of schedules have few different ones.
"""

import datetime
import sqlite3
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base
from django.utils.dateparse import parse_date, parse_time

from ..compiled_sql import CompiledSql


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that uses the cached conversion of a `CompiledSql`."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        if param_names is not None or not isinstance(query, CompiledSql):
            return super().convert_query(query, param_names=param_names)
        if not query.with_question_marks:
            query.with_question_marks = super().convert_query(query)
        return query.with_question_marks


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to SQLite whose cursors are ours."""

    def create_cursor(self, name: Any = None) -> Any:
        return self.connection.cursor(factory=Cursor)


@lru_cache(maxsize=4096)
def _date(text: bytes) -> datetime.date | None:
    return parse_date(text.decode())


@lru_cache(maxsize=1024)
def _time(text: bytes) -> datetime.time | None:
    return parse_time(text.decode())


sqlite3.register_converter("date", _date)
sqlite3.register_converter("time", _time)
