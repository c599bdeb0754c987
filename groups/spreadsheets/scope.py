"""Row-level permissions of an import: which groups may be changed, and where groups may be added."""

from collections.abc import Callable
from dataclasses import dataclass

from organisations.models import Organisation

from ..models import SupportGroup
from ..querysets import GroupQuerySet


def _no_changes(group: SupportGroup, revision: str) -> list[str]:
    return []


@dataclass(frozen=True)
class ImportScope:
    """The groups that the user may change, and the organisations (by primary key) to which they may add groups."""

    groups: GroupQuerySet
    organisations: dict[int, Organisation]
    #: Returns the changes of a group since a revision, as sentences that the user may read.
    changes_since: Callable[[SupportGroup, str], list[str]] = _no_changes
    #: Whether a row may add an organisation, or a list of others that it comes from.
    may_add_organisations: bool = False
