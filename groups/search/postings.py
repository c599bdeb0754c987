"""Which slots have which key: an option, an area, a word."""

from array import array
from bisect import bisect_left, insort
from collections.abc import Hashable, Iterable, Iterator, Mapping

from .bits import bits_of

#: The phrases that will do for one thing that was typed: words, each with whether it must stand whole or may begin a
#: longer one.
Phrases = tuple[tuple[tuple[str, bool], ...], ...]


class Postings:
    """For each key the slots that have it, kept small, and as a set once somebody has asked for it.

    Never changed but for what it remembers of its own answers; `with_changes` makes another.
    """

    def __init__(self, keys_by_slot: Iterable[tuple[int, Iterable[Hashable]]] = ()) -> None:
        self._slots: dict[Hashable, array] = {}
        self._bits: dict[Hashable, int] = {}
        self._sorted: list[str] | None = None
        self._prefixes: dict[str, int] = {}
        for slot, keys in keys_by_slot:
            for key in keys:
                slots = self._slots.get(key)
                if slots is None:
                    slots = self._slots[key] = array("I")
                slots.append(slot)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._slots

    def __iter__(self) -> Iterator[Hashable]:
        return iter(self._slots)

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

    def with_changes(
        self, before: Mapping[int, Iterable[Hashable]], after: Mapping[int, Iterable[Hashable]]
    ) -> "Postings":
        """Postings in which some slots have other keys than before."""
        changed = Postings()
        changed._slots, changed._bits = self._slots.copy(), self._bits.copy()
        touched = {key for keys in (*before.values(), *after.values()) for key in keys}
        copied = {key: array("I", self._slots.get(key, ())) for key in touched}
        for slot, keys in before.items():
            for key in set(keys):
                del copied[key][bisect_left(copied[key], slot)]
                if key in changed._bits:
                    changed._bits[key] &= ~(1 << slot)
        for slot, keys in after.items():
            for key in set(keys):
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
