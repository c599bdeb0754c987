"""SQL that is run many times."""


class CompiledSql(str):
    """SQL with `%s` for each parameter, which remembers how SQLite is asked: with `?`.

    To find the places of parameters takes longer than most of our statements run (`common/sqlite3/base.py`).
    """

    with_question_marks: str = ""
