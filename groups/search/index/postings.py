"""Posting lists: for each key (an option, an area, a word) the slots that have it."""

from array import array
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Generic, NamedTuple, Self, TypeVar

from .bitset import bits_of
from .document import Keys
from .forward_index import ForwardIndex

#: The alternative phrases for one thing that was typed. A phrase is words, each with whether it must match a whole word
#: (else a prefix).
Phrases = tuple[tuple[tuple[str, bool], ...], ...]

#: The bitset of so many slots is not cached, but made each time.
FEWEST_CACHED = 32

Key = TypeVar("Key", bound=Hashable)


class Postings(Generic[Key]):
    """Sorted posting lists by key, with a cache of them as bitsets.

    Filled once, in the order of the slots; then immutable but for its caches: `with_changes` returns a copy.
    """

    def __init__(self) -> None:
        self._slots: dict[Key, array[int]] = defaultdict(partial(array, "I"))
        self._bits: dict[Key, int] = {}
        self._keys: ForwardIndex[Key] = ForwardIndex()

    def add(self, slot: int, keys: Collection[Key]) -> None:
        """Add a slot with its distinct keys; slots must be added in ascending order."""
        for key in keys:
            self._slots[key].append(slot)
        self._keys.add(slot, keys)

    def __contains__(self, key: Key) -> bool:
        return key in self._slots

    def __iter__(self) -> Iterator[Key]:
        return iter(self._slots)

    def keys_of(self, slot: int) -> tuple[Key, ...]:
        """Return the keys that a slot has."""
        return self._keys[slot]

    def slots(self, key: Key) -> Sequence[int]:
        """Return the slots that have a key, in order."""
        return self._slots.get(key, ())

    def sizes(self) -> dict[Key, int]:
        """Return the number of slots of each key."""
        return {key: len(slots) for key, slots in self._slots.items()}

    def bits(self, key: Key) -> int:
        """Return the bitset of slots that have a key."""
        bits = self._bits.get(key)
        if bits is None:
            slots = self._slots.get(key, ())
            bits = bits_of(slots)
            # A bitset is as long as the directory: not one for each of all the words that a few groups have.
            if len(slots) > FEWEST_CACHED:
                self._bits[key] = bits
        return bits

    def with_changes(self, emptied: Collection[int], filled: Mapping[int, Iterable[Key]]) -> Self:
        """Return a copy in which some slots have lost all keys, and then some have got new ones.

        Posting lists of keys that a slot has as before are shared; with no others, the postings are the same object.
        """
        after = {slot: tuple(filled.get(slot, ())) for slot in {*emptied, *filled}}
        before = {slot: self._keys[slot] for slot in after}
        slots = [slot for slot in after if {*after[slot]} != {*before[slot]}]
        if not slots:
            return self
        changed = type(self)()
        changed._slots, changed._bits = self._slots.copy(), self._bits.copy()
        changed._keys = self._keys.with_changes({slot: after[slot] for slot in slots})
        touched = {key for slot in slots for key in {*after[slot]} ^ {*before[slot]}}
        copied = {key: array("I", self._slots.get(key, ())) for key in touched}
        for slot in slots:
            for key in {*before[slot]} - {*after[slot]}:
                del copied[key][bisect_left(copied[key], slot)]
                if key in changed._bits:
                    changed._bits[key] &= ~(1 << slot)
            for key in {*after[slot]} - {*before[slot]}:
                insort(copied[key], slot)
                if key in changed._bits:
                    changed._bits[key] |= 1 << slot
        for key, slots_after in copied.items():
            if slots_after:
                changed._slots[key] = slots_after
            else:
                del changed._slots[key]
        changed._take_caches(self, touched)
        return changed

    def touched_since(self, before: Self) -> set[Key]:
        """Return the keys of which a slot has been emptied or filled by the change that has made these of others."""
        if self is before:
            return set()
        keys = {*self._slots, *before._slots}
        return {key for key in keys if self._slots.get(key) is not before._slots.get(key)}

    def _take_caches(self, before: Self, touched: Collection[Key]) -> None:
        """Take those caches of the postings before a change that are still true after it."""


class WordPostings(Postings[str]):
    """Posting lists of words, which are also found by their beginning."""

    def __init__(self) -> None:
        super().__init__()
        self._sorted: list[str] | None = None
        self._prefixes: dict[str, int] = {}

    def beginning_with(self, prefix: str) -> int:
        """Return the bitset of slots that have a word with this prefix."""
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
            # Bounds the cache: visitors can type any prefix.
            if len(self._prefixes) >= 500:
                self._prefixes.clear()
            self._prefixes[prefix] = found
        return found

    def with_phrases(self, wanted: Iterable[Phrases], among: int) -> int:
        """Return the slots of the bitset `among` that have one of the phrases of every item of `wanted`."""
        for phrases in wanted:
            any_of = 0
            for phrase in phrases:
                all_of = among
                for word, is_whole in phrase:
                    all_of &= self.bits(word) if is_whole else self.beginning_with(word)
                any_of |= all_of
            among = any_of
        return among

    def _take_caches(self, before: Self, touched: Collection[str]) -> None:
        if all(word in self._slots and word in before._slots for word in touched):
            self._sorted = before._sorted
        self._prefixes = {
            prefix: bits
            for prefix, bits in before._prefixes.items()
            if not any(word.startswith(prefix) for word in touched)
        }


class PostingLists(NamedTuple):
    """The posting lists of `Keys`, by the same names."""

    options: Postings[tuple[str, str]]
    times: Postings[tuple[str, str]]
    areas: Postings[int]
    serves: Postings[int]
    words: WordPostings
    name_words: WordPostings
    topic_words: WordPostings
    organisation: Postings[int]

    @classmethod
    def empty(cls) -> "PostingLists":
        words = WordPostings(), WordPostings(), WordPostings()
        return cls(Postings(), Postings(), Postings(), Postings(), *words, Postings())

    def with_changes(self, emptied: Collection[int], filled: Mapping[int, Keys]) -> "PostingLists":
        """Return a copy in which some slots have lost all keys, and then some have got new ones."""
        lists: tuple[Any, ...] = self
        return PostingLists(
            *(
                postings.with_changes(emptied, {slot: keys[place] for slot, keys in filled.items()})
                for place, postings in enumerate(lists)
            )
        )
