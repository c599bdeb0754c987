"""SQLite to try it, PostgreSQL to run it: the same directory from both."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests.architecture.repository import ROOT

pytestmark = pytest.mark.postgres


@pytest.fixture
def scratch_postgres(postgres_url) -> Iterator[str]:
    """The address of an empty PostgreSQL database, which is dropped afterwards."""
    name = f"alongside_scratch_{os.getpid()}"
    server = psycopg2.connect(postgres_url)
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield urlsplit(postgres_url)._replace(path=f"/{name}").geturl()
        cursor.execute(f"DROP DATABASE {name}")
    server.close()


def directory_in(database_url: str) -> dict[str, list]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.architecture.database_report"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_both_databases_hold_the_same_directory_in_the_same_order(scratch_postgres, tmp_path):
    on_sqlite = directory_in(f"sqlite:///{tmp_path / 'scratch.sqlite3'}")
    on_postgres = directory_in(scratch_postgres)

    assert all(on_sqlite[name] for name in ("organisations", "groups", "roles", "trainings", "events", "quotations"))
    assert on_sqlite == on_postgres
