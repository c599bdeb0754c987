"""After rows were changed behind Django's back, one command makes every process read them again."""

import pytest
from django.core.management import call_command
from django.db import connection

from groups.search.query import Query
from groups.search.service import search
from tests.factories import make_group

pytestmark = pytest.mark.django_db


def found(word: str) -> int:
    return search(Query(words=(word,))).total


def test_refresh_directory_finds_what_raw_sql_has_changed(capsys):
    group = make_group(name="Before")
    assert (found("before"), found("after")) == (1, 0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE groups_supportgroup SET name = 'After' WHERE id = %s", [group.pk])
    assert (found("before"), found("after")) == (1, 0)

    call_command("refresh_directory")

    assert (found("before"), found("after")) == (0, 1)
    assert "Every process reads the directory again" in capsys.readouterr().out
