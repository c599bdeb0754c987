"""A rehearsal of the day on which the database is lost: a full directory, restored on the other database, and back."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

from peersupport.backups.tables import LEFT_OUT, backed_up_models
from tests.architecture.repository import ROOT
from tests.architecture.test_two_databases import scratch_postgres  # noqa: F401  (a fixture)

pytestmark = [pytest.mark.postgres, pytest.mark.one_database]


def rehearse(database_url: str, *steps: str) -> None:
    """Take some steps with a database, in a process of its own."""
    command = [sys.executable, "-m", "tests.peersupport.backups.rehearsal", *steps]
    environment = os.environ | {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def differences(before: Path, after: Path) -> dict[str, tuple[set[str], set[str]]]:
    """Return, for each model, the rows that are only in one of two reports."""
    first, second = (json.loads(path.read_text()) for path in (before, after))
    assert first.keys() == second.keys()
    return {
        label: (set(first[label]) - set(second[label]), set(second[label]) - set(first[label]))
        for label in first
        if first[label] != second[label]
    }


def test_every_row_comes_back_on_the_other_database_and_from_there(other_database, scratch_postgres, tmp_path):  # noqa: F811
    """From SQLite to PostgreSQL, and from there into the first one, which has lost everything."""
    first, second = tmp_path / "first.backup", tmp_path / "second.backup"
    reports = [tmp_path / f"{number}.json" for number in range(3)]

    rehearse(other_database, "fill:", f"backup:{first}", f"report:{reports[0]}", "wipe:")
    rehearse(scratch_postgres, "migrate:", f"restore:{first}", f"report:{reports[1]}", f"backup:{second}")
    rehearse(other_database, f"restore:{second}", f"report:{reports[2]}")

    filled = json.loads(reports[0].read_text())
    assert [label for label, rows in filled.items() if not rows] == []
    assert differences(reports[0], reports[1]) == {}
    assert differences(reports[0], reports[2]) == {}


def test_a_model_is_backed_up_or_named_among_those_that_are_not():
    labels = {model._meta.label for model in backed_up_models()}

    assert labels & LEFT_OUT.keys() == set()
    assert LEFT_OUT.keys() - {model._meta.label for model in apps.get_models(include_auto_created=True)} == set()
    assert {"auth.User", "otp_totp.TOTPDevice", "groups.SupportGroup", "groups.HistoricalSupportGroup"} <= labels
    assert {"groups.SupportGroup_topics", "groups.Proposal", "admin.LogEntry", "places.Area"} <= labels
