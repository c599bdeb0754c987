"""SQL that is run many times."""


class CompiledSql(str):
    """SQL with `%s` for each parameter, which caches its conversion to the `?` of SQLite.

    Converting takes longer than most of our statements run (`common/sqlite3/base.py`).
    """

    with_question_marks: str = ""
