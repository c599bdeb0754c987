"""A reload of the web server: the workers of before answer until those of the new version have read the directory."""

import fcntl
import os
import runpy
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.architecture.repository import ROOT
from tests.factories import make_group
from tests.faults.browser import Browser
from tests.faults.site import Site
from tests.template_database import database_url

HOOKS = runpy.run_path(str(ROOT / "gunicorn.conf.py"))


@pytest.fixture
def site(tmp_path, transactional_db) -> Iterator[Site]:
    make_group(town="Chard")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = Site(port, 3, tmp_path, DATABASE_URL=database_url(), LOCK_DIR=str(tmp_path / "locks"))
    site.start()
    try:
        site.wait()
        yield site
    finally:
        site.stop()


@pytest.mark.one_database("what workers share is a file in memory; test_busy_server.py starts a server on each")
def test_search_is_answered_while_workers_of_a_new_version_cannot_read_the_directory_yet(site):
    before, old_files = set(site.pids()), set(shared_files(site))

    os.kill(site.master, signal.SIGHUP)
    wait_until(lambda: set(shared_files(site)) - old_files)
    with shared_files(site)[(set(shared_files(site)) - old_files).pop()].open("r+b") as file:
        # Who reads the directory, or takes what another worker has read, needs this lock.
        fcntl.lockf(file, fcntl.LOCK_EX)
        wait_until(lambda: set(site.pids()) - before)
        meanwhile = [Browser(site.port).get("/groups/").status for _ in range(20)]
    wait_until(lambda: not before & set(site.pids()))
    after = [Browser(site.port).get("/groups/").status for _ in range(20)]

    assert (meanwhile, after, len(site.pids())) == ([200] * 20, [200] * 20, 3)


@pytest.fixture
def server(monkeypatch) -> SimpleNamespace:
    """A web server that has been started, whose signals go to a worker in this process."""
    server = SimpleNamespace()
    HOOKS["begin_generation"](server)
    monkeypatch.setattr(os, "kill", lambda pid, number: HOOKS["leave"](server.worker, number, None))
    return server


def new_worker(server: SimpleNamespace) -> SimpleNamespace:
    worker = SimpleNamespace(alive=True, notify=lambda: None)
    worker.handle_exit = lambda number, frame: setattr(worker, "alive", False)
    HOOKS["join_generation"](server, worker)
    server.worker = worker
    return worker


def test_worker_leaves_at_once_without_a_reload(server):
    worker = new_worker(server)

    HOOKS["leave"](worker, signal.SIGTERM, None)

    assert worker.alive is False


def test_worker_of_before_a_reload_leaves_when_one_of_the_new_ones_is_ready(server):
    worker = new_worker(server)
    HOOKS["begin_generation"](server)

    HOOKS["leave"](worker, signal.SIGTERM, None)
    alive = [worker.alive]
    worker.generation[0] = HOOKS["IS_REPLACED"]
    worker.leaving.join(60)
    alive.append(worker.alive)

    assert alive == [True, False]


def test_worker_that_nobody_replaces_leaves_when_time_is_up(server, monkeypatch):
    worker = new_worker(server)
    HOOKS["begin_generation"](server)
    monkeypatch.setitem(HOOKS["leave"].__globals__, "HANDOVER_SECONDS", 0)

    HOOKS["leave"](worker, signal.SIGTERM, None)
    worker.leaving.join(60)

    assert worker.alive is False


def test_web_server_imports_nothing_that_workers_of_a_new_version_would_inherit(tmp_path):
    code = (
        "import logging.config, sys; from types import SimpleNamespace; exec(open('gunicorn.conf.py').read())\n"
        "before, server, worker = {*sys.modules}, SimpleNamespace(), SimpleNamespace(pid=1)\n"
        "logging.config.dictConfig(logconfig_dict); on_starting(server); on_reload(server)\n"
        "child_exit(server, worker); post_fork(server, worker)\n"
        "names = {name.partition('.')[0] for name in {*sys.modules} - before}\n"
        "print(server.has_metrics, names - sys.stdlib_module_names)"
    )
    figures = {"METRICS_ADDRESS": "127.0.0.1:1", "METRICS_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=os.environ | figures, capture_output=True, text=True, check=True
    )

    assert done.stdout == "True set()\n"


def shared_files(site: Site) -> dict[int, Path]:
    """Return the files in memory in which workers share the directory, by inode."""
    opened = Path(f"/proc/{site.master}/fd").iterdir()
    return {path.stat().st_ino: path for path in opened if os.readlink(path).startswith("/memfd:directory")}


def wait_until(holds: Callable[[], object]) -> None:
    until = time.monotonic() + 120
    while not holds() and time.monotonic() < until:
        time.sleep(0.05)
