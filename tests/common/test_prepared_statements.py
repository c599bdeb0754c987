"""On PostgreSQL each connection prepares compiled SQL once, and executes it with other values."""

import datetime

import pytest
from django.db import ProgrammingError, connection
from django.db.backends.postgresql import base
from django.db.models import DateField, ExpressionWrapper, Value
from django.db.transaction import atomic
from django.test.utils import CaptureQueriesContext

from common import compiled_queries
from common.compiled_queries import rows_of, values_of
from common.compiled_sql import CompiledSql
from common.postgresql.base import Connection, Cursor
from groups.models import SupportGroup
from tests.factories import make_group

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has its own cache of statements."),
]


def prepared() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        return cursor.fetchone()[0]


def named(keys):
    return SupportGroup.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "name", Value(7), Value("50%"))


def test_statement_is_prepared_once_and_run_with_other_values():
    first, second = make_group(name="Tea").pk, make_group(name="Walks").pk
    before = prepared()

    found = [values_of(named, keys) for keys in ([first], [second], [first])]

    assert found == [[(first, "Tea", 7, "50%")], [(second, "Walks", 7, "50%")], [(first, "Tea", 7, "50%")]]
    assert prepared() == before + 1


def test_statement_of_more_keys_than_are_compiled_is_not_prepared(monkeypatch):
    monkeypatch.setattr(compiled_queries, "SIZES", (1, 4))
    keys = [make_group().pk for _ in range(5)]
    before = prepared()

    assert ([row[0] for row in values_of(named, keys)], prepared()) == (keys, before)


def test_values_have_the_types_of_literals():
    """A date takes no bigint, and what stands alone in a row would be text."""
    group = make_group()
    week, since = datetime.date(2026, 11, 30), datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)

    def dated(keys):
        later = ExpressionWrapper(Value(week, DateField()) + Value(7), output_field=DateField())
        rows = SupportGroup.objects.filter(pk__in=keys, created_at__gte=since)
        rows = rows.annotate(later=later, half=Value(0.5), yes=Value(True))
        return rows.values_list("later", "half", "yes", "created_at")

    assert values_of(dated, [group.pk]) == [(datetime.date(2026, 12, 7), 0.5, True, group.created_at)]


def test_log_and_counts_of_queries_have_the_sql_itself():
    group = make_group(name="Tea")
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            rows_of(lambda keys: SupportGroup.objects.filter(pk__in=keys), [group.pk])
        assert [f'"id" IN ({group.pk})' in query["sql"] for query in queries] == [True]


def test_statement_that_could_not_be_prepared_is_no_other_one_afterwards():
    group = make_group(name="Tea")
    for _ in range(2):
        with pytest.raises(ProgrammingError, match="nowhere"), atomic(), connection.cursor() as cursor:
            cursor.execute(CompiledSql("SELECT %s FROM nowhere", [1]), [1])

    assert values_of(named, [group.pk]) == [(group.pk, "Tea", 7, "50%")]


def test_nothing_is_prepared_behind_a_pooler_of_transactions(monkeypatch):
    before = connection.get_connection_params()
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    behind = connection.get_connection_params()

    assert [params.get("connection_factory") for params in (before, behind)] == [Connection, None]
    assert [issubclass(params["cursor_factory"], Cursor) for params in (before, behind)] == [True, False]


def test_server_is_asked_whether_a_connection_lives_only_if_it_has_sent_something(monkeypatch):
    other = connection.copy()
    other.connect()
    asked = []
    is_usable = base.DatabaseWrapper.is_usable
    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", lambda self: asked.append(1) or is_usable(self))

    before = other.is_usable(), len(asked)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [other.connection.info.backend_pid])

    assert (before, other.is_usable(), len(asked)) == ((True, 0), False, 1)
    other.close()


def test_connection_that_the_driver_has_closed_is_not_usable():
    """As it is after a query whose answer never came: Django asks at the end of that request."""
    other = connection.copy()
    other.connect()
    other.connection.close()

    assert other.is_usable() is False
