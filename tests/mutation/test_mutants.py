"""Mutants are what they claim: one fault each, everywhere but in docstrings, annotations and tables of words."""

import pytest

from tests.mutation.mutants import mutant_at, places_of


def mutants(source: str) -> list[str]:
    return [mutant_at(source, place).source for place in places_of(source)]


@pytest.mark.parametrize(
    "statement, faulty",
    [
        ("x = a < b", ["x = a <= b"]),
        ("x = a and b", ["x = a or b"]),
        ("x = not a", ["x = a"]),
        ("x = a + b", ["x = a - b"]),
        ("x = a & ~b", ["x = a | ~b"]),
        ("x = 3", ["x = 4"]),
        ("x = -3", ["x = 3", "x = -4"]),
        ("x = True", ["x = False"]),
        ("x = [a for a in b if a]", ["x = [a for a in b if not a]"]),
        ("x = a if b else c", ["x = a if not b else c"]),
        ("f(a)", ["pass"]),
        ("x += a", ["pass"]),
    ],
)
def test_mutants_have_one_fault_each(statement, faulty):
    assert mutants(statement) == faulty


def test_mutants_of_a_function_leave_its_docstring_and_annotations_alone():
    source = 'def f(a: "int" = 1) -> "str":\n    """Words."""\n    if a:\n        return "b"\n    raise E'

    changed = [text.splitlines()[2:] for text in mutants(source)]

    assert changed == [
        ["    if a:", "        return 'b'", "    raise E"],  # Its default was changed.
        ["    if not a:", "        return 'b'", "    raise E"],
        ["    if a:", "        return None", "    raise E"],
        ["    if a:", "        return 'b~'", "    raise E"],
        ["    if a:", "        return 'b'", "    pass"],
    ]


def test_mutants_leave_tables_of_words_alone_and_name_where_they_are():
    source = 'WORDS = {"one": 1}\nclass A:\n    def f(self):\n        return "b"'

    assert [(place.name, mutant_at(source, place).after) for place in places_of(source)] == [
        ("", "2"),
        ("A.f", "return None"),
        ("A.f", "'b~'"),
    ]
