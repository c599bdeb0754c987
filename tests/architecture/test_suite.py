"""The suite's own guards can fail."""

import datetime
import re
import socket
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction
from django.test import Client

from groups.models import SupportGroup
from organisations.models import Organisation
from places.models import Area, Postcode, Town
from tests.architecture.midnight import seconds_to_wait
from tests.architecture.repository import APPS, ROOT, files, name
from tests.conftest import depends_on_database
from tests.factories import days_ago, make_group, make_organisation
from tests.staff.people import make_manager, sign_in
from tests.template_database import MADE_OF


def test_no_test_looks_up_another_machine():
    with pytest.raises(pytest.fail.Exception, match="Tests reach no other machine"):
        socket.getaddrinfo("example.org", 443)


def test_no_test_connects_to_another_machine():
    with socket.socket() as outward, pytest.raises(pytest.fail.Exception, match="Tests reach no other machine"):
        outward.connect(("192.0.2.1", 443))


def test_every_file_that_holds_words_to_our_style_is_run_by_make_check():
    """It is given the files, because to collect all tests takes a quarter of its time."""
    recipe = re.search(r"^words:.*\n\t.* -m taste (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    marked = [name(path) for path in files("tests/**/test_*.py") if "mark.taste\n" in path.read_text()]

    assert recipe is not None
    assert len(marked) > 3
    assert [path for path in marked if not path.startswith(tuple(recipe[1].split()))] == []


@pytest.mark.parametrize("clock, seconds", [("22:58:59", 0), ("22:59:30", 31), ("23:00:00", 0)])
def test_no_test_begins_in_the_last_minute_of_a_day(clock, seconds):
    """In summer the day of London ends at eleven by UTC."""
    now = datetime.datetime.fromisoformat(f"2026-07-01T{clock}+00:00")

    assert round(seconds_to_wait(now)) == seconds


def test_what_opens_no_database_is_left_out_on_the_second(request):
    assert not depends_on_database(request.node)


def test_what_opens_the_database_is_run_on_each(request, db):
    assert depends_on_database(request.node)


@pytest.mark.one_database
def test_what_cannot_come_out_differently_is_left_out_on_the_second(request, db):
    assert not depends_on_database(request.node)


@pytest.mark.django_db
def test_only_selects_lets_reading_through(only_selects):
    with only_selects(), transaction.atomic():
        assert Town.objects.filter(name="Chard").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [
        make_organisation,
        lambda: Area.objects.update(name="Elsewhere"),
        lambda: Town.objects.filter(name="Chard").delete(),
    ],
    ids=["insert", "update", "delete"],
)
def test_only_selects_refuses_a_write(only_selects, write):
    with only_selects(), pytest.raises(pytest.fail.Exception, match="This may only read"):
        write()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_places_are_there_again_after_a_test_that_commits(time):
    """Django empties every table after each of the two."""
    assert Town.objects.filter(name="Chard").count() == 1
    Area.objects.filter(parent=None).update(name="Elsewhere")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_seed_directory_is_there_again_after_a_test_that_commits(seed_directory, time):
    assert Organisation.objects.filter(name="Take Off").count() == 1


def rows_of_every_table() -> dict[str, int]:
    with connection.cursor() as cursor:
        tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', COUNT(*) FROM {table}" for table in tables))
        return {table: count for table, count in cursor.fetchall() if count}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_nothing_is_left_by_a_test_that_commits(time):
    """Besides the places there are permissions and what they are about, as `migrate` writes them."""
    assert {*rows_of_every_table()} - {"groups_directorystate", "groups_directorychange", "common_contentversion"} == {
        "auth_permission",
        "django_content_type",
        "places_area",
        "places_areapart",
        "places_gazetteerload",
        "places_locality",
        "places_postcode",
        "places_postcodesector",
        "places_town",
    }
    assert not Permission.objects.filter(name="Everything").exists()
    Permission.objects.update(name="Everything")
    sign_in(Client(), make_manager())
    make_group(town="Chard", checked=days_ago(1))


def test_template_of_the_databases_is_made_anew_for_every_migration_and_model():
    """A file that is not among these would leave old tables in the database of the tests."""
    made_of = set(files(*MADE_OF))
    ours = [app for app in apps.get_app_configs() if app.label in APPS]
    # Historical models are written by django-simple-history, in an app's own module.
    modules = {sys.modules[model.__module__] for app in ours for model in app.get_models()}
    modules -= {app.module for app in ours}

    assert {Path(module.__file__) for module in modules} - made_of == set()
    assert set(files(*(f"{app}/migrations/*.py" for app in APPS))) - made_of == set()


@pytest.mark.django_db
def test_directory_is_empty_for_a_test_that_does_not_ask_for_it():
    assert list(Organisation.objects.all()) == []


@pytest.mark.django_db
def test_what_is_made_beside_the_seed_directory_gets_a_key_of_its_own(seed_directory):
    seeds = set(Organisation.objects.values_list("pk", flat=True))

    assert make_organisation().pk not in seeds


@pytest.mark.django_db
@pytest.mark.parametrize(
    "break_key",
    [
        lambda: SupportGroup.objects.filter(pk=make_group().pk).update(organisation_id=0),
        lambda: Town.objects.filter(name="Chard").update(district_id=0),
        lambda: Postcode.objects.filter(postcode="CT91AE").update(district_id=0),
    ],
    ids=["group", "town", "postcode"],
)
def test_row_that_points_to_none_is_found_at_the_end_of_a_test(break_key):
    connection.check_constraints()

    with transaction.atomic():
        break_key()
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        transaction.set_rollback(True)
