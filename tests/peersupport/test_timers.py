"""When the commands that timers run last ended well is stored, for `manage.py doctor`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from peersupport.backups.files import read
from peersupport.models import CommandRun
from peersupport.timers import record_run
from tests.architecture.repository import ROOT


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", [["tidy_up", "--dry-run"], ["migrate"], []])
def test_what_is_no_run_of_a_timer_is_not_recorded(arguments):
    record_run(arguments)

    assert not CommandRun.objects.exists()


@pytest.mark.one_database  # Processes, and one row.
def test_a_run_is_recorded_at_its_end_and_one_that_failed_is_not(other_database, tmp_path):
    """As timers run it: from the command line, in a process of its own."""

    def run(*arguments: str) -> int:
        environment = os.environ | {"DATABASE_URL": other_database}
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False).returncode

    assert run("backup", str(tmp_path / "no such folder/file")) == 1
    assert run("backup", str(tmp_path / "first")) == 0
    assert run("restore", "--check", str(tmp_path / "first")) == 0
    assert run("backup", str(tmp_path / "second")) == 0

    assert names_of_runs(tmp_path / "first") == []
    assert names_of_runs(tmp_path / "second") == ["backup"]


def names_of_runs(path: Path) -> list[str]:
    """Which runs had been recorded when a backup was written."""
    found, label = [], ""
    for line in read(path):
        if isinstance(line, dict):
            label = line.get("model", "")
        elif label == "peersupport.CommandRun":
            found.append(line[1])
    return found
