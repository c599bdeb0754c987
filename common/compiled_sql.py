"""SQL that is run many times."""

from collections.abc import Iterable
from typing import Any, Self


class CompiledSql(str):
    """SQL with `%s` for each parameter, that is run many times, and the parameters that it was compiled with.

    On SQLite it caches its conversion to `?` (`common/sqlite3/base.py`); on PostgreSQL each connection prepares it once
    (`common/postgresql/base.py`). Both take longer than most of our statements run.
    """

    #: The placeholders for keys among them are negative numbers, or texts.
    params: tuple[Any, ...]
    with_question_marks: str = ""

    def __new__(cls, sql: str, params: Iterable[Any] = ()) -> Self:
        compiled = super().__new__(cls, sql)
        compiled.params = tuple(params)
        return compiled
