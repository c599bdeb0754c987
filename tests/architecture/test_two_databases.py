"""SQLite to try it, PostgreSQL to run it: the same directory from both."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.db import connection

from tests.architecture.repository import ROOT

pytestmark = [pytest.mark.postgres, pytest.mark.one_database]


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


def directories_in(*database_urls: str) -> list[dict[str, list]]:
    """Make the directory in each, both at once, and return what each then holds."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.architecture.database_report"],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": url},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for url in database_urls
    ]
    answers = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0] * len(running), answers
    return [json.loads(report) for report, _ in answers]


def test_both_databases_hold_the_same_directory_in_the_same_order(other_database, scratch_postgres, tmp_path):
    """The one that the suite runs on is migrated already: a copy of the template."""
    scratch_sqlite = f"sqlite:///{tmp_path / 'scratch.sqlite3'}"
    second = scratch_postgres if connection.vendor == "sqlite" else scratch_sqlite

    directory, other_directory = directories_in(other_database, second)

    assert all(directory[name] for name in ("organisations", "groups", "roles", "trainings", "events", "quotations"))
    assert directory == other_directory
