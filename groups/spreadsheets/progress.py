"""The progress of the process of an import, for its page."""

import time
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from ..choices import ImportStage
from .models import ImportRun

#: Takes the number of rows that are done.
Progress = Callable[[int], None]
#: Seconds between updates of the progress: each is a transaction.
_PAUSE = 1.0


class Superseded(Exception):
    """Another process has taken over, or the user has uploaded another file."""


def no_progress(done: int) -> None:
    """Report no progress: a short file is read within its request."""


class RunProgress:
    """The progress of a run, written by its one process. Each update raises `Superseded` if another has taken over."""

    def __init__(self, run: ImportRun) -> None:
        self._run, self._noted = ImportRun.objects.filter(pk=run.pk, process=run.process), 0.0

    def __call__(self, done: int) -> None:
        if time.monotonic() - self._noted >= _PAUSE:
            self._note(done=done)

    def enter(self, stage: ImportStage, total: int = 0) -> None:
        """Record that a stage starts, with its number of rows."""
        self._note(stage=stage, done=0, total=total)

    def finish(self, stage: ImportStage, **report: Any) -> None:
        """Record the outcome, with what the page shows."""
        self._note(stage=stage, report=report)

    def _note(self, **values: Any) -> None:
        self._noted = time.monotonic()
        if not self._run.update(heard_at=timezone.now(), **values):
            raise Superseded
