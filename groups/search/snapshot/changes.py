"""What has changed in the directory between two versions of it, from the change log."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from common.compiled_queries import SIZES, values_of
from groups.models import DirectoryChange

#: The number and the token of the last change in a snapshot.
SnapshotVersion = tuple[int, str]

#: A snapshot is patched for at most so many changed groups; for more it is rebuilt.
MAX_PATCHED = 200


@dataclass(frozen=True)
class ChangeSet:
    """The keys of the groups, and of the organisations themselves, that changed between two versions."""

    groups: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()


def changes_between(before: SnapshotVersion, after: SnapshotVersion) -> ChangeSet | None:
    """Return what changed from one version to a later one; None if that is not known, or too much."""
    number, token = before
    if before == after:
        return ChangeSet()
    if after[0] < number:
        return None
    numbers = range(max(number, 1), after[0] + 1)
    changes = values_of(_log, numbers)
    # The log must hold the change that the snapshot was made after, every later one, and that of the version.
    if [change[0] for change in changes] != [*numbers]:
        return None
    if (number and changes[0][1] != token) or (changes and changes[-1][1] != after[1]):
        return None
    since = changes[1:] if number else changes
    if any(groups is None for _, _, groups, _ in since):
        return None
    groups = frozenset(pk for _, _, groups, _ in since for pk in groups or ())
    organisations = frozenset(pk for *_, organisations in since for pk in organisations)
    return ChangeSet(groups, organisations) if len(groups) <= MAX_PATCHED else None


def _log(numbers: list[int]) -> QuerySet[DirectoryChange, tuple[Any, ...]]:
    """Return the changes of ascending numbers without a gap."""
    are_few = len(numbers) <= SIZES[-1]
    found = {"number__in": numbers} if are_few else {"number__gte": numbers[0], "number__lte": numbers[-1]}
    log = DirectoryChange.objects.filter(**found).order_by("number")
    return log.values_list("number", "token", "groups", "organisations")
