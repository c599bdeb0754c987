"""When the listed groups meet: their slots by date and moment, which orders and filters them by their next meeting."""

import datetime
from array import array
from bisect import bisect_right, insort
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from copy import copy
from itertools import chain, islice
from typing import Any

from .bitset import SlotSet, bits_of
from .document import Document
from .document_table import DocumentTable
from .meeting_filter import MeetingFilter

#: The most bitsets in the cache of a calendar: 2.5 KB each of 20,000 groups.
_CACHE_SIZE = 400

#: The slots whose groups meet on a date, by moment, in the order of moments; those of one moment in the order of names.
_Moments = dict[datetime.datetime, "array[int]"]


class MeetingCalendar:
    """The meetings in the window that is indexed. Immutable but for its cache: `with_changes` returns a copy."""

    def __init__(self, slots: Collection[int], documents: DocumentTable) -> None:
        """Fill it with the meetings of some slots, which come in the order of names."""
        moments: _Moments = {}
        for slot in slots:
            for begins in documents.meetings(slot):
                if begins not in moments:
                    moments[begins] = array("I")
                moments[begins].append(slot)
        self._dates: dict[datetime.date, _Moments] = {}
        for begins in sorted(moments):
            self._dates.setdefault(begins.date(), {})[begins] = moments[begins]
        #: The bitset of the slots with a meeting.
        self._dated = bits_of(slot for slot in slots if documents.meetings(slot))
        self._cache: dict[tuple[datetime.date, tuple[str, ...], int], int] = {}

    def with_changes(
        self, before: Mapping[int, Document], after: Mapping[int, Document], key: Callable[[int], Any]
    ) -> "MeetingCalendar":
        """Return a copy with the meetings of some slots replaced; `key` sorts slots by name.

        It is the same object if they meet as before, and have the same names.
        """
        same = {slot for slot in before.keys() & after.keys() if _place(before[slot]) == _place(after[slot])}
        before, after = ({slot: each[slot] for slot in each if slot not in same} for each in (before, after))
        if not before and not after:
            return self
        calendar = copy(self)
        calendar._dates, calendar._cache = self._dates.copy(), {}
        touched = {begins for document in (*before.values(), *after.values()) for begins in document.meetings}
        for date in {begins.date() for begins in touched}:
            calendar._dates[date] = self._dates.get(date, {}).copy()
        for begins in touched:
            moments = calendar._dates[begins.date()]
            moments[begins] = array("I", moments.get(begins, ()))
        for slot, document in before.items():
            for begins in document.meetings:
                calendar._dates[begins.date()][begins].remove(slot)
        for slot, document in after.items():
            for begins in document.meetings:
                insort(calendar._dates[begins.date()][begins], slot, key=key)
        for date in {begins.date() for begins in touched}:
            calendar._dates[date] = {begins: slots for begins, slots in sorted(calendar._dates[date].items()) if slots}
        calendar._dates = {date: moments for date, moments in sorted(calendar._dates.items()) if moments}
        for slot in before:
            calendar._dated &= ~(1 << slot)
        for slot, document in after.items():
            calendar._dated |= bool(document.meetings) << slot
        return calendar

    def meeting(self, fitting: MeetingFilter) -> int:
        """Return the bitset of the slots with a meeting that fits."""
        found = 0
        for date in self._dates_of(fitting):
            found |= self._on(date, fitting)
        return found

    def next_beginning(self, fitting: MeetingFilter) -> datetime.datetime | None:
        """Return the first moment that is still to come of the day of a filter; None for none."""
        if fitting.today not in self._dates:
            return None
        return next((begins for begins, _ in self._still_to_come(fitting.today, fitting)), None)

    def by_date(self, bits: int, fitting: MeetingFilter) -> Iterator[tuple[datetime.date | None, int]]:
        """Yield (date, slots) of a bitset by the date of the next meeting that fits, and last, for None, the others."""
        left = bits & self._dated
        for date in self._dates_of(fitting) if left else ():
            found = left & self._on(date, fitting)
            if found:
                yield date, found
                left, bits = left ^ found, bits ^ found
                if not left:
                    break
        if bits:
            yield None, bits

    def in_order(self, date: datetime.date, bits: int, fitting: MeetingFilter, size: int) -> Iterator[int]:
        """Yield the slots of a bitset, below `size`, by their first meeting of a date that fits, then by name."""
        left, buffer = bits.bit_count(), SlotSet(bits, size).buffer
        seen: set[int] = set()
        for begins, slots in self._still_to_come(date, fitting):
            if not fitting.has_time(begins):
                continue
            for slot in slots:
                if buffer[slot >> 3] >> (slot & 7) & 1 and slot not in seen:
                    seen.add(slot)
                    yield slot
            if len(seen) == left:
                return

    def _dates_of(self, fitting: MeetingFilter) -> Iterable[datetime.date]:
        """Return the dates with meetings that may fit, in order."""
        if fitting.dates is None and fitting.weekdays is None:
            return self._dates
        return [date for date in fitting.dates or self._dates if date in self._dates and fitting.has_date(date)]

    def _on(self, date: datetime.date, fitting: MeetingFilter) -> int:
        """Return the bitset of the slots with a meeting on a date that fits by its time."""
        key = date, fitting.times, self._begun(date, fitting)
        found = self._cache.get(key)
        if found is None:
            fitting_slots = (slots for begins, slots in self._still_to_come(date, fitting) if fitting.has_time(begins))
            found = bits_of(chain.from_iterable(fitting_slots))
            # Bounds the cache: as the hours pass, every moment of today makes another entry.
            if len(self._cache) >= _CACHE_SIZE:
                self._cache.clear()
            self._cache[key] = found
        return found

    def _still_to_come(
        self, date: datetime.date, fitting: MeetingFilter
    ) -> Iterator[tuple[datetime.datetime, "array[int]"]]:
        return islice(self._dates[date].items(), self._begun(date, fitting), None)

    def _begun(self, date: datetime.date, fitting: MeetingFilter) -> int:
        """Return how many moments of a date have passed."""
        return bisect_right(list(self._dates[date]), fitting.now) if date <= fitting.today else 0


def _place(document: Document) -> tuple[object, ...]:
    """Return what decides where a document stands in a calendar."""
    return document.name_key, document.meetings
