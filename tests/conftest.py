"""What every test stands on: the real places, and a suite that forgives nothing.

Warnings are errors (pyproject.toml), no test reaches another machine, and what cannot run says so loudly.
"""

import gc
import os
import shutil
import socket
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.template import Template
from django.test import Client, RequestFactory, TransactionTestCase
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from common.bounded_cache import CACHE
from places.models import Area, AreaPart, GazetteerLoad, Locality, Postcode, PostcodeSector, Town
from tests.architecture.midnight import seconds_to_wait
from tests.architecture.repository import ROOT
from tests.foreign_keys import ForeignKeyCheck
from tests.quick_requests import note_whole_pages, post
from tests.staff.people import sign_in
from tests.table_copies import TableCopies, reset_database, tables_of
from tests.template_database import connect_to, connected_to, copy_of_template, database_url

# The same examples every time, everywhere: a red run can be repeated. No deadline, and no example that took too long to
# think of: CI machines stumble.
hypothesis_settings.register_profile(
    "alongside",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("alongside")

#: Chromium without the windows around a page draws the same for half the processor time.
_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), None)


def _postgres_url() -> str:
    """A server to make databases on: the one that is named, or else the one that the suite itself runs on."""
    own = urlsplit(os.environ.get("DATABASE_URL", ""))
    # The suite's own database is made by the tests, and need not be there yet; this one always is.
    of_suite = own._replace(path="/postgres").geturl() if own.scheme.startswith("postgres") else ""
    return os.environ.get("POSTGRES_URL") or of_suite


POSTGRES_URL = _postgres_url()
#: The Nu checker, which tells whether HTML is valid. It is a Java program; `.ci/run` puts it there.
NU = os.environ.get("NU") or str(ROOT / ".nu/node_modules/vnu-jar/build/dist/vnu.jar")

#: What a marker's tests need: whether it is here, the variable that makes its lack an error, and what to do.
NEEDS = {
    "browser": (bool(CHROMIUM), "REQUIRE_BROWSER", "Chromium was not found. Install it, or set CHROMIUM to its path."),
    "postgres": (bool(POSTGRES_URL), "REQUIRE_POSTGRES", "Set POSTGRES_URL to a server where databases can be made."),
    "nu": (
        bool(shutil.which("java")) and os.path.exists(NU),
        "REQUIRE_NU",
        "README.md says where the Nu checker is got.",
    ),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--second-database",
        action="store_true",
        help="leave out what cannot come out differently on another database, because a run on the first has had it",
    )


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their argument, as pytest does objects: packed ones hold the second in which they were packed."""
    return argname if isinstance(val, bytes) else None


def depends_on_database(item: pytest.Item) -> bool:
    """Whether a test has to be run on each database. pytest-django fails one that reaches a database unannounced."""
    reads = item.get_closest_marker("django_db") or "django_db_setup" in getattr(item, "fixturenames", ())
    return bool(reads) and not item.get_closest_marker("one_database")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Mark tests by what they use, and skip those that cannot run here; where they must run, they are left to fail."""
    if config.getoption("--second-database"):
        config.hook.pytest_deselected(items=[item for item in items if not depends_on_database(item)])
        items[:] = filter(depends_on_database, items)
    for item in items:
        for marker, fixture in (("browser", "browser"), ("postgres", "postgres_url")):
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)
        for marker, (is_here, variable, advice) in NEEDS.items():
            if item.get_closest_marker(marker) and not is_here and os.environ.get(variable) != "1":
                item.add_marker(pytest.mark.skip(reason=advice))
    yield
    # pytest-django puts tests that commit last. Those in a browser take longest: begun last, one worker would wait.
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Have the garbage collector pass over all that is imported and collected: it stays to the end, and is much.

    And have it look less often: at Python's own pace it takes 4 % of the time of a test that reads pages.
    """
    gc.disable()
    collected = yield
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
    gc.enable()
    return collected


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Begin no test in the last minute of a day: what it arranges today it would look for tomorrow."""
    time.sleep(seconds_to_wait(timezone.now()))


def pytest_terminal_summary(terminalreporter) -> None:
    """Say in one loud line what was not run, so that a green run is not taken for more than it is."""
    # Of the reports, because with pytest-xdist it is the workers who collect tests and skip them.
    reasons = [report.longrepr[2] for report in terminalreporter.getreports("skipped")]
    for marker, (_, _, advice) in NEEDS.items():
        if count := reasons.count(f"Skipped: {advice}"):
            line = f"{marker.upper()} TESTS WERE NOT RUN: {count} skipped. {advice}"
            terminalreporter.write_line(line, red=True, bold=True)


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Begin each test with nothing cached: others changed what pages are made of, which no version tells of."""
    CACHE.clear()


@pytest.fixture(autouse=True, scope="session")
def no_other_machine() -> Iterator[None]:
    """Let no test reach another machine: neither a search nor a page may send anything anywhere."""
    real_connect, real_look_up = socket.socket.connect, socket.getaddrinfo

    def check(host) -> None:
        name = host.decode() if isinstance(host, bytes) else host
        if name not in {None, "", "localhost", "127.0.0.1", "::1"}:
            pytest.fail(f"A test tried to reach {name}. Tests reach no other machine.")

    def connect(self, address):
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            check(address[0])
        return real_connect(self, address)

    def look_up(host, *args, **kwargs):
        check(host)
        return real_look_up(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        patch.setattr(socket, "getaddrinfo", look_up)
        yield


@pytest.fixture(autouse=True, scope="session")
def quick_requests(django_test_environment) -> Iterator[None]:
    """Let requests of tests cost what those of a browser do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RequestFactory, "post", post)
        patch.setattr(Template, "_render", note_whole_pages(Template._render))
        yield


@pytest.fixture(autouse=True, scope="session")
def folders_of_tests(tmp_path_factory) -> None:
    """Folders of this run alone, beside the settings of tests/settings.py."""
    # WhiteNoise warns when the folder of collected static files is missing, as it is before `collectstatic`.
    settings.STATIC_ROOT = tmp_path_factory.mktemp("staticfiles")
    # Other runs of the suite on this machine hold locks of their own.
    settings.LOCK_DIR = str(tmp_path_factory.mktemp("locks"))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[None]:
    """A test database in which the real areas and towns, and a sample of postcodes, are always there.

    A test with a live server commits: after it, every table is set back.
    """
    with django_db_blocker.unblock(), copy_of_template() as database, pytest.MonkeyPatch.context() as patch:
        connect_to(database)
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: reset_database())
        if connection.vendor == "sqlite":
            patch.setattr(connections[DEFAULT_DB_ALIAS], "check_constraints", ForeignKeyCheck())
        with django_db_blocker.block():
            yield


@pytest.fixture
def other_database(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The address of one more such database, for processes that a test starts."""
    with django_db_blocker.unblock(), copy_of_template() as database:
        with connected_to(database):
            address = database_url()
        yield address


@pytest.fixture
def no_places(db) -> None:
    """A database without any places, as `migrate` leaves it."""
    delete_places()


def delete_places() -> None:
    """Delete every row of the gazetteer."""
    # Not by Django, which would first look for all that might belong to each of them.
    places = (GazetteerLoad, AreaPart, Locality, Town, PostcodeSector, Postcode, Area)
    if connection.vendor == "postgresql":
        # PostgreSQL would ask, of each row deleted, whether anything belongs to it: half a second at the end of a test.
        tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in places)
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {tables} CASCADE")
        return
    for model in places:
        model.objects.all()._raw_delete(DEFAULT_DB_ALIAS)


@pytest.fixture(scope="session")
def seed_copies(django_db_setup, django_db_blocker) -> TableCopies:
    """The seed directory, loaded once and set aside."""
    from groups.seed_data.load import load_directory

    seeds = TableCopies("seed", tables_of("organisations", "groups"))
    with django_db_blocker.unblock():
        load_directory()
        seeds.save()
        seeds.clear()
    return seeds


@pytest.fixture
def seed_directory(seed_copies: TableCopies, db) -> None:
    """The directory as `load_directory` leaves it: the real organisations and groups, none of them checked."""
    seed_copies.restore()


@pytest.fixture
def only_selects() -> Callable[[], AbstractContextManager[None]]:
    """A context in which nothing but SELECT may reach the database: `with only_selects(): client.get(…)`.

    Savepoints pass: an `atomic()` block is one inside a test's own transaction, and changes nothing by itself.
    """

    def refuse(execute, sql, params, many, context):
        word = sql.lstrip("( \n").split(None, 1)[0].upper()
        if word not in {"SELECT", "SAVEPOINT", "RELEASE"} and not sql.startswith("ROLLBACK TO"):
            pytest.fail(f"This may only read, and wrote: {sql}")
        return execute(sql, params, many, context)

    @contextmanager
    def reading() -> Iterator[None]:
        with connection.execute_wrapper(refuse):
            yield

    return reading


@pytest.fixture
def admin_client(admin_user) -> Client:
    """A browser in which a directory manager is signed in, with a second factor."""
    return sign_in(Client(), admin_user)


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """A PostgreSQL server, beside the suite's own database, in which a test may make databases of its own."""
    if not POSTGRES_URL:
        pytest.fail(NEEDS["postgres"][2])
    return POSTGRES_URL
