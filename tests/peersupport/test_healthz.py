"""What whoever watches the servers is told, in a word."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse

from groups.models import SupportGroup
from groups.search.snapshot.snapshot import current_snapshot, invalidate
from peersupport import health
from places.models import Postcode
from tests.factories import make_group
from tests.template_database import connected_to

NEVER_STORED = "max-age=0, no-cache, no-store, must-revalidate, private"
#: Never followed by digits of other names: where it stands, rows of groups do.
NAME = "Example group in a damaged file"


@pytest.fixture(autouse=True)
def from_the_first_row(monkeypatch) -> None:
    """A process that has read no rows yet."""
    monkeypatch.setattr(health, "_read_up_to", {})


@pytest.fixture(params=[OperationalError("gone"), InterfaceError("closed")], ids=["gone", "closed"])
def no_database(monkeypatch, request) -> None:
    """A database that does not answer; it would say where it is, and who asks."""

    def refuse():
        raise request.param

    monkeypatch.setattr(connection, "cursor", refuse)


@pytest.fixture
def read_directory(db) -> None:
    """The directory in the memory of this process."""
    current_snapshot()
    yield
    invalidate()


def answer(client, name: str) -> tuple[int, str]:
    response = client.get(reverse(name))
    assert response.headers["Cache-Control"] == NEVER_STORED
    assert response.headers["Content-Type"] == "text/plain"
    return response.status_code, response.content.decode()


@pytest.mark.parametrize("count", [1, 20])
def test_healthz_is_ok_when_what_pages_read_can_be_read(client, db, django_assert_num_queries, count):
    for _ in range(count):
        make_group()

    with django_assert_num_queries(8):
        assert answer(client, "healthz") == (200, "ok")


def test_healthz_reads_the_rows_of_listings_a_part_each_time_and_then_from_the_first_again(client, db, monkeypatch):
    keys = sorted(make_group().pk for _ in range(5))
    monkeypatch.setattr(health, "SAMPLE", 2)
    read_up_to = []
    for _ in range(4):
        answer(client, "healthz")
        read_up_to.append(health._read_up_to[SupportGroup])

    assert read_up_to == [keys[1], keys[3], 0, keys[1]]


@pytest.mark.usefixtures("no_database")
@pytest.mark.parametrize("name", ["healthz", "readyz"])
def test_neither_is_ok_without_a_database(client, name):
    assert answer(client, name) == (503, "database")


@pytest.mark.django_db(transaction=True)
@pytest.mark.one_database
@pytest.mark.parametrize("name", ["healthz", "readyz"])
def test_neither_is_ok_when_the_file_of_the_database_is_damaged(client, tmp_path, name):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has checksums of its own.")
    with connection.cursor() as cursor:
        for number in range(40):
            make_group(name=f"{NAME} {number}")
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "damaged.sqlite3")])
    damage(tmp_path / "damaged.sqlite3")

    with connected_to(str(tmp_path / "damaged.sqlite3")):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        assert answer(client, name) == (503, "database")


def damage(path: Path) -> None:
    """Write nonsense over the pages of a file that have rows of groups on them."""
    with closing(sqlite3.connect(path)) as database:
        [(size,)] = database.execute("PRAGMA page_size").fetchall()
    content = bytearray(path.read_bytes())
    pages = [start for start in range(0, len(content), size) if NAME.encode() in content[start : start + size]]
    assert pages
    for start in pages:
        content[start : start + size] = b"\xa5" * size
    path.write_bytes(content)


def test_readyz_is_ok_when_nothing_is_missing(client, read_directory):
    assert answer(client, "readyz") == (200, "ok")


def test_readyz_names_migrations_that_are_missing(client, read_directory):
    MigrationRecorder.Migration.objects.filter(app="groups").order_by("-name").first().delete()

    assert answer(client, "readyz") == (503, "migrations")


def test_readyz_names_places_that_are_not_loaded(client, read_directory):
    Postcode.objects.all()._raw_delete("default")

    assert answer(client, "readyz") == (503, "places")


def test_readyz_names_a_directory_that_is_not_read_yet(client, db):
    invalidate()

    assert answer(client, "readyz") == (503, "directory")
    assert client.get(reverse("readyz")).headers["Retry-After"] == "5"


def test_readyz_names_a_table_that_cannot_be_read(client, read_directory, monkeypatch):
    def refuse(*args, **columns):
        raise OperationalError("database disk image is malformed")

    monkeypatch.setattr(SupportGroup._base_manager, "filter", refuse)

    assert answer(client, "healthz") == (503, "database")
    assert answer(client, "readyz") == (503, "database")


@pytest.mark.parametrize("name", ["healthz", "readyz"])
def test_neither_is_sent_on_to_https(client, db, settings, name):
    """What watches asks the process itself, which has no certificate."""
    settings.SECURE_SSL_REDIRECT = True

    assert answer(client, name)[0] != 301
