"""Groups to go to instead of another: near a point, and in an area. Pure, like the rest of the index."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from groups.choices import Joining, Stage
from places.distance import distance_miles

from .bitset import SlotSet, slots_of
from .document_table import DocumentTable
from .geo_grid import Grid, Point
from .postings import Postings

#: The ways to join that a stranger can use.
_FOR_STRANGERS = Joining.JUST_COME, Joining.CONTACT_FIRST
#: Of more groups than these, the grid finds the nearest.
_MEASURED = 40


class Alternative(NamedTuple):
    """A group near a point: its distance in miles, and whether only its town is known."""

    pk: int
    miles: float
    is_about: bool


class Alternatives:
    """The documents, options and points of an index, to choose alternatives from."""

    def __init__(self, documents: DocumentTable, options: Postings[tuple[str, str]], grid: Grid, size: int) -> None:
        self._documents, self._options, self._grid, self._size = documents, options, grid, size

    def near(self, found: int, point: Point, miles: float, options: Iterable[tuple[str, str]]) -> Iterator[Alternative]:
        """Yield the groups of a bitset within a distance of a point, the most suitable first.

        First those that run and that a stranger can come to, of them those with most of the options, then the nearest.
        """
        found &= self._grid.within(point, miles)
        running = self._options.bits(("stage", Stage.RUNNING))
        for_strangers = 0
        for joining in _FOR_STRANGERS:
            for_strangers |= self._options.bits(("joining", joining))
        shared = [self._options.bits(option) for option in options]
        for by_stage in (found & running, found & ~running):
            for by_joining in (by_stage & for_strangers, by_stage & ~for_strangers):
                for alike in _most_in_common(by_joining, shared):
                    yield from self._nearest(alike, point, miles)

    def _nearest(self, bits: int, point: Point, miles: float) -> Iterator[Alternative]:
        """Yield the groups of a bitset, nearest first, and of those as near by key."""
        if bits.bit_count() <= _MEASURED:
            yield from self._measured(slots_of(bits), point)
            return
        # Those of one rounded distance at a time: nothing is measured beyond the few that are shown.
        nearest = self._grid.nearest(point, miles, SlotSet(bits, self._size))
        for _, tied in groupby(nearest, key=itemgetter(0)):
            yield from self._measured((slot for _, slot in tied), point)

    def _measured(self, slots: Iterable[int], point: Point) -> list[Alternative]:
        found = []
        for slot in slots:
            document = self._documents[slot]
            if document.point is not None:
                found.append(Alternative(document.pk, distance_miles(*point, *document.point), document.is_about))
        return sorted(found, key=itemgetter(1, 0))


def _most_in_common(found: int, shared: Iterable[int]) -> Iterator[int]:
    """Yield the slots of a bitset that are in most of the other bitsets, in one fewer, and so on; none is empty."""
    # The slots that are in exactly none of those so far, in one, and so on.
    in_exactly = [found]
    for bits in shared:
        in_exactly = [
            one_more & bits | same & ~bits for one_more, same in zip([0, *in_exactly], [*in_exactly, 0], strict=True)
        ]
    return filter(None, reversed(in_exactly))
