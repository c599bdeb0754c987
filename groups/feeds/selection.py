"""The groups of a feed: the listed ones of an area or a search, and those of it that ended recently."""

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone

from places.models import Area

from ..choices import Stage
from ..models import SupportGroup
from ..querysets import GroupQuerySet
from ..search.forms import GroupSearchForm
from ..search.index.document import IndexEntry
from ..search.index.index import Index
from ..search.service import index_query
from ..search.snapshot.group_rows import entry_rows
from ..search.snapshot.hot_queries import directory_state
from ..search.snapshot.loader import entries
from ..search.snapshot.snapshot import DirectorySnapshot, current_snapshot
from .changes import DAYS, beginning

#: The most entries of a feed.
MOST = 50


@dataclass(frozen=True)
class FeedGroups(Collection[int]):
    """The primary keys of the groups of a feed, as bitsets of an index, and the snapshot that has them."""

    snapshot: DirectorySnapshot
    found: tuple[tuple[Index, int], ...]

    def __len__(self) -> int:
        return sum(bits.bit_count() for _, bits in self.found)

    def __iter__(self) -> Iterator[int]:
        return (pk for index, bits in self.found for pk in index.pks(bits))

    def __contains__(self, pk: object) -> bool:
        return isinstance(pk, int) and any(index.contains(bits, pk) for index, bits in self.found)

    def newest(self, most: int) -> list[int]:
        """Return those that were added last within the days of a feed, at most `most` of each index."""
        since = beginning(self.snapshot.index.today)
        return [pk for index, bits in self.found for pk in index.newest(bits, since, most)]


def groups_of_area(area: Area) -> FeedGroups:
    """Return the groups that meet in an area or serve it."""
    snapshot = current_snapshot()
    ended = _ended(snapshot)
    return FeedGroups(snapshot, tuple((index, index.of_area(area.pk)) for index in (snapshot.index, ended)))


def groups_of_search(form: GroupSearchForm) -> FeedGroups:
    """Return the groups that match a search; ended ones match by its place and words alone."""
    snapshot, now = form.snapshot, timezone.now()
    indexed = index_query(form.query, snapshot, now)
    ended = _ended(snapshot)
    # A group that has ended meets on no day.
    of_ended = ended.matching(replace(indexed, choices={}, unsaid=()), now)
    return FeedGroups(snapshot, ((snapshot.index, snapshot.index.matching(indexed, now)), (ended, of_ended)))


def _ended(snapshot: DirectorySnapshot) -> Index:
    """Return an index of the groups that ended within the days of a feed."""
    # With other terms, and on another day, all are read again.
    ended: EndedGroups = snapshot.cached_with_terms(("ended",), EndedGroups)
    return cast("Index", snapshot.cached(("ended",), lambda: ended.index_at(snapshot)))


class EndedGroups:
    """The groups that ended within the days of a feed. After a change only those of them that it touched are read."""

    def __init__(self) -> None:
        #: The index, and the number of the change that it is known to be right for.
        self._last: tuple[Index, int] | None = None

    def index_at(self, snapshot: DirectorySnapshot) -> Index:
        """Return the index of those that have ended at the version of a snapshot."""
        number, today = snapshot.version[0], snapshot.index.today
        if self._last is None:
            since = timezone.now() - datetime.timedelta(days=DAYS)
            keys = sorted(_ended_groups().filter(updated_at__gte=since).values_list("pk", flat=True))
            index = Index(_entries(keys, snapshot), today)
        else:
            index, known = self._last
            touched = sorted(pk for pk, changed in snapshot.read_in.items() if changed > known)
            found = {entry[0].pk: entry for entry in _entries(touched, snapshot)}
            if changes := {pk: found.get(pk) for pk in touched if pk in found or index.document(pk) is not None}:
                index = index.with_changes(changes)
        self._last = index, number
        return index


def _entries(keys: list[int], snapshot: DirectorySnapshot) -> Iterable[IndexEntry]:
    """Return the entries of those of some groups that have ended."""
    if not keys:
        return []
    lookups = snapshot.lookups.refreshed_for(keys, directory_state().terms)
    return entries(keys, _ended_rows, snapshot.index.today, lookups)


def _ended_groups() -> GroupQuerySet[SupportGroup]:
    return SupportGroup.objects.published().of_listed_organisations().filter(stage=Stage.ENDED).order_by()


def _ended_rows(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    return entry_rows(_ended_groups(), keys)
