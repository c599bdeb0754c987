"""The order of search results: open before closed, then checked before overdue, then distance, next meeting or name.

`GroupQuerySet.ordered_for_display` says the same to the database, for pages that do not search; a test compares them.
"""

import datetime
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from itertools import islice
from typing import NamedTuple

from groups.timetable.meetings import LONDON
from organisations.freshness import LAPSED_AFTER, OVERDUE_AFTER, cutoff

from .bitset import SlotSet, bits_of, slots_of
from .document import Document
from .geo_grid import Grid
from .types import IndexQuery

#: (is closed, check is overdue), in the order of the results.
_STANDINGS = [(False, False), (False, True), (True, False), (True, True)]


_A_DAY = datetime.timedelta(days=1)


class SoonestOrder(NamedTuple):
    """The order by next meeting, valid until the first of these meetings begins, or midnight."""

    since: datetime.datetime
    until: datetime.datetime
    order: list[int]
    this_week: int


def _by_name(documents: Mapping[int, Document]) -> Callable[[int], tuple[str, int]]:
    """Return the sort key of slots for an order by name."""
    return lambda slot: (documents[slot].name_key, documents[slot].pk)


class Ranking:
    """The groups listed on a day, by standing, and their orders."""

    def __init__(self, documents: Mapping[int, Document], grid: Grid, today: datetime.date) -> None:
        self._documents, self._grid = documents, grid
        self._size = max(documents, default=0) + 1
        self._overdue_before, self._lapsed_before = cutoff(OVERDUE_AFTER, today), cutoff(LAPSED_AFTER, today)
        self._by_standing = sorted(
            (slot for slot, document in documents.items() if self._is_listed(document)), key=self._key
        )
        self._soonest: SoonestOrder | None = None
        standings: dict[tuple[bool, bool], list[int]] = {standing: [] for standing in _STANDINGS}
        for slot in self._by_standing:
            standings[self._standing(documents[slot])].append(slot)
        self._standings = {standing: bits_of(slots) for standing, slots in standings.items()}
        #: Bitsets of what is listed; of that, what anybody can join from home, and what has a point.
        self.listed = bits_of(self._by_standing)
        self.joinable_from_home = bits_of(slot for slot in self._by_standing if documents[slot].is_from_home)
        self.placed = bits_of(slot for slot in self._by_standing if documents[slot].point is not None)

    def with_changes(
        self,
        documents: Mapping[int, Document],
        grid: Grid,
        before: Mapping[int, Document],
        after: Mapping[int, Document],
    ) -> "Ranking":
        """Return a copy with the given slots replaced or removed."""
        ranking = copy(self)
        ranking._by_standing, ranking._standings = self._by_standing.copy(), self._standings.copy()
        for slot, document in before.items():
            if self._is_listed(document):
                del ranking._by_standing[bisect_left(ranking._by_standing, self._key(slot), key=self._key)]
                ranking._set_membership(slot, document, False)
        ranking._documents, ranking._grid, ranking._soonest = documents, grid, None
        ranking._size = max(self._size, *(slot + 1 for slot in after)) if after else self._size
        for slot, document in after.items():
            if self._is_listed(document):
                insort(ranking._by_standing, slot, key=ranking._key)
                ranking._set_membership(slot, document, True)
        return ranking

    def this_week(self, now: datetime.datetime) -> int:
        """Return the bitset of groups that meet later today or in the six days after."""
        return self._soonest_order(now).this_week

    def ranked(
        self, tiers: Iterable[int], query: IndexQuery, now: datetime.datetime, first: int
    ) -> Iterator[tuple[int, float | None]]:
        """Yield (key, miles) of the bitsets `tiers`, one after the other, from position `first` on.

        Miles are None for a query without a point.
        """
        ordered: Iterable[tuple[int, float | None]]
        for tier, skip in _starting_at(first, tiers):
            if query.point is not None and query.sort in ("", "nearest"):
                ordered = self._nearest(tier, query.point, query.miles, skip)
            else:
                ordered = ((slot, None) for slot in islice(self._ordered(tier, query.sort, now), skip, None))
            for slot, miles in ordered:
                if miles is None and query.point is not None:
                    miles = self._grid.distance(query.point, slot)
                yield self._documents[slot].pk, miles

    def first_keys(self, limit: int, bits: int, now: datetime.datetime) -> tuple[int, ...]:
        """Return the first keys of a bitset, by name within each standing."""
        return tuple(self._documents[slot].pk for slot in islice(self._ordered(bits, "name", now), limit))

    def _nearest(self, tier: int, point: tuple[float, float], limit: float, skip: int) -> Iterator[tuple[int, float]]:
        """Yield (slot, miles) of a bitset, nearest first within each standing."""
        for standing, left in _starting_at(skip, (tier & standing for standing in self._standings.values())):
            near = self._grid.nearest(point, limit, SlotSet(standing, self._size))
            for miles, slot in islice(_ties_sorted(near, _by_name(self._documents)), left, None):
                yield slot, miles

    def _ordered(self, bits: int, sort: str, now: datetime.datetime) -> Iterator[int]:
        """Yield the slots of a bitset by name, or by next meeting, within each standing."""
        # A small set is sorted; for a larger one it is faster to filter the order of all groups.
        if bits.bit_count() ** 2 <= self._size:
            return iter(sorted(slots_of(bits), key=self._soonest_key(now) if sort == "soonest" else self._key))
        members = SlotSet(bits, self._size)
        return (
            slot
            for slot in (self._soonest_order(now).order if sort == "soonest" else self._by_standing)
            if slot in members
        )

    def _soonest_order(self, now: datetime.datetime) -> SoonestOrder:
        """Return the order of all listed slots by next meeting; cached until one has begun, or midnight."""
        if self._soonest is None or not self._soonest.since <= now < self._soonest.until:
            begins = {slot: self._documents[slot].next_after(now) for slot in self._by_standing}
            midnight = datetime.datetime.combine(now.astimezone(LONDON).date() + _A_DAY, datetime.time(), LONDON)
            self._soonest = SoonestOrder(
                since=now,
                until=min(
                    (begin for begin in begins.values() if begin is not None and begin < midnight), default=midnight
                ),
                order=sorted(self._by_standing, key=self._soonest_key(now)),
                this_week=bits_of(slot for slot, begin in begins.items() if begin and begin < midnight + 6 * _A_DAY),
            )
        return self._soonest

    def _soonest_key(self, now: datetime.datetime) -> Callable[[int], tuple[bool, bool, datetime.datetime, str, int]]:
        never = _never(now)

        def key(slot: int) -> tuple[bool, bool, datetime.datetime, str, int]:
            closed, stale, name, pk = self._key(slot)
            return closed, stale, self._documents[slot].next_after(now) or never, name, pk

        return key

    def _key(self, slot: int) -> tuple[bool, bool, str, int]:
        document = self._documents[slot]
        return *self._standing(document), document.name_key, document.pk

    def _standing(self, document: Document) -> tuple[bool, bool]:
        """Return whether a group is closed, and whether its check is overdue."""
        return document.is_closed, document.checked_on is None or document.checked_on < self._overdue_before

    def _is_listed(self, document: Document) -> bool:
        return document.checked_on is None or document.checked_on >= self._lapsed_before

    def _set_membership(self, slot: int, document: Document, is_member: bool) -> None:
        """Add a slot to its bitsets, or remove it from them."""
        bit, standing = 1 << slot, self._standing(document)
        self._standings[standing] = _with(self._standings[standing], bit, is_member)
        self.listed = _with(self.listed, bit, is_member)
        if document.is_from_home:
            self.joinable_from_home = _with(self.joinable_from_home, bit, is_member)
        if document.point is not None:
            self.placed = _with(self.placed, bit, is_member)


def _with(bits: int, bit: int, is_member: bool) -> int:
    return bits | bit if is_member else bits & ~bit


def _starting_at(first: int, sets: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the bitsets from the one that holds position `first` of them all on, each with how many slots to skip."""
    for bits in sets:
        size = bits.bit_count()
        if size > first:
            yield bits, first
        first = max(0, first - size)


def _never(now: datetime.datetime) -> datetime.datetime:
    return now + datetime.timedelta(days=3650)


def _ties_sorted(
    near: Iterator[tuple[float, int]], key: Callable[[int], tuple[str, int]]
) -> Iterator[tuple[float, int]]:
    """Yield (miles, slot) with those at the same distance sorted by a key."""
    tied: list[tuple[float, int]] = []
    for miles, slot in near:
        if tied and tied[0][0] != miles:
            yield from sorted(tied, key=lambda item: key(item[1]))
            tied = []
        tied.append((miles, slot))
    yield from sorted(tied, key=lambda item: key(item[1]))
