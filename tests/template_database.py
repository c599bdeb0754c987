"""The databases of a run: copies of a template, which is migrated and filled once, until what it is made of changes."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from tests.architecture.repository import APPS, files, name
from tests.places.small_gazetteer import load_small_gazetteer
from tests.table_copies import save_start

#: What decides what is in the template: tables and permissions, the places, and what loads them.
MADE_OF = [
    "requirements.txt",
    "peersupport/settings.py",
    *(f"{app}/**/{part}" for app in APPS for part in ("migrations/*.py", "models.py", "models/*.py", "choices.py")),
    "common/**/*.py",
    "places/**/*.py",
    "places/data/*",
    "tests/places/data/*",
    "tests/places/small_gazetteer.py",
    "tests/table_copies.py",
    "tests/template_database.py",
]


def make_template_if_outdated() -> None:
    """Make the template where there is none, or where it is of something else than there is now."""
    settings.TEST_DATABASES.mkdir(parents=True, exist_ok=True)
    with _lock("template", wait=True), connected_to(connection.settings_dict["TEST"]["NAME"]):
        if _stored_digest() != (digest := _digest()):
            _make_template(digest)


@contextmanager
def copy_of_template() -> Iterator[str]:
    """Make a database for this process alone, and give its name; it is destroyed afterwards."""
    make_template_if_outdated()
    with _free_number() as number:
        with _lock("template", wait=True), connected_to(connection.settings_dict["TEST"]["NAME"]):
            copy = connection.creation.get_test_db_clone_settings(number)["NAME"]
            if connection.vendor == "sqlite":
                # A run that was killed may have left its log, which SQLite would read into the copy.
                for path in Path(copy).parent.glob(f"{Path(copy).name}*"):
                    path.unlink()
            connection.creation.clone_test_db(number, verbosity=0)
        yield str(copy)
        with connected_to(copy):
            connection.creation.destroy_test_db(verbosity=0)


@contextmanager
def _free_number() -> Iterator[int]:
    """The lowest number that no other process has: another worker of pytest-xdist, or another run."""
    for number in count(1):
        try:
            with _lock(f"copy-{number}", wait=False):
                yield number
                return
        except BlockingIOError:
            continue


@contextmanager
def _lock(name: str, *, wait: bool) -> Iterator[None]:
    """Hold a lock, which a process that is killed lets go; raise BlockingIOError where it is not to be waited for."""
    with (settings.TEST_DATABASES / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield


@contextmanager
def connected_to(database: str) -> Iterator[None]:
    """Have the connection lead to another database of the same server, or another file."""
    usual = connection.settings_dict["NAME"]
    connect_to(database)
    try:
        yield
    finally:
        connect_to(usual)


def database_url() -> str:
    """Return the address of the database that the connection leads to, for another process."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**known)


def connect_to(database: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = database


def _digest() -> str:
    digest = hashlib.sha256()
    for path in files(*MADE_OF):
        if path.is_file():
            digest.update(name(path).encode() + path.read_bytes())
    return digest.hexdigest()


def _make_template(digest: str) -> None:
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    load_small_gazetteer()
    save_start()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE template_digest (digest varchar(64))")
        cursor.execute("INSERT INTO template_digest VALUES (%s)", [digest])
    connection.close()


def _stored_digest() -> str | None:
    """Return what the template was made of; None if there is none, or if it was left half made."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT digest FROM template_digest")
            return cursor.fetchone()[0]
    except DatabaseError:
        return None
    finally:
        connection.close()
