"""What the process of an import says of how far it is, for the page that its user looks at."""

import time
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from ..choices import ImportStage
from .models import ImportRun

#: Takes the number of rows that are done.
Progress = Callable[[int], None]
#: Seconds between one note of how far it is and the next: each is a transaction.
_PAUSE = 1.0


class Superseded(Exception):
    """Another process has taken over, or the user has sent another file."""


def no_progress(done: int) -> None:
    """Tell nobody: a short file is read within its request."""


class RunProgress:
    """The progress of a run, as its one process writes it. Each note raises `Superseded` where that is another now."""

    def __init__(self, run: ImportRun) -> None:
        self._run, self._noted = ImportRun.objects.filter(pk=run.pk, process=run.process), 0.0

    def __call__(self, done: int) -> None:
        if time.monotonic() - self._noted >= _PAUSE:
            self._note(done=done)

    def enter(self, stage: ImportStage, total: int = 0) -> None:
        """Note that a stage begins, with how many rows it has."""
        self._note(stage=stage, done=0, total=total)

    def finish(self, stage: ImportStage, **report: Any) -> None:
        """Note how it has ended, with what the page shows."""
        self._note(stage=stage, report=report)

    def _note(self, **values: Any) -> None:
        self._noted = time.monotonic()
        if not self._run.update(heard_at=timezone.now(), **values):
            raise Superseded
