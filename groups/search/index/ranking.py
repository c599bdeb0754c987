"""The order of search results: the one place that says it. `/listing-policy/` says it in words.

An order that was chosen is obeyed to the letter: `nearest` is by distance, `soonest` by the next meeting that fits the
search, `name` by name. `nearest` without a point is `soonest`. Ties are by name, then by key; groups without a date
come last.

Otherwise the best match comes first. Sections: open and running; being set up; on a break; not checked for over nine
months; closed. Never checked is not overdue. In each section, groups that match the words in their name, then those
that match in their name, topics, activities or audiences, then in other text. In each of these by distance, or, where
no point is searched, by the next meeting that fits.

`GroupQuerySet.ordered_for_display` says the same to the database, by name, for pages that do not search; a test
compares them on groups without dates.
"""

import datetime
from array import array
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from heapq import nsmallest
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import Any, TypeVar

from organisations.freshness import LAPSED_AFTER, OVERDUE_AFTER, cutoff

from .bitset import SlotSet, bits_of, slots_of
from .calendar import MeetingCalendar
from .document import Document, next_fitting
from .document_table import DocumentTable
from .geo_grid import Grid, Point
from .meeting_filter import MeetingFilter
from .postings import Postings
from .types import IndexQuery, Match, Section

#: The most groups that are put in the order of their next meetings at once: of more, only those of the first days.
_FEW = 12


class Ranking:
    """The groups listed on a day, by section, and their orders."""

    #: Bitsets of what is listed; of that, what anybody can join from home, and what has a point.
    listed: int
    joinable_from_home: int
    placed: int

    def __init__(self, documents: DocumentTable, grid: Grid, today: datetime.date) -> None:
        self._documents, self._grid = documents, grid
        self._size = documents.end + 1
        self._overdue_before, self._lapsed_before = cutoff(OVERDUE_AFTER, today), cutoff(LAPSED_AFTER, today)
        listed = [(document, slots) for document, slots in documents.alike() if self._is_listed(document)]
        traits = [([*self._traits_of(document)], slots) for document, slots in listed]
        self._traits: Postings[tuple[str, int]] = Postings({}, self._size, traits)
        self._by_name = array("I", documents.by_name(chain.from_iterable(slots for _, slots in listed)))
        self.calendar, self.listed = MeetingCalendar(self._by_name, documents), bits_of(self._by_name)
        self._read_bitsets()

    def with_changes(
        self,
        documents: DocumentTable,
        grid: Grid,
        before: Mapping[int, Document],
        after: Mapping[int, Document],
    ) -> "Ranking":
        """Return a copy with the given slots replaced or removed."""
        ranking, before, after = copy(self), self._listed(before), self._listed(after)
        ranking._documents, ranking._grid = documents, grid
        ranking._size = max(self._size, *(slot + 1 for slot in after)) if after else self._size
        ranking._by_name = self._by_name[:]
        places = {(slot, document.name_key) for slot, document in before.items()}
        places_after = {(slot, document.name_key) for slot, document in after.items()}
        for slot, _ in places - places_after:
            del ranking._by_name[bisect_left(ranking._by_name, self._name_key(slot), key=self._name_key)]
        for slot, _ in places_after - places:
            insort(ranking._by_name, slot, key=ranking._name_key)
        traits = {slot: [*self._traits_of(document)] for slot, document in after.items()}
        ranking._traits = self._traits.with_changes(before.keys(), traits)
        ranking.calendar = self.calendar.with_changes(before, after, ranking._name_key)
        ranking.listed = self.listed & ~bits_of(before) | bits_of(after)
        ranking._read_bitsets()
        return ranking

    def sections(self, found: int, named: int = 0, unsaid: int = 0) -> list[tuple[Section, int]]:
        """Return the slots of a bitset in each section, in order.

        Those in `named`, of the name that was typed, are in the first, unless they are closed. Those in `unsaid`, which
        do not say what was asked for, are a section of their own, the last.
        """
        if not (named or unsaid):
            return [(section, found & bits) for section, bits in self._sections]
        named = found & named & ~self._traits.bits(("section", Section.CLOSED))
        saying = found & ~unsaid | named
        in_sections = [(section, saying & bits & ~named) for section, bits in self._sections]
        others = {Section.OPEN: named, Section.UNSAID: found & ~saying}
        return [(section, bits | others.get(section, 0)) for section, bits in in_sections]

    def ranked(
        self,
        sections: Sequence[tuple[Section | None, int]],
        tiers: Sequence[int],
        query: IndexQuery,
        fitting: MeetingFilter,
        first: int,
    ) -> Iterator[Match]:
        """Yield the matches of bitsets by section, in the order of the query, from position `first` on.

        `tiers` are the bitsets of how well the words match, the best first.
        """
        parts: Iterable[tuple[Section | None, int]] = sections
        if not query.sort:
            parts = ((section, bits & tier) for section, bits in sections if bits for tier in tiers)
        for section, bits, skip in _starting_at(first, parts):
            for slot, miles in self._ordered(bits, query, fitting, skip):
                yield self._match(slot, miles, section, fitting)

    def first_area_wide(
        self, found: int, tiers: Sequence[int], fitting: MeetingFilter, limit: int
    ) -> tuple[Match, ...]:
        """Return the best matches of a bitset, whatever order was chosen and without distances."""
        return tuple(islice(self.ranked(self.sections(found), tiers, IndexQuery(), fitting, 0), limit))

    def first_from_home(self, found: int, area: int, fitting: MeetingFilter, limit: int) -> tuple[Match, ...]:
        """Return a few groups of a bitset: by section, online only first, soonest first, general before particular.

        Soonest is by the day, and general is to name few topics and audiences. Which of those that are equal in all of
        this are returned depends on the key of the area, so that not all places show the same few.
        """
        slots: list[int] = []
        for tied in self._equally_good_from_home(found, fitting):
            in_order = sorted(slots_of(tied), key=self._documents.pk)
            start = area % len(in_order)
            slots += [*in_order[start:], *in_order[:start]][: limit - len(slots)]
            if len(slots) == limit:
                break
        return tuple(
            self._match(slot, None, self._section(self._documents[slot]), fitting)
            for slot in sorted(slots, key=self._from_home_key(fitting))
        )

    def nearest(self, bits: int, point: Point, limit: int, fitting: MeetingFilter) -> tuple[Match, ...]:
        """Return the nearest few of a bitset to a point."""
        distances = {slot: self._grid.distance(point, slot) for slot in self._grid.closest(bits, point, limit)}
        slots = nsmallest(limit, distances, key=lambda slot: (distances[slot], *self._name_key(slot)))
        return tuple(self._match(slot, distances[slot], None, fitting) for slot in slots)

    def _equally_good_from_home(self, found: int, fitting: MeetingFilter) -> Iterator[int]:
        """Yield the slots of a bitset, the best first, in bitsets of those that are equally good."""
        in_person = self._traits.bits(("in person", 1))
        for _, section in self._sections:
            for kind in (found & section & ~in_person, found & section & in_person):
                for _, bits in self.calendar.by_date(kind, fitting):
                    yield from filter(None, (bits & general for general in self._by_particulars))

    def _ordered(
        self, bits: int, query: IndexQuery, fitting: MeetingFilter, skip: int
    ) -> Iterator[tuple[int, float | None]]:
        """Yield (slot, miles) of a bitset from a position on, in the order of the query; no miles without a point."""
        point = query.point
        if point is not None and query.sort in ("", "nearest"):
            yield from self._nearest(bits, point, query, skip)
            return
        slots = self._named(bits, skip) if query.sort == "name" else self._soonest(bits, fitting, skip)
        for slot in slots:
            yield slot, None if point is None else self._grid.distance(point, slot)

    def _nearest(self, bits: int, point: Point, query: IndexQuery, skip: int) -> Iterator[tuple[int, float | None]]:
        """Yield (slot, miles) of a bitset from a position on, nearest first.

        Those of the name that was typed may lie beyond the distance, or, without a point, nowhere: they come last.
        """
        within = placed = bits & self.placed
        if query.name:
            within &= self._grid.within(point, query.miles)
        in_order: Iterator[tuple[int, float | None]] = chain(
            self._measured(within, point) if self._are_few(within) else self._by_ring(within, point, query.miles),
            self._measured(placed & ~within, point),
            ((slot, None) for slot in self._named(bits & ~placed, 0)),
        )
        yield from islice(in_order, skip, None)

    def _measured(self, bits: int, point: Point) -> Iterator[tuple[int, float]]:
        """Yield (slot, miles) of a small bitset, nearest first."""
        miles = {slot: self._grid.distance(point, slot) for slot in slots_of(bits)}
        for slot in sorted(miles, key=lambda slot: (miles[slot], *self._name_key(slot))):
            yield slot, miles[slot]

    def _by_ring(self, bits: int, point: Point, limit: float) -> Iterator[tuple[int, float]]:
        """Yield (slot, miles) of a bitset within a limit, nearest first: only as many as are asked for are measured."""
        near = self._grid.nearest(point, limit, SlotSet(bits, self._size))
        for distance, tied in groupby(near, key=itemgetter(0)):
            for slot in sorted((slot for _, slot in tied), key=self._name_key):
                yield slot, distance

    def _soonest(self, bits: int, fitting: MeetingFilter, skip: int) -> Iterator[int]:
        """Yield the slots of a bitset from a position on, by the next meeting that fits; those without one last."""
        are_few = bits.bit_count() <= _FEW
        parts = [(fitting.today, bits)] if are_few else self.calendar.by_date(bits, fitting)
        for date, meeting, left in _starting_at(skip, parts):
            if date is None:
                yield from self._named(meeting, left)
            elif are_few or self._are_few(meeting):
                yield from sorted(slots_of(meeting), key=self._soonest_key(fitting))[left:]
            else:
                yield from islice(self.calendar.in_order(date, meeting, fitting, self._size), left, None)

    def _named(self, bits: int, skip: int) -> Iterator[int]:
        """Yield the slots of a bitset from a position on, by name."""
        if self._are_few(bits):
            return iter(sorted(slots_of(bits), key=self._name_key)[skip:])
        members = SlotSet(bits, self._size)
        return islice((slot for slot in self._by_name if slot in members), skip, None)

    def _are_few(self, bits: int) -> bool:
        """Return whether it is faster to sort a bitset than to filter an order of all groups."""
        return bits.bit_count() ** 2 <= self._size

    def _match(self, slot: int, miles: float | None, section: Section | None, fitting: MeetingFilter) -> Match:
        return Match(self._documents.pk(slot), miles, next_fitting(self._documents.meetings(slot), fitting), section)

    def _name_key(self, slot: int) -> tuple[str, int]:
        return self._documents.name_key(slot)

    def _soonest_key(self, fitting: MeetingFilter) -> Callable[[int], tuple[bool, datetime.datetime, str, int]]:
        """Return the sort key of slots for an order by the next meeting that fits."""

        def key(slot: int) -> tuple[bool, datetime.datetime, str, int]:
            begins = next_fitting(self._documents.meetings(slot), fitting)
            return begins is None, begins or fitting.now, *self._name_key(slot)

        return key

    def _from_home_key(self, fitting: MeetingFilter) -> Callable[[int], tuple[Any, ...]]:
        """Return the sort key of the few groups from home: as they were picked, but soonest first within a day."""
        soonest = self._soonest_key(fitting)

        def key(slot: int) -> tuple[Any, ...]:
            document = self._documents[slot]
            is_undated, begins, *name = soonest(slot)
            return self._section(document), document.meets_in_person, is_undated, begins, document.particulars, *name

        return key

    def _section(self, document: Document) -> Section:
        if document.is_closed:
            return Section.CLOSED
        if document.checked_on is not None and document.checked_on < self._overdue_before:
            return Section.OVERDUE
        if document.is_paused:
            return Section.PAUSED
        return Section.FORMING if document.is_forming else Section.OPEN

    def _listed(self, documents: Mapping[int, Document]) -> dict[int, Document]:
        return {slot: document for slot, document in documents.items() if self._is_listed(document)}

    def _is_listed(self, document: Document) -> bool:
        """Return whether the check of a group has not lapsed."""
        return document.checked_on is None or document.checked_on >= self._lapsed_before

    def _traits_of(self, document: Document) -> Iterator[tuple[str, int]]:
        """Yield what the bitsets of this ranking are made of."""
        yield "section", self._section(document)
        yield "particulars", document.particulars
        if document.meets_in_person:
            yield "in person", 1
        if document.is_from_home:
            yield "from home", 1
        if document.point is not None:
            yield "placed", 1

    def _read_bitsets(self) -> None:
        self._sections = [(section, self._traits.bits(("section", section))) for section in Section]
        self.joinable_from_home = self._traits.bits(("from home", 1))
        self.placed = self._traits.bits(("placed", 1))
        numbers = sorted(number for name, number in self._traits if name == "particulars")
        #: The bitsets of those that name no topic or audience, one, two and so on.
        self._by_particulars = [self._traits.bits(("particulars", number)) for number in numbers]


_Label = TypeVar("_Label")


def _starting_at(first: int, parts: Iterable[tuple[_Label, int]]) -> Iterator[tuple[_Label, int, int]]:
    """Yield the labelled bitsets from the one that holds position `first` of them all on, each with how many slots to
    skip."""
    for label, bits in parts:
        size = bits.bit_count()
        if size > first:
            yield label, bits, first
        first = max(0, first - size)
