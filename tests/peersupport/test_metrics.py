"""Figures for Prometheus: of all processes together, by view and status, and of no visitor anything."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from common.models import OutgoingEmail
from groups.search.snapshot.change_log import note_change
from peersupport.metrics.site import SiteCollector
from peersupport.models import CommandRun
from tests.architecture.repository import ROOT

MARKER = "Zyxwvutsecret"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def read(url: str) -> str:
    """What an address answers, whatever its status; waits for a server that has just been started."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(
                urllib.request.Request(url, headers={"User-Agent": MARKER, "Referer": f"http://{MARKER}.example/"})
            ) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.read().decode()
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(url)


@pytest.fixture
def start(other_database, tmp_path) -> Iterator[Callable[..., subprocess.Popen]]:
    """Start a command of the site, which is ended afterwards."""
    running = []

    def start(*command: str, **environment: str) -> subprocess.Popen:
        known = {"DATABASE_URL": other_database, "METRICS_DIR": str(tmp_path / "metrics"), **environment}
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=os.environ | known, stdout=subprocess.DEVNULL
        )
        running.append(process)
        return running[-1]

    yield start
    for process in running:
        process.terminate()
    for process in running:
        process.wait(timeout=30)


def figures_in(text: str) -> dict[str, float]:
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in text.splitlines() if line[0] != "#"}


@pytest.mark.one_database
def test_figures_of_all_processes_are_served_on_a_port_of_their_own(start, tmp_path):
    site, metrics = free_port(), free_port()
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics/counter_1.db").write_bytes(b"of an earlier start")
    environment = {"METRICS_ADDRESS": f"127.0.0.1:{metrics}", "ALLOWED_HOSTS": "127.0.0.1"}
    start("manage.py", "load_directory", **environment).wait()
    start("-m", "gunicorn", "peersupport.wsgi", "--bind", f"127.0.0.1:{site}", **environment)
    read(f"http://127.0.0.1:{site}/help-now/")
    server = start("manage.py", "serve_metrics", **environment)

    for _ in range(12):
        read(f"http://127.0.0.1:{site}/about/?q={MARKER}")
    for address in (f"groups/?q={MARKER}&near={MARKER}", f"groups/{MARKER}/", f"{MARKER}/", "metrics"):
        read(f"http://127.0.0.1:{site}/{address}")
    served = read(f"http://127.0.0.1:{metrics}/metrics")

    figures = figures_in(served)
    assert figures['alongside_requests_total{status="200",view="about"}'] == 12
    assert figures['alongside_requests_total{status="200",view="groups:group_list"}'] == 1
    assert figures['alongside_requests_total{status="404",view="groups:group_detail"}'] == 1
    assert figures['alongside_requests_total{status="404",view=""}'] == 2
    assert figures['alongside_request_seconds_count{view="about"}'] == 12
    assert figures['alongside_request_seconds_bucket{le="90.0",view="about"}'] == 12
    assert figures["alongside_requests_in_progress"] == 0
    assert figures["alongside_directory_groups"] > 0
    assert figures["alongside_directory_change"] == figures["alongside_directory_last_change"] > 0
    assert figures["alongside_database_up"] == 1
    assert MARKER not in served
    assert set(re.findall(r'(\w+)="', served)) == {"status", "view", "le", "kind"}
    assert figures['alongside_cache_hits_total{kind="component"}'] > 0
    assert figures["alongside_cache_bytes"] > 0
    writers = {path.stem.rpartition("_")[2] for path in (tmp_path / "metrics").iterdir()}
    assert str(server.pid) not in writers
    assert "1" not in writers


def test_no_figure_is_taken_without_a_setting():
    code = "from django.conf import settings; import django; django.setup(); print(settings.MIDDLEWARE[0])"
    asked = {
        address: subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"METRICS_ADDRESS": address},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for address in ("", "127.0.0.1:9464")
    }

    assert asked == {
        "": "django.middleware.security.SecurityMiddleware",
        "127.0.0.1:9464": "peersupport.metrics.requests.RequestMetricsMiddleware",
    }


@pytest.mark.parametrize("address", ["", "127.0.0.1", "127.0.0.1:http"])
def test_where_figures_are_served_must_be_set(settings, address):
    settings.METRICS_ADDRESS = address

    with pytest.raises(CommandError, match="Set METRICS_ADDRESS"):
        call_command("serve_metrics")


def collected() -> dict[str, dict[tuple, float]]:
    return {
        family.name: {tuple(sample.labels.values()): sample.value for sample in family.samples}
        for family in SiteCollector().collect()
    }


@pytest.fixture
def open_connection(monkeypatch) -> None:
    """The connection of a test, which holds what it has not committed."""
    monkeypatch.setattr("peersupport.metrics.site.close_old_connections", lambda: None)


@pytest.mark.usefixtures("open_connection")
def test_the_last_change_the_last_runs_and_letters_that_wait_are_figures(db):
    note_change(None)
    now = timezone.now()
    for state in ("waiting", "waiting", "failed"):
        OutgoingEmail.objects.create(state=state, next_try_at=now, give_up_at=now)
    CommandRun.objects.create(name="tidy_up", finished_at=now)

    figures = collected()

    assert figures["alongside_directory_last_change"][()] >= 1
    assert figures["alongside_command_finished_timestamp_seconds"] == {("tidy_up",): now.timestamp()}
    assert figures["alongside_emails_waiting"] == {(): 2}
    assert figures["alongside_database_up"] == {(): 1}


@pytest.mark.usefixtures("open_connection")
def test_a_database_that_does_not_answer_is_a_figure(monkeypatch):
    def refuse():
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)

    assert collected() == {"alongside_database_up": {(): 0}}
