"""Instances of compiled statements are saved as those of querysets are, and SQL is made ready for SQLite once."""

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from django.db.models.signals import post_init

from common import compiled_queries
from common.compiled_queries import rows_of, values_in_batches
from common.compiled_sql import CompiledSql
from groups.models import SupportGroup
from tests.factories import make_group, make_organisation

pytestmark = pytest.mark.django_db


def groups_of(keys):
    return SupportGroup.objects.filter(pk__in=keys).select_related("organisation").only("slug", "organisation__slug")


def test_an_instance_that_is_saved_with_another_slug_leaves_the_one_that_it_was_read_with():
    first = make_group().slug
    [group] = rows_of(groups_of, [SupportGroup.objects.get().pk])

    group.slug = "another"
    group.save()

    assert [former.slug for former in group.former_slugs.all()] == [first]
    assert SupportGroup.objects.count() == 1


def test_columns_that_were_left_out_are_read_when_they_are_asked_for():
    made = make_group()

    [group] = rows_of(groups_of, [made.pk])

    assert {"name", "summary"} <= group.get_deferred_fields()
    assert (group.name, group.organisation.name) == (made.name, made.organisation.name)


def test_converted_values_are_cached_up_to_a_limit(monkeypatch):
    monkeypatch.setattr(compiled_queries, "MOST_CACHED", 1)
    asked = []
    converted = compiled_queries._CachedConversion(lambda stored: asked.append(stored) or f"{stored}!")

    assert [converted[stored] for stored in ("a", "a", "b", "b")] == ["a!", "a!", "b!", "b!"]
    assert asked == ["a", "b", "b"]


def test_a_model_whose_instances_somebody_listens_to_is_made_as_django_makes_it():
    made, heard = make_group(), []

    def listen(instance, **kwargs):
        heard.append(instance.pk)

    post_init.connect(listen, sender=SupportGroup)
    try:
        # A function of its own is compiled anew.
        found = rows_of(lambda keys: groups_of(keys), [made.pk])
    finally:
        post_init.disconnect(listen, sender=SupportGroup)

    assert [group.pk for group in found] == heard == [made.pk]


def test_a_moment_is_another_in_each_run_of_a_statement_that_was_compiled_once(monkeypatch):
    monkeypatch.setattr(compiled_queries, "SIZES", (1, 16, 60))
    groups = [make_group() for _ in range(70)]
    keys, moments = [group.pk for group in groups], [group.created_at for group in groups]
    built = []

    def since(keys, moment):
        built.append(len(keys))
        return SupportGroup.objects.filter(pk__in=keys, created_at__gte=moment).order_by("pk").values_list("pk")

    for number in (0, 30, 65):
        assert values_in_batches(since, keys, moments[number]) == [(pk,) for pk in keys[number:]]
    assert built == [60, 16]


@pytest.mark.one_database("PostgreSQL takes parameters as Django writes them")
def test_compiled_sql_is_converted_for_sqlite_once(monkeypatch):
    converted, convert = [], SQLiteCursorWrapper.convert_query

    def spy(cursor, query, **options):
        converted.append(str(query))
        return convert(cursor, query, **options)

    monkeypatch.setattr(SQLiteCursorWrapper, "convert_query", spy)
    text = "SELECT %s || '%%'"
    compiled = CompiledSql(text)

    with connection.cursor() as cursor:
        rows = [cursor.execute(sql, [param]).fetchall() for sql in (compiled, text) for param in ("a", "b")]

    assert rows == [[("a%",)], [("b%",)]] * 2
    assert converted == [text, text, text]


def test_what_is_selected_with_several_rows_is_made_once():
    organisation = make_organisation()
    keys = [make_group(name=name, organisation=organisation).pk for name in ("Tea", "Walks")]
    alone = make_group(name="Art", organisation=make_organisation(name="Another")).pk

    found = {group.pk: group for group in rows_of(groups_of, [*keys, alone])}

    assert found[keys[0]].organisation is found[keys[1]].organisation
    assert found[alone].organisation.slug == "another"
