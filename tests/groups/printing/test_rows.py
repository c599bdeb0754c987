"""The groups of a list are read by statements that were compiled once."""

import pytest
from django.db.models.sql.compiler import SQLCompiler

from common import compiled_queries
from groups.printing.rows import read_by_code, read_by_key
from tests.factories import make_group, make_schedule

pytestmark = pytest.mark.django_db


def test_groups_of_several_statements_come_by_name_each_with_its_own_rows(monkeypatch):
    monkeypatch.setattr(compiled_queries, "SIZES", (1, 2))
    schedules = [make_schedule(make_group(name=name)) for name in ("Bread", "Clay", "Art")]

    found = read_by_key([schedule.group_id for schedule in schedules])

    assert [(group.name, [*group.schedules.all()]) for group in found] == [
        ("Art", [schedules[2]]),
        ("Bread", [schedules[0]]),
        ("Clay", [schedules[1]]),
    ]


def test_a_list_that_is_read_again_compiles_no_statement(monkeypatch):
    first, second = make_schedule(make_group(town="Chard")).group, make_group()
    read_by_code([first.code])

    monkeypatch.setattr(SQLCompiler, "as_sql", None)

    assert read_by_code([first.code]) == [first]
    assert read_by_code([second.code]) == [second]
