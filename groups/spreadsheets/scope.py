"""What somebody may do with a sheet: which groups they change, and to which organisations they add."""

from collections.abc import Callable
from dataclasses import dataclass

from organisations.models import Organisation

from ..models import SupportGroup
from ..querysets import GroupQuerySet


def _nothing_known(group: SupportGroup, revision: str) -> list[str]:
    return []


@dataclass(frozen=True)
class ImportScope:
    """The groups that somebody changes, and the organisations whose groups they may add."""

    groups: GroupQuerySet
    organisations: dict[int, Organisation]
    #: What was changed in a group since it had a revision, in sentences, as far as this person may read them.
    since: Callable[[SupportGroup, str], list[str]] = _nothing_known
