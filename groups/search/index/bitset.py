"""Bitsets of slots as Python integers: bit n is slot n. Python ands, ors and counts them at memory speed."""

from collections.abc import Iterable, Iterator

#: The most slots of a bitset that are taken off its end one by one.
_FEW = 100
#: A bitset of more than one slot in so many is made by its digits.
_DENSE = 16
_ONE = ord("1")


def bits_of(slots: Iterable[int]) -> int:
    """Return the bitset of some slots."""
    slots = list(slots)
    if not slots:
        return 0
    end = max(slots) + 1
    if len(slots) * _DENSE > end:
        # One digit for each slot is set faster than one bit, but all of them have to be read.
        digits = bytearray(b"0") * end
        for slot in slots:
            digits[slot] = _ONE
        digits.reverse()
        return int(digits, 2)
    buffer = bytearray(end // 8 + 1)
    for slot in slots:
        buffer[slot >> 3] |= 1 << (slot & 7)
    return int.from_bytes(buffer, "little")


def slots_of(bits: int) -> Iterator[int]:
    """Yield the slots of a bitset, in ascending order."""
    if bits.bit_count() <= _FEW:
        yield from _few_slots(bits)
        return
    # Most bitsets are sparse, and `str.find` scans zeros fastest.
    digits = f"{bits:b}"[::-1]
    slot = digits.find("1")
    while slot >= 0:
        yield slot
        slot = digits.find("1", slot + 1)


def _few_slots(bits: int) -> list[int]:
    """Return the slots of a bitset of few. To write all of it as digits takes as long as to clear a hundred bits."""
    slots = []
    while bits:
        slots.append(slot := bits.bit_length() - 1)
        bits ^= 1 << slot
    slots.reverse()
    return slots


class SlotSet:
    """A bitset as bytes, for many membership tests: faster than shifting the whole integer for each."""

    __slots__ = ("buffer",)

    def __init__(self, bits: int, size: int) -> None:
        self.buffer = bits.to_bytes(size // 8 + 1, "little")

    def __contains__(self, slot: int) -> bool:
        return bool(self.buffer[slot >> 3] >> (slot & 7) & 1)
