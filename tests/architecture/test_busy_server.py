"""The site under gunicorn, with real processes: while files are being made, pages answer."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import pytest
from django.conf import settings

from common.slots import FILES, PASSWORDS, capacity_of, slot
from tests.architecture.repository import ROOT
from tests.factories import make_group
from tests.table_copies import reset_database
from tests.template_database import database_url

#: The file that is asked for: an area's groups, one on each page, the slowest there is.
FILE, PAGE = "/areas/somerset/print/list.pdf?layout=easy", "/help-now/"
SEARCH = "/groups/"
SHEET = "/staff/groups/supportgroup/import/"
#: Nothing listens at its port.
NO_DATABASE = "postgres://nobody@127.0.0.1:1/nothing"


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[int]:
    """The port of a server with three workers and thirty groups, whose locks are the tests' own too."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(settings, "LOCK_DIR", str(tmp_path_factory.mktemp("locks")))
        patch.setattr(settings, "WORKERS", 3)
        for _ in range(30):
            make_group(town="Chard")
        with served(3, database_url()) as port:
            # The directory is read after the first pages are answered.
            while status_of(port, SEARCH) == 503:
                time.sleep(0.1)
            yield port
        reset_database()


@contextmanager
def served(workers: int, database: str) -> Iterator[int]:
    """Run the site with so many workers on a database, and give its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    variables = {
        "DATABASE_URL": database,
        "LOCK_DIR": settings.LOCK_DIR,
        "WEB_CONCURRENCY": str(workers),
    }
    command = [sys.executable, "-m", "gunicorn", "peersupport.wsgi", "-b", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | variables, stderr=subprocess.PIPE, text=True) as process:
        try:
            _wait_for(port, process)
            yield port
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)


def _wait_for(port: int, process: subprocess.Popen) -> None:
    for _ in range(600):
        try:
            if status_of(port, PAGE) == 200:
                return
        except OSError:
            if process.poll() is not None:
                pytest.fail(f"The server ended: {process.stderr.read()}")
            time.sleep(0.1)
    pytest.fail("The server did not answer in a minute.")


def status_of(port: int, path: str, sent: bytes | None = None) -> int:
    """Return the status of a page, or of a form to which so much is sent."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        asked.request("GET" if sent is None else "POST", path, sent)
        answer = asked.getresponse()
        answer.read()
        return answer.status
    finally:
        asked.close()


# This one first: no worker has made the file before.
def test_pages_answer_while_more_files_are_asked_for_than_there_are_workers(server):
    with ThreadPoolExecutor(12) as people:
        files = [people.submit(status_of, server, FILE) for _ in range(8)]
        pages = [people.submit(status_of, server, PAGE) for _ in range(4)]
        statuses = [file.result() for file in files]

    assert [page.result() for page in pages] == [200] * 4
    assert (set(statuses) <= {200, 503}, 200 in statuses) == (True, True)
    assert status_of(server, FILE) == 200


def test_pages_answer_while_every_slot_is_held_by_another_process(server):
    with ExitStack() as held:
        for pool in (FILES, PASSWORDS):
            for _ in range(capacity_of(pool)):
                held.enter_context(slot(pool))
        while_held = [status_of(server, path) for path in (FILE, PAGE, FILE, PAGE)]
        # A refusal in the middle of a large file must reach whoever sends it.
        while_held.append(status_of(server, SHEET, bytes(4_000_000)))
    after = status_of(server, FILE)

    assert (while_held, after) == ([503, 200, 503, 200, 503], 200)


def test_server_starts_without_a_database_and_answers_what_needs_none():
    with served(3, NO_DATABASE) as port:
        statuses = [status_of(port, path) for path in (PAGE, SEARCH, "/areas/somerset/", "/healthz", PAGE)]

    assert statuses == [200, 503, 503, 503, 200]


@pytest.mark.parametrize("asked, running", [("1", 3), ("2", 3), ("5", 5)])
def test_server_never_has_too_few_workers_for_its_slots(asked, running):
    # The configuration of gunicorn alone says it: the site itself need not be imported.
    checked = subprocess.run(
        [sys.executable, "-m", "gunicorn", "wsgiref.simple_server:demo_app", "--print-config"],
        cwd=ROOT,
        env=os.environ | {"WEB_CONCURRENCY": asked},
        capture_output=True,
        text=True,
        check=False,
    )

    assert re.findall(r"^workers += (\d+)$", checked.stdout, re.M) == [str(running)]


def test_workers_of_the_command_line_are_told_to_the_site_and_raised_to_the_fewest():
    code = (
        "import os; exec(open('gunicorn.conf.py').read())\n"
        "class Server:\n"
        "    def __setattr__(self, name, value): nworkers_changed(self, value, None)\n"
        "server = Server(); said = []\n"
        "for number in (1, 7, 2):\n"
        "    server.num_workers = number; said.append(os.environ['WEB_CONCURRENCY'])\n"
        "print(*said)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "3 7 3\n"
