"""Which slots have which key: an option, an area, a word."""

from array import array
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from functools import partial

from .bitset import bits_of

#: The phrases that will do for one thing that was typed: words, each with whether it must stand whole or may begin a
#: longer one.
Phrases = tuple[tuple[tuple[str, bool], ...], ...]

#: So few slots are looked for one by one; for more, every row of slots is gone through.
FEW = 8


class Postings:
    """For each key the slots that have it, kept small, and as a set once somebody has asked for it.

    Filled once, slot after slot; then never changed but for what it remembers of its own answers: `with_changes` makes
    another.
    """

    def __init__(self) -> None:
        self._slots: dict[Hashable, array] = defaultdict(partial(array, "I"))
        self._bits: dict[Hashable, int] = {}
        self._sorted: list[str] | None = None
        self._prefixes: dict[str, int] = {}

    def add(self, slot: int, keys: Iterable[Hashable]) -> None:
        """Say which keys a slot has, each once; it must come after all others."""
        for key in keys:
            self._slots[key].append(slot)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._slots

    def __iter__(self) -> Iterator[Hashable]:
        return iter(self._slots)

    def keys_of(self, slots: Collection[int]) -> dict[Hashable, list[int]]:
        """The keys that some slots have, with which of them have it."""
        if len(slots) > FEW:
            asked = set(slots)
            gone_through = ((key, asked.intersection(having)) for key, having in self._slots.items())
            return {key: list(those) for key, those in gone_through if those}
        found: dict[Hashable, list[int]] = defaultdict(list)
        for slot in slots:
            for key, having in self._slots.items():
                place = bisect_left(having, slot)
                if place < len(having) and having[place] == slot:
                    found[key].append(slot)
        return found

    def sizes(self) -> dict[Hashable, int]:
        """How many slots have each key."""
        return {key: len(slots) for key, slots in self._slots.items()}

    def bits(self, key: Hashable) -> int:
        """The set of slots that have a key."""
        bits = self._bits.get(key)
        if bits is None:
            bits = self._bits[key] = bits_of(self._slots.get(key, ()))
        return bits

    def beginning_with(self, prefix: str) -> int:
        """The set of slots that have a word beginning so."""
        found = self._prefixes.get(prefix)
        if found is None:
            if self._sorted is None:
                self._sorted = sorted(self._slots)
            slots: set[int] = set()
            for word in self._sorted[bisect_left(self._sorted, prefix) :]:
                if not word.startswith(prefix):
                    break
                slots.update(self._slots[word])
            found = bits_of(slots)
            # What people type has no end; what is remembered of it has.
            if len(self._prefixes) >= 500:
                self._prefixes.clear()
            self._prefixes[prefix] = found
        return found

    def with_phrases(self, wanted: Iterable[Phrases], among: int) -> int:
        """Of a set the slots that have one of the phrases for each thing that is wanted."""
        for phrases in wanted:
            any_of = 0
            for phrase in phrases:
                all_of = among
                for word, is_whole in phrase:
                    all_of &= self.bits(word) if is_whole else self.beginning_with(word)
                any_of |= all_of
            among = any_of
        return among

    def with_changes(self, emptied: Collection[int], filled: Mapping[int, Iterable[Hashable]]) -> "Postings":
        """Postings in which some slots have lost their keys, and some have got new ones."""
        changed = Postings()
        changed._slots, changed._bits = self._slots.copy(), self._bits.copy()
        lost = self.keys_of(emptied)
        touched = {*lost, *(key for keys in filled.values() for key in keys)}
        copied = {key: array("I", self._slots.get(key, ())) for key in touched}
        for key, slots in lost.items():
            for slot in slots:
                del copied[key][bisect_left(copied[key], slot)]
                if key in changed._bits:
                    changed._bits[key] &= ~(1 << slot)
        for slot, keys in filled.items():
            for key in keys:
                insort(copied[key], slot)
                if key in changed._bits:
                    changed._bits[key] |= 1 << slot
        for key, slots in copied.items():
            if slots:
                changed._slots[key] = slots
            else:
                changed._slots.pop(key, None)
                changed._bits.pop(key, None)
        if changed._slots.keys() == self._slots.keys():
            changed._sorted = self._sorted
        changed._prefixes = {
            prefix: bits
            for prefix, bits in self._prefixes.items()
            if not any(key.startswith(prefix) for key in touched)
        }
        return changed
