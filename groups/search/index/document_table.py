"""The documents of an index in columns: as an object with its texts and numbers, each would take six times as much."""

import datetime
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from functools import cache, partial
from heapq import nlargest
from itertools import islice, pairwise, takewhile
from math import isnan, nan
from operator import attrgetter
from typing import Any

from .bitset import SlotSet, slots_of
from .document import Document

#: The fields that are true or false, each of which has one bit.
_FLAGS = ("is_about", "is_hidden", "is_closed", "is_from_home", "is_forming", "is_paused", "meets_in_person")
_flags_of = attrgetter(*_FLAGS)
#: Of more slots than these, the newest are looked for in the order in which all were added.
_MANY = 1000


class DocumentTable(Mapping[int, Document]):
    """The documents by slot, and the slots by primary key. Immutable: `with_changes` returns a copy."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Give each document the next slot, from 0 on."""
        self._pks, self._points, self._particulars = array("q"), array("d"), array("H")
        self._flags, self._checked, self._added = bytearray(), array("i"), array("d")
        #: The names as UTF-8, one after the other, and where each starts.
        self._names, self._starts = bytearray(), array("I", [0])
        #: Groups that meet at the same times share a tuple.
        self._meetings: list[tuple[datetime.datetime, ...]] = []
        for document in documents:
            self._add(document)
        self._size = len(self._pks)
        #: The slots by when their groups were added, the last first.
        self._by_age = array("I", sorted(range(self._size), key=self._added.__getitem__, reverse=True))
        #: The primary keys in order, and the slot of each; None where that is its place, as it is nearly always.
        self._in_order: array[int] = self._pks
        self._slots_in_order: array[int] | None = None
        if any(pk >= following for pk, following in pairwise(self._pks)):
            self._slots_in_order = array("I", sorted(range(self._size), key=self._pks.__getitem__))
            self._in_order = array("q", map(self._pks.__getitem__, self._slots_in_order))
        #: What has changed since: the documents of slots, and the slots of keys; None for none.
        self._documents: dict[int, Document | None] = {}
        self._slots: dict[int, int | None] = {}
        self._length = self._size

    def __getitem__(self, slot: int) -> Document:
        if slot in self._documents:
            document = self._documents[slot]
            if document is None:
                raise KeyError(slot)
            return document
        if not 0 <= slot < self._size:
            raise KeyError(slot)
        flags, checked = self._flags[slot], self._checked[slot]
        return Document(
            pk=self._pks[slot],
            name_key=self._name(slot),
            point=self._point(slot),
            checked_on=datetime.date.fromordinal(checked) if checked else None,
            meetings=self._meetings[slot],
            particulars=self._particulars[slot],
            added_at=self._added[slot],
            **{name: bool(flags >> bit & 1) for bit, name in enumerate(_FLAGS)},
        )

    def __iter__(self) -> Iterator[int]:
        if not self._documents:
            return iter(range(self._size))
        every = {*range(self._size), *self._documents}
        return (slot for slot in sorted(every) if self._documents.get(slot, 0) is not None)

    def __len__(self) -> int:
        return self._length

    @property
    def end(self) -> int:
        """The number that is above every slot that has ever been taken."""
        return max(self._size, max(self._documents, default=-1) + 1)

    def slot_of(self, pk: int) -> int | None:
        """Return the slot of a group by its primary key; None for none."""
        if pk in self._slots:
            return self._slots[pk]
        place = bisect_left(self._in_order, pk)
        if place == self._size or self._in_order[place] != pk:
            return None
        return place if self._slots_in_order is None else self._slots_in_order[place]

    def pk(self, slot: int) -> int:
        return self._pks[slot] if slot not in self._documents else self[slot].pk

    def name_key(self, slot: int) -> tuple[str, int]:
        """Return the sort key of a slot in the order of names."""
        if slot in self._documents:
            return self[slot].name_key, self[slot].pk
        return self._name(slot), self._pks[slot]

    def point(self, slot: int) -> tuple[float, float] | None:
        return self._point(slot) if slot not in self._documents else self[slot].point

    def alike(self) -> "Iterator[tuple[Document, array[int]]]":
        """Yield one of the documents that are ranked alike by what is known of them, with the slots of all, in order.

        They differ in names, points, meetings and when they were added. One with a point and one without are not alike.
        It is for a table that has not changed since it was made.
        """
        slots: dict[tuple[Any, ...], array[int]] = defaultdict(partial(array, "I"))
        columns = zip(self._flags, self._checked, self._particulars, map(isnan, self._points[::2]), strict=True)
        for slot, row in enumerate(columns):
            slots[row].append(slot)
        return ((self[each[0]], each) for each in slots.values())

    def by_name(self, slots: Iterable[int]) -> list[int]:
        """Return slots in the order of names, and of primary keys in each name; of a table that has not changed."""
        return sorted(sorted(slots, key=self._pks.__getitem__), key=self._name)

    def has(self, flag: str, slot: int) -> bool:
        """Return a field of the document of a slot that is true or false, without the rest of it."""
        if slot in self._documents:
            return bool(getattr(self[slot], flag))
        return bool(self._flags[slot] >> _FLAGS.index(flag) & 1)

    def meetings(self, slot: int) -> tuple[datetime.datetime, ...]:
        return self._meetings[slot] if slot not in self._documents else self[slot].meetings

    def newest(self, bits: int, since: float, most: int) -> list[int]:
        """Return the primary keys of the groups of a bitset of slots that were added last, the last first.

        That is at most `most`, and none from before a moment, in seconds since 1970.
        """
        changed, added, pks = self._documents, self._added, self._pks
        members = SlotSet(bits, self.end)
        if bits.bit_count() > _MANY:
            same = (slot for slot in self._by_age if slot not in changed and slot in members)
            slots = [*islice(takewhile(lambda slot: added[slot] >= since, same), most)]
        else:
            slots = [slot for slot in slots_of(bits) if slot not in changed]
        found = [(added[slot], pks[slot]) for slot in slots if added[slot] >= since]
        found += [(self[slot].added_at, self[slot].pk) for slot in changed if slot in members]
        return [pk for at, pk in nlargest(most, found) if at >= since]

    def with_changes(self, changed: Mapping[int, Document | None]) -> "DocumentTable":
        """Return a copy in which some groups, by primary key, are added or replaced, or, for None, removed."""
        table = copy(self)
        table._documents, table._slots = self._documents.copy(), self._slots.copy()
        end = self.end
        for pk, document in changed.items():
            before = self.slot_of(pk)
            slot = before
            if before is None and document is not None:
                slot, end = end, end + 1
            if slot is not None:
                table._documents[slot] = document
                table._slots[pk] = None if document is None else slot
                table._length += (document is not None) - (before is not None)
        return table

    def _add(self, document: Document) -> None:
        self._pks.append(document.pk)
        self._points.extend(document.point or (nan, nan))
        self._particulars.append(document.particulars)
        self._flags.append(_bits_of_flags(_flags_of(document)))
        self._checked.append(document.checked_on.toordinal() if document.checked_on else 0)
        self._names += document.name_key.encode()
        self._starts.append(len(self._names))
        self._meetings.append(document.meetings)
        self._added.append(document.added_at)

    def _name(self, slot: int) -> str:
        return self._names[self._starts[slot] : self._starts[slot + 1]].decode()

    def _point(self, slot: int) -> tuple[float, float] | None:
        latitude, longitude = self._points[2 * slot : 2 * slot + 2]
        return None if isnan(latitude) else (latitude, longitude)


@cache
def _bits_of_flags(flags: tuple[bool, ...]) -> int:
    """Return a number with a bit for each of `_FLAGS`."""
    return sum(is_set << bit for bit, is_set in enumerate(flags))
