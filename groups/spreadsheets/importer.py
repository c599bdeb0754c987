"""Import of a sheet: every row is matched, read and validated; then all are written at once, or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from common.models.content_version import ContentVersion
from common.statistics import analyse

from ..search.snapshot.change_log import lock
from .progress import Progress, no_progress
from .reader import SheetRow
from .resources.base import SheetResource
from .resources.registry import resource_of
from .results import ImportResult
from .scope import ImportScope

#: The number of new rows from which statistics are updated: the planner would use those from before.
MANY = 500


@dataclass(frozen=True)
class PreparedImport:
    """The result of a dry run, and the versions of everything that it was compared with."""

    result: ImportResult
    versions: dict[str, int]


def preview_import(rows: Sequence[SheetRow], scope: ImportScope, progress: Progress = no_progress) -> ImportResult:
    """Return the result of importing a file; nothing is written."""
    return _resource(scope).importer(scope).read(rows, progress)


def prepare_import(rows: Sequence[SheetRow], scope: ImportScope, progress: Progress = no_progress) -> PreparedImport:
    """Return the result of importing a file, for `write_import`, without locking out other writers."""
    versions = _versions()
    return PreparedImport(preview_import(rows, scope, progress), versions)


def write_import(
    rows: Sequence[SheetRow], scope: ImportScope, confirmed_digest: str, prepared: PreparedImport | None = None
) -> ImportResult:
    """Write a file if it has no errors and does what the user confirmed, by the digest of the preview; else nothing.

    Must be called in a transaction: the directory is locked first. What is prepared is used if nobody has written
    anything meanwhile; else the rows are read again, while all others wait.
    """
    lock()
    is_current = prepared is not None and prepared.versions == _versions()
    result = prepared.result if prepared and is_current else preview_import(rows, scope)
    if not result.errors and result.digest == confirmed_digest:
        _resource(scope).write(result)
        result.is_written = True
        if len(result.new) >= MANY:
            transaction.on_commit(analyse)
    return result


def _versions() -> dict[str, int]:
    """Return the version of each table that pages read, which the database changes with each write."""
    return dict(ContentVersion.objects.values_list("name", "number"))


def _resource(scope: ImportScope) -> SheetResource:
    """Return the resource of a scope."""
    return resource_of(scope.rows.model)
