"""A forward index: the keys of each slot, so that a slot is taken out of its posting lists without a scan of all."""

from array import array
from collections.abc import Collection, Hashable, Mapping
from copy import copy
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


class _Numbers(dict[Key, int]):
    """A number for each key, in the order in which they are first asked for."""

    def __missing__(self, key: Key) -> int:
        number = self[key] = len(self)
        return number


class ForwardIndex(Generic[Key]):
    """The keys of each slot. Filled once; then immutable: `with_changes` returns a copy.

    As numbers in one array, it takes two bytes a key; a tuple of keys would take eight, and 40 more for each slot.
    """

    def __init__(self) -> None:
        self._numbers: _Numbers[Key] = _Numbers()
        self._flat = array("H")
        #: Where the numbers of each slot start; they end where those of the next start.
        self._starts = array("I", [0])
        #: The keys of the slots that have changed since.
        self._changed: dict[int, tuple[Key, ...]] = {}
        self._keys: list[Key] = []

    def add(self, slot: int, keys: Collection[Key]) -> None:
        """Add a slot with its keys; slots must be added in ascending order."""
        self._starts.extend([len(self._flat)] * (slot + 1 - len(self._starts)))
        try:
            self._flat.extend(map(self._numbers.__getitem__, keys))
        except OverflowError:  # More keys than two bytes can number.
            self._flat = array("I", self._flat[: self._starts[slot]])
            self._flat.extend(map(self._numbers.__getitem__, keys))
        self._starts.append(len(self._flat))

    def __getitem__(self, slot: int) -> tuple[Key, ...]:
        """Return the keys of a slot; () for one that has none."""
        changed = self._changed.get(slot)
        if changed is not None or slot + 1 >= len(self._starts):
            return changed or ()
        if len(self._keys) < len(self._numbers):
            self._keys[:] = self._numbers
        return tuple(self._keys[number] for number in self._flat[self._starts[slot] : self._starts[slot + 1]])

    def with_changes(self, changed: Mapping[int, tuple[Key, ...]]) -> "ForwardIndex[Key]":
        """Return a copy in which some slots have other keys."""
        index = copy(self)
        index._changed = {**self._changed, **changed}
        return index
