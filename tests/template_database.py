"""The databases of a run: copies of a template, which is migrated and filled once, until what it is made of changes."""

import fcntl
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
    "peersupport/content_versions/*.py",
    "places/**/*.py",
    "places/data/*",
    "tests/places/data/*",
    "tests/places/small_gazetteer.py",
    "tests/table_copies.py",
    "tests/template_database.py",
]


def make_template_if_outdated() -> None:
    """Make the template where there is none, or where it is of something else than there is now."""
    with _template():
        pass


@contextmanager
def copy_of_template() -> Iterator[str]:
    """Make a database for this process alone, and give its name; it is destroyed afterwards."""
    settings.TEST_DATABASES.mkdir(parents=True, exist_ok=True)
    with _free_number() as number:
        with _template():
            copy = _copy(number)
        yield copy
        with connected_to(copy):
            connection.creation.destroy_test_db(verbosity=0)


@dataclass(frozen=True)
class KeptDatabase:
    """A copy of the template, or of another, that is filled once and kept, until what it is made of changes.

    For what takes many seconds to load. Every process reads the same one, so that nobody may write.
    """

    name: str
    fill: Callable[[], None]
    #: What decides what is in it, beside `MADE_OF`.
    made_of: tuple[str, ...]
    copied_from: "KeptDatabase | None" = None

    @contextmanager
    def made(self) -> Iterator[str]:
        """Give the name of the database, which is made first where it has to be; no other process does meanwhile."""
        settings.TEST_DATABASES.mkdir(parents=True, exist_ok=True)
        with (settings.TEST_DATABASES / f"{self.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            with self._original():
                database = connection.creation.get_test_db_clone_settings(self.name)["NAME"]
            if not self._is_current(database):
                fcntl.flock(lock, fcntl.LOCK_EX)
                # Another process may have made it while this one waited.
                if not self._is_current(database):
                    self._make()
                fcntl.flock(lock, fcntl.LOCK_SH)
            yield str(database)

    @property
    def _every_part(self) -> list[str]:
        return [*(self.copied_from._every_part if self.copied_from else MADE_OF), *self.made_of]

    @contextmanager
    def _original(self) -> Iterator[None]:
        """Connect to what it is a copy of."""
        if self.copied_from is None:
            with _template():
                yield
        else:
            with self.copied_from.made() as database, connected_to(database):
                yield

    def _is_current(self, database: str) -> bool:
        with connected_to(database):
            return _stored_digest() == _digest(self._every_part)

    def _make(self) -> None:
        with self._original():
            copy = _copy(self.name)
        with connected_to(copy):
            self.fill()
            with connection.cursor() as cursor:
                cursor.execute("UPDATE template_digest SET digest = %s", [_digest(self._every_part)])


@contextmanager
def _template() -> Iterator[None]:
    """Connect to the template, which is made first where it has to be; no other process does meanwhile."""
    settings.TEST_DATABASES.mkdir(parents=True, exist_ok=True)
    with _lock("template", wait=True), connected_to(connection.settings_dict["TEST"]["NAME"]):
        if _stored_digest() != (digest := _digest(MADE_OF)):
            _make_template(digest)
        yield


def _copy(suffix: int | str) -> str:
    """Copy the database that the connection leads to; return the name of the copy."""
    copy = connection.creation.get_test_db_clone_settings(suffix)["NAME"]
    if connection.vendor == "sqlite":
        # A run that was killed may have left its log, which SQLite would read into the copy.
        for path in Path(copy).parent.glob(f"{Path(copy).name}*"):
            path.unlink()
    connection.creation.clone_test_db(suffix, verbosity=0)
    return str(copy)


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


def _digest(made_of: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for path in files(*made_of):
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
    """Return what a database was made of; None if there is none, or if it was left half made."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT digest FROM template_digest")
            return cursor.fetchone()[0]
    except DatabaseError:
        return None
    finally:
        connection.close()
