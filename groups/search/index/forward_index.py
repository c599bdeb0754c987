"""A forward index: in which of some lists each slot is, so that a slot is taken out of them without a scan of all."""

from array import array
from collections.abc import Sequence
from itertools import accumulate


class ForwardIndex:
    """The numbers of the lists that hold each slot, in ascending order. Immutable.

    In one array it takes two bytes for each slot of a list; a tuple for each slot would take eight, and 40 more.
    """

    def __init__(self, lists: Sequence[Sequence[int]], size: int) -> None:
        """Fill it from lists of slots, which are all below `size`."""
        counts = [0] * size
        for slots in lists:
            for slot in slots:
                counts[slot] += 1
        #: Where the numbers of each slot start; they end where those of the next start.
        self._starts = array("I", accumulate(counts, initial=0))
        self._numbers = array("H" if len(lists) <= 1 << 16 else "I", [0]) * self._starts[-1]
        places = self._starts.tolist()
        for number, slots in enumerate(lists):
            for slot in slots:
                self._numbers[places[slot]] = number
                places[slot] += 1

    def __getitem__(self, slot: int) -> Sequence[int]:
        """Return the numbers of the lists that hold a slot; none for one beyond the size."""
        return self._numbers[self._starts[slot] : self._starts[slot + 1]] if slot + 1 < len(self._starts) else ()
