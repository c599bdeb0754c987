"""The progress of an export, recorded while its file is generated and sent."""

import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.contrib.auth.models import User
from django.db import OperationalError
from django.utils import timezone

from ..choices import ExportStage
from .models import ExportRun

#: Seconds between updates of the progress: each is a transaction.
_PAUSE = 1.0


class ExportProgress:
    """Records the progress of one export. A later export of the same user replaces it."""

    def __init__(self, user: User, resource: str, total: int) -> None:
        """Take the user, the key of the resource, and the number of rows of the file."""
        self._user, self._resource, self._total = user, resource, total
        self._done, self._noted = 0, 0.0
        self._run = ExportRun.objects.none()

    def rows(self, rows: Iterator[list[str]]) -> Iterator[list[str]]:
        """Yield the rows of the file, and record from time to time how many."""
        for row in rows:
            yield row
            self._done += 1
            if time.monotonic() - self._noted >= _PAUSE:
                self._note()

    def parts(self, parts: Iterator[bytes]) -> Iterator[bytes]:
        """Yield the parts of the file; record its start, and whether all of it was sent."""
        # SQLite blocks other writers while an import is written: the file matters more than its progress.
        with suppress(OperationalError):
            run = ExportRun.begin(self._user, self._resource, self._total)
            self._run = ExportRun.objects.filter(pk=run.pk, process=run.process)
        self._noted = time.monotonic()
        try:
            yield from parts
        except BaseException:
            # An error, or the client has gone.
            self._note(stage=ExportStage.BROKEN)
            raise
        self._note(stage=ExportStage.SENT)

    def _note(self, **values: Any) -> None:
        with suppress(OperationalError):
            self._run.update(done=self._done, heard_at=timezone.now(), **values)
        self._noted = time.monotonic()
