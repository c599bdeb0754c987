"""Row-level permissions of an import: which rows it may write, and where it may add rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from organisations.models import Organisation


def _no_changes(row: Any, version: str) -> list[str]:
    return []


def _anything(row: Any) -> bool:
    return True


@dataclass(frozen=True)
class ImportScope:
    """The rows that a user's file may write, and the organisations (by primary key) to which it may add rows."""

    rows: QuerySet[Any]
    organisations: dict[int, Organisation]
    #: Returns the changes of a row since a version, as sentences that the user may read.
    changes_since: Callable[[Any, str], list[str]] = _no_changes
    #: Whether a row may add an organisation, or a list of others that it comes from.
    may_add_organisations: bool = False
    #: Returns whether the user may change one of the rows.
    may_change: Callable[[Any], bool] = _anything
    #: Returns whether the user may merge one of the rows with others.
    may_merge: Callable[[Any], bool] = _anything
