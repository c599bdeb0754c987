"""In what order groups stand on a day: open ones first, then those checked lately; then nearest, soonest or by name."""

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

#: Open and checked lately, open and not, closed and checked lately, closed and not.
_STANDINGS = [(False, False), (False, True), (True, False), (True, True)]


_A_DAY = datetime.timedelta(days=1)


class SoonestOrder(NamedTuple):
    """What the next meetings say, from one moment until the next of them begins, or the day is over."""

    since: datetime.datetime
    until: datetime.datetime
    order: list[int]
    this_week: int


def _by_name(records: Mapping[int, Document]) -> Callable[[int], tuple[str, int]]:
    """What slots are sorted by to stand by name."""
    return lambda slot: (records[slot].name_key, records[slot].pk)


class Order:
    """The groups that are listed on a day, and every order they can stand in."""

    def __init__(self, records: Mapping[int, Document], grid: Grid, today: datetime.date) -> None:
        self._records, self._grid = records, grid
        self._size = max(records, default=0) + 1
        self._overdue_before, self._lapsed_before = cutoff(OVERDUE_AFTER, today), cutoff(LAPSED_AFTER, today)
        self._by_standing = sorted((slot for slot, record in records.items() if self._is_listed(record)), key=self._key)
        self._soonest: SoonestOrder | None = None
        standings: dict[tuple[bool, bool], list[int]] = {standing: [] for standing in _STANDINGS}
        for slot in self._by_standing:
            standings[self._standing(records[slot])].append(slot)
        self._standings = {standing: bits_of(slots) for standing, slots in standings.items()}
        #: The sets of what is listed; of that, what anybody can join from home, and what meets somewhere we know.
        self.listed = bits_of(self._by_standing)
        self.joinable_from_home = bits_of(slot for slot in self._by_standing if records[slot].is_from_home)
        self.placed = bits_of(slot for slot in self._by_standing if records[slot].point is not None)

    def with_changes(
        self, records: Mapping[int, Document], grid: Grid, before: Mapping[int, Document], after: Mapping[int, Document]
    ) -> "Order":
        """The order in which some slots hold other records than before, or none."""
        order = copy(self)
        order._by_standing, order._standings = self._by_standing.copy(), self._standings.copy()
        for slot, record in before.items():
            if self._is_listed(record):
                del order._by_standing[bisect_left(order._by_standing, self._key(slot), key=self._key)]
                order._mark(slot, record, False)
        order._records, order._grid, order._soonest = records, grid, None
        order._size = max(self._size, *(slot + 1 for slot in after)) if after else self._size
        for slot, record in after.items():
            if self._is_listed(record):
                insort(order._by_standing, slot, key=order._key)
                order._mark(slot, record, True)
        return order

    def this_week(self, now: datetime.datetime) -> int:
        """The set of those that meet again today or on one of the six days after."""
        self._by_soonest(now)
        return self._soonest.this_week

    def all_of(
        self, tiers: Iterable[int], asked: IndexQuery, now: datetime.datetime, first: int
    ) -> Iterator[tuple[int, float | None]]:
        """The keys of some sets, one set after the other, from a place in the order on, with how far away each is."""
        by_distance = asked.point is not None and asked.sort in ("", "nearest")
        for tier, skip in _from(first, tiers):
            if by_distance:
                ordered = self._nearest(tier, asked, skip)
            else:
                ordered = ((slot, None) for slot in islice(self._ordered(tier, asked.sort, now), skip, None))
            for slot, far in ordered:
                if far is None and asked.point is not None:
                    far = self._grid.distance(asked.point, slot)
                yield self._records[slot].pk, far

    def first(self, most: int, bits: int, now: datetime.datetime) -> tuple[int, ...]:
        """The first few keys of a set."""
        return tuple(self._records[slot].pk for slot in islice(self._ordered(bits, "name", now), most))

    def _nearest(self, tier: int, asked: IndexQuery, skip: int) -> Iterator[tuple[int, float]]:
        """The slots of a set by how far away they are, within each standing."""
        for standing, left in _from(skip, (tier & standing for standing in self._standings.values())):
            near = self._grid.nearest(asked.point, asked.miles, SlotSet(standing, self._size))
            for far, slot in islice(_ties_sorted(near, _by_name(self._records)), left, None):
                yield slot, far

    def _ordered(self, bits: int, sort: str, now: datetime.datetime) -> Iterator[int]:
        """The slots of a set by name, or by when each next meets, within each standing."""
        # A few are put in order one by one; of more a page is sooner picked from the order that all stand in.
        if bits.bit_count() ** 2 <= self._size:
            return iter(sorted(slots_of(bits), key=self._soonest_key(now) if sort == "soonest" else self._key))
        members = SlotSet(bits, self._size)
        return (slot for slot in (self._by_soonest(now) if sort == "soonest" else self._by_standing) if slot in members)

    def _by_soonest(self, now: datetime.datetime) -> list[int]:
        """Everything listed by its next meeting; remembered until one has begun, or the day is over."""
        if self._soonest is None or not self._soonest.since <= now < self._soonest.until:
            begins = {slot: self._records[slot].next_after(now) for slot in self._by_standing}
            midnight = datetime.datetime.combine(now.astimezone(LONDON).date() + _A_DAY, datetime.time(), LONDON)
            self._soonest = SoonestOrder(
                since=now,
                until=min(
                    (begin for begin in begins.values() if begin is not None and begin < midnight), default=midnight
                ),
                order=sorted(self._by_standing, key=self._soonest_key(now)),
                this_week=bits_of(slot for slot, begin in begins.items() if begin and begin < midnight + 6 * _A_DAY),
            )
        return self._soonest.order

    def _soonest_key(self, now: datetime.datetime) -> Callable[[int], tuple]:
        never = _never(now)

        def key(slot: int) -> tuple:
            closed, stale, name, pk = self._key(slot)
            return closed, stale, self._records[slot].next_after(now) or never, name, pk

        return key

    def _key(self, slot: int) -> tuple[bool, bool, str, int]:
        record = self._records[slot]
        return *self._standing(record), record.name_key, record.pk

    def _standing(self, record: Document) -> tuple[bool, bool]:
        """Whether it is closed, and whether nobody has checked it lately."""
        return record.is_closed, record.checked_on is None or record.checked_on < self._overdue_before

    def _is_listed(self, record: Document) -> bool:
        return record.checked_on is None or record.checked_on >= self._lapsed_before

    def _mark(self, slot: int, record: Document, is_there: bool) -> None:
        """Put a slot in the sets it belongs to, or take it out of them."""
        bit, standing = 1 << slot, self._standing(record)
        self._standings[standing] = _with(self._standings[standing], bit, is_there)
        self.listed = _with(self.listed, bit, is_there)
        if record.is_from_home:
            self.joinable_from_home = _with(self.joinable_from_home, bit, is_there)
        if record.point is not None:
            self.placed = _with(self.placed, bit, is_there)


def _with(bits: int, bit: int, is_there: bool) -> int:
    return bits | bit if is_there else bits & ~bit


def _from(first: int, sets: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The sets from the one that holds a place in the row of them all, and how many of it come before that place."""
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
    """The same, with what is equally far in the order of a key."""
    tied: list[tuple[float, int]] = []
    for far, slot in near:
        if tied and tied[0][0] != far:
            yield from sorted(tied, key=lambda one: key(one[1]))
            tied = []
        tied.append((far, slot))
    yield from sorted(tied, key=lambda one: key(one[1]))
