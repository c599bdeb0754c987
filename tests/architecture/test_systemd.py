"""The units for a machine without containers: what they run is there, and every command that needs a timer has one."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands

from peersupport.timers import TIMED_COMMANDS
from tests.architecture.repository import ROOT

UNITS = ROOT / "deploy/systemd"
PYTHON, GUNICORN = "/opt/alongside/.venv/bin/python", "/opt/alongside/.venv/bin/gunicorn"


def unit(name: str) -> str:
    return (UNITS / name).read_text()


def commands() -> dict[str, list[str]]:
    """The commands of the site that each service runs, by its name; those of a template for each of its instances."""
    started = re.findall(r"^Unit=alongside@(\w+)\.service$", "\n".join(map(str, timers().values())), re.M)
    found = {path.name: re.findall(r"manage\.py (\w+|%i)", path.read_text()) for path in UNITS.glob("*.service")}
    return found | {"alongside@.service": started}


def timers() -> dict[str, str]:
    return {path.stem: path.read_text() for path in UNITS.glob("*.timer")}


def test_every_command_that_a_unit_runs_is_there():
    named = {command for several in commands().values() for command in several}

    assert named - get_commands().keys() == set()
    assert named == {*TIMED_COMMANDS, "doctor", "send_emails", "serve_metrics"}


def test_every_command_that_must_run_has_a_timer():
    assert {f"alongside-{command}" for command in TIMED_COMMANDS} <= timers().keys()


def test_every_timer_starts_a_unit_that_is_there():
    started = {name: re.findall(r"^Unit=(.+)$", text, re.M) for name, text in timers().items()}

    assert {len(units) for units in started.values()} == {1}
    files = {re.sub(r"@\w+", "@", units[0]) for units in started.values()}
    assert [name for name in files if not (UNITS / name).exists()] == []


def test_a_timer_comes_more_often_than_the_doctor_asks_for():
    monthly = {name for name, text in timers().items() if "OnCalendar=*-*-01 " in text}

    assert monthly == {"alongside-forget_old_versions"}
    often = ("encode_services", "tidy_up", "send_check_requests", "backup")
    assert {TIMED_COMMANDS[name].days for name in often} == {2}
    assert TIMED_COMMANDS["forget_old_versions"].days > 31


def test_every_service_may_write_only_where_it_says():
    services = [path.name for path in UNITS.glob("*.service")]
    lines = ("User=alongside", "ProtectSystem=strict", "NoNewPrivileges=true", "CapabilityBoundingSet=")

    assert len(services) == 5
    assert [name for name in services if any(f"\n{line}\n" not in unit(name) for line in lines)] == []


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not here; .ci/run installs it.")
def test_systemd_accepts_every_unit(tmp_path):
    """With programs that are here in the place of those that will be in /opt."""
    for path in UNITS.iterdir():
        text = path.read_text().replace(PYTHON, sys.executable).replace(GUNICORN, sys.executable)
        (tmp_path / path.name).write_text(text.replace("/opt/alongside", str(tmp_path)))
    names = [path.name.replace("@.", "@tidy_up.") for path in Path(tmp_path).iterdir()]

    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *sorted(names)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (verified.returncode, verified.stderr) == (0, "")
