"""Posting lists: for each key (an option, an area, a word) the slots that have it."""

from array import array
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import lru_cache, partial
from itertools import accumulate, chain
from typing import Generic, Self, TypeVar

from .bitset import bits_of, slots_of
from .forward_index import ForwardIndex

#: The alternative phrases for one thing that was typed. A phrase is words, each with whether it must match a whole word
#: (else a prefix).
Phrases = tuple[tuple[tuple[str, bool], ...], ...]

#: A key of more slots than these, and than one in 64 of all, is held as a bitset, which is then no larger than two
#: lists; of fewer as a list. The bitset of so few slots is not cached, but made each time.
FEW, ONE_IN = 32, 64
#: The most bitsets of lists that are cached. Each is as long as the directory.
_CACHE_SIZE = 64
#: Nearly all keys lose, or gain, the same slots in a change.
_bits_of_change = lru_cache(maxsize=8)(bits_of)

Key = TypeVar("Key", bound=Hashable)
#: Keys, and the slots that have all of them, in ascending order.
Bundle = tuple[Iterable[Key], "array[int]"]


def inverted(rows: Iterable[tuple[int, Iterable[Key]]]) -> "dict[Key, array[int]]":
    """Return the slots of each key, from slots in ascending order, each with its distinct keys."""
    lists: dict[Key, array[int]] = defaultdict(partial(array, "I"))
    for slot, keys in rows:
        for key in keys:
            lists[key].append(slot)
    return lists


def _joined(lists: "dict[Key, array[int]]", bundles: Iterable[Bundle[Key]], many: int) -> dict[Key, int]:
    """Add the slots of bundles to lists; of keys that are common with them remove the list, and return the bitset."""
    bitsets: dict[Key, int] = {}
    added: dict[Key, array[int]] = {}
    for keys, slots in bundles:
        bits = bits_of(slots) if len(slots) > many else 0
        for key in keys:
            if bits:
                bitsets[key] = bitsets.get(key, 0) | bits
            elif key in added:
                added[key].extend(slots)
            else:
                added[key] = slots[:]
    for key in [*bitsets, *(key for key in added if key not in bitsets)]:
        both = {*added.get(key, ()), *lists.get(key, ())}
        if key in bitsets or len(both) > many:
            bitsets[key] = bitsets.get(key, 0) | bits_of(both)
            lists.pop(key, None)
        else:
            lists[key] = array("I", sorted(both))
    return bitsets


class Postings(Generic[Key]):
    """The slots that have each key. Immutable but for its caches: `with_changes` returns a copy.

    Common keys have bitsets. The lists of all others stand in one array, as numbers of four bytes: there are thousands
    of words that a few groups have.
    """

    def __init__(self, lists: "Mapping[Key, array[int]]", size: int, bundles: Iterable[Bundle[Key]] = ()) -> None:
        """Fill it from the slots of each key, in ascending order, all below `size`, and of bundles of keys."""
        many, lists = max(FEW, size // ONE_IN), dict(lists)
        self._bitsets = _joined(lists, bundles, many)
        self._bitsets |= {key: bits_of(slots) for key, slots in lists.items() if len(slots) > many}
        rare = {key: slots for key, slots in lists.items() if key not in self._bitsets}
        #: The place of each list: where it starts in the array; it ends where the next starts.
        self._rare = [*rare]
        self._numbers = {key: number for number, key in enumerate(self._rare)}
        self._starts = array("I", accumulate(map(len, rare.values()), initial=0))
        self._flat = array("I")
        for slots in rare.values():
            self._flat.extend(slots)
        self._forward = ForwardIndex([*rare.values()], size)
        #: The lists that have changed since, and all keys of the slots that have.
        self._lists: dict[Key, array[int]] = {}
        self._keys: dict[int, tuple[Key, ...]] = {}
        self._cache: dict[Key, int] = {}

    def __contains__(self, key: Key) -> bool:
        return key in self._bitsets or bool(self.slots(key))

    def __iter__(self) -> Iterator[Key]:
        unchanged = (key for key in self._rare if key not in self._lists)
        return chain(self._bitsets, unchanged, (key for key, slots in self._lists.items() if slots))

    def keys_of(self, slot: int) -> tuple[Key, ...]:
        """Return the keys that a slot has."""
        return self.keys_of_each([slot])[slot]

    def keys_of_each(self, slots: Iterable[int]) -> dict[int, tuple[Key, ...]]:
        """Return the keys that each of some slots has."""
        found = {slot: [*self._keys.get(slot, ())] for slot in slots}
        unchanged = [slot for slot in found if slot not in self._keys]
        if unchanged:
            for slot in unchanged:
                found[slot] += [self._rare[number] for number in self._forward[slot]]
            mask, length = bits_of(unchanged), max(unchanged) // 8 + 1
            places = [(slot >> 3, 1 << (slot & 7), found[slot]) for slot in unchanged]
            for key, bits in self._bitsets.items():
                among = bits & mask
                if among:
                    buffer = among.to_bytes(length, "little")
                    for byte, bit, keys in places:
                        if buffer[byte] & bit:
                            keys.append(key)
        return {slot: tuple(keys) for slot, keys in found.items()}

    def slots(self, key: Key) -> Sequence[int]:
        """Return the slots that have a key, in order."""
        if key in self._bitsets:
            return [*slots_of(self._bitsets[key])]
        if key in self._lists:
            return self._lists[key] or ()
        number = self._numbers.get(key)
        return () if number is None else self._flat[self._starts[number] : self._starts[number + 1]]

    def counts(self, slots: Iterable[int]) -> dict[Key, int]:
        """Return, for each key that any of some slots has, how many of them have it."""
        within = [*slots]
        mask = bits_of(within)
        counts = Counter[Key]({key: among.bit_count() for key, bits in self._bitsets.items() if (among := bits & mask)})
        for slot in within:
            changed = self._keys.get(slot)
            if changed is None:
                counts.update([self._rare[number] for number in self._forward[slot]])
            else:
                counts.update([key for key in changed if key not in self._bitsets])
        return counts

    def sizes(self) -> dict[Key, int]:
        """Return the number of slots of each key."""
        return {key: self._bitsets[key].bit_count() if key in self._bitsets else len(self.slots(key)) for key in self}

    def bits(self, key: Key) -> int:
        """Return the bitset of slots that have a key."""
        bits = self._bitsets.get(key)
        if bits is None:
            bits = self._cache.get(key)
        if bits is None:
            slots = self.slots(key)
            bits = bits_of(slots)
            if len(slots) > FEW:
                if len(self._cache) >= _CACHE_SIZE:
                    self._cache.clear()
                self._cache[key] = bits
        return bits

    def with_changes(self, emptied: Collection[int], filled: Mapping[int, Iterable[Key]]) -> Self:
        """Return a copy in which some slots have lost all keys, and then some have got new ones.

        What is held of keys that a slot has as before is shared; with no others, the postings are the same object.
        """
        after = {slot: tuple(filled.get(slot, ())) for slot in {*emptied, *filled}}
        before = self.keys_of_each(after)
        lost: dict[Key, list[int]] = defaultdict(list)
        gained: dict[Key, list[int]] = defaultdict(list)
        for slot in sorted(after):
            was, has = {*before[slot]}, {*after[slot]}
            if was != has:
                for key in was - has:
                    lost[key].append(slot)
                for key in has - was:
                    gained[key].append(slot)
        touched = lost.keys() | gained.keys()
        if not touched:
            return self
        changed = copy(self)
        changed._keys = self._keys | after
        changed._bitsets, changed._lists = self._bitsets.copy(), self._lists.copy()
        for key in touched:
            if key in self._bitsets:
                changed._bitsets[key] = self._bitsets[key] ^ _bits_of_change((*lost[key], *gained[key]))
                if not changed._bitsets[key]:
                    del changed._bitsets[key]
            else:
                changed._lists[key] = self._list_without(key, lost[key], gained[key])
        changed._take_caches(self, touched)
        return changed

    def _list_without(self, key: Key, lost: list[int], gained: list[int]) -> "array[int]":
        """Return the list of a key without some slots, and with others."""
        slots = array("I", self.slots(key))
        for slot in lost:
            del slots[bisect_left(slots, slot)]
        for slot in gained:
            insort(slots, slot)
        return slots

    def _take_caches(self, before: Self, touched: Collection[Key]) -> None:
        """Take those caches of the postings before a change that are still true after it."""
        self._cache = {key: bits for key, bits in before._cache.items() if key not in touched}


class WordPostings(Postings[str]):
    """Posting lists of words, which are also found by their beginning."""

    def __init__(self, lists: "Mapping[str, array[int]]", size: int, bundles: Iterable[Bundle[str]] = ()) -> None:
        super().__init__(lists, size, bundles)
        self._sorted: list[str] | None = None
        self._prefixes: dict[str, int] = {}

    def beginning_with(self, prefix: str) -> int:
        """Return the bitset of slots that have a word with this prefix."""
        found = self._prefixes.get(prefix)
        if found is None:
            if self._sorted is None:
                self._sorted = sorted(self)
            found, slots = 0, set[int]()
            for word in self._sorted[bisect_left(self._sorted, prefix) :]:
                if not word.startswith(prefix):
                    break
                found |= self._bitsets.get(word, 0)
                slots.update(() if word in self._bitsets else self.slots(word))
            found |= bits_of(slots)
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
        super()._take_caches(before, touched)
        self._sorted = before._sorted if all(word in self and word in before for word in touched) else None
        self._prefixes = {
            prefix: bits
            for prefix, bits in before._prefixes.items()
            if not any(word.startswith(prefix) for word in touched)
        }
