"""Runs the import of a long file in a process of its own (docs/adr/0053)."""

import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from django.conf import settings
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpRequest
from django.utils.html import conditional_escape
from simple_history.models import HistoricalRecords

from common.slots import IMPORTS, ServerBusy, slot

from ..choices import ImportStage
from .models import ImportRun
from .progress import RunProgress, Superseded
from .reader import BadSheet

#: Seconds between attempts to take a slot.
_PAUSE = 1.0
#: The threshold of the garbage collector: rows have no cycles, and there are millions of objects.
_OBJECTS = 200_000


class ImportPage(Protocol):
    """The admin page that reads and writes files, with the permissions of the user of a request."""

    def preview_long(self, request: HttpRequest, run: ImportRun, progress: RunProgress) -> None: ...

    def write_long(self, request: HttpRequest, run: ImportRun, progress: RunProgress) -> None: ...


class CollectedMessages(BaseStorage):
    """Storage for the messages of a request that nobody waits for."""

    def _get(self, *args: Any, **kwargs: Any) -> tuple[list[Any], bool]:
        return [], True

    def _store(self, messages: Any, response: Any, *args: Any, **kwargs: Any) -> list[Any]:
        return []

    @property
    def as_html(self) -> list[str]:
        """The messages that were added, escaped."""
        storage: Any = self
        return [str(conditional_escape(message.message)) for message in storage._queued_messages]


def start(run: ImportRun) -> None:
    """Start the process of a run. It outlives the request, and the server that started it."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "run_import", str(run.pk), run.process]
    # The file descriptor in this variable is not inherited.
    environment = {name: value for name, value in os.environ.items() if name != "DIRECTORY_FILE"}
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, env=environment, start_new_session=True)
    # A child must be waited for, or it becomes a zombie.
    threading.Thread(target=process.wait, daemon=True).start()


def perform(run: ImportRun, page: ImportPage) -> None:
    """Do the work of a run: preview its file, or write what was confirmed. The outcome is stored with the run."""
    with suppress(Superseded):
        _perform(run, page, RunProgress(run))


def _perform(run: ImportRun, page: ImportPage, progress: RunProgress) -> None:
    try:
        with _slot(progress), _request_of(run) as request:
            progress.enter(ImportStage.READING)
            (page.write_long if run.confirmed else page.preview_long)(request, run, progress)
    except BadSheet as error:
        progress.finish(ImportStage.FAILED, error=str(error))
    except MemoryError:
        progress.finish(ImportStage.FAILED, error="This file needs too much memory. Send it in parts.")
    except Superseded:
        raise
    except Exception:
        progress.finish(ImportStage.FAILED, error="This went wrong on our side. Nothing was written.")
        raise


def collect_less_often() -> None:
    """Raise the threshold of the garbage collector of this process, which ends soon."""
    gc.freeze()
    gc.set_threshold(_OBJECTS, 50, 50)


@contextmanager
def _slot(progress: RunProgress) -> Iterator[None]:
    """Hold the slot for imports of this host while the block runs, waiting for it if needed."""
    while True:
        try:
            with slot(IMPORTS):
                yield
                return
        except ServerBusy:
            progress.enter(ImportStage.QUEUED)
            time.sleep(_PAUSE)


@contextmanager
def _request_of(run: ImportRun) -> Iterator[HttpRequest]:
    """Return a request of the user of a run, for the code that needs one to know who acts."""
    request: Any = HttpRequest()
    request.user, request._messages = run.user, CollectedMessages(request)
    before = getattr(HistoricalRecords.context, "request", None)
    HistoricalRecords.context.request = request
    try:
        yield request
    finally:
        HistoricalRecords.context.request = before
