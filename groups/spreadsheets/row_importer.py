"""The loop of a dry run: every row is matched, read and validated. Subclasses know what a row is about."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError

from organisations.admin.locking import version_of

from .loading import PORTION, portions
from .progress import Progress, no_progress
from .reader import SheetRow
from .results import ImportResult
from .scope import ImportScope

REVISION = "Version"
#: The most stale rows whose error lists the changes since: each costs a query.
_MOST_EXPLAINED = 10
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: The prefix of a time in hexadecimal digits, so that no spreadsheet parses it as a number.
_TIME = "v"

Result = TypeVar("Result", bound=ImportResult)


class RowImporter(ABC, Generic[Result]):
    """Reads one file of one user."""

    def __init__(self, scope: ImportScope) -> None:
        self.scope = scope
        self._stale_rows = 0

    def read(self, rows: Sequence[SheetRow], progress: Progress = no_progress) -> Result:
        """Return the result of the rows; nothing is written."""
        self.load(rows, progress)
        result = self.new_result()
        for number, portion in enumerate(portions(rows)):
            progress(number * PORTION)
            self.load_portion(portion)
            for row in portion:
                try:
                    self.read_row(row, result)
                except ValidationError as error:
                    result.errors[row.number] = error.message_dict
        return result

    @abstractmethod
    def load(self, rows: Sequence[SheetRow], progress: Progress) -> None:
        """Load everything that the file names in bulk."""

    def load_portion(self, rows: Sequence[SheetRow]) -> None:
        """Load the instances for a batch of rows, in place of the batch before."""

    @abstractmethod
    def new_result(self) -> Result:
        """Return an empty result."""

    @abstractmethod
    def read_row(self, row: SheetRow, result: Result) -> None:
        """Add a row to the result. Raises ValidationError, keyed by column title, if it cannot be written."""

    def reject_stale_row(self, instance: Any, version: str, noun: str) -> None:
        """Raise ValidationError if an instance was changed after the version of its row; "" is never stale."""
        if not version or version == version_text(instance):
            return
        self._stale_rows += 1
        is_explained = self._stale_rows <= _MOST_EXPLAINED
        changes = self.scope.changes_since(instance, version_token(version)) if is_explained else []
        raise ValidationError(
            {
                REVISION: f"Somebody else has changed this {noun} since your file was made. "
                + (f"They changed: {' '.join(changes)} " if changes else "")
                + "Make a new file, and put your changes in there; or take this row out."
            }
        )


def version_text(instance: Any) -> str:
    """Return the version of an instance in a form that every spreadsheet program preserves."""
    if hasattr(instance, "revision"):
        return version_of(instance)
    return f"{_TIME}{(instance.updated_at - _EPOCH) // timedelta(microseconds=1):x}"


def version_token(text: str) -> str:
    """Return the version token (`version_of`) of a cell; unknown texts are returned as they are."""
    try:
        time = _EPOCH + timedelta(microseconds=int(text.removeprefix(_TIME), 16))
    except (ValueError, OverflowError):
        return text
    return time.isoformat() if text.startswith(_TIME) else text
