"""Which known words a misspelt one is nearest to. Pure: no database."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

#: How many pairs of neighbouring letters one slip can spoil: two letters that change places spoil three.
_SPOILT = 3


class Near(NamedTuple):
    """A known word, and how many slips it is from what was typed."""

    slips: int
    word: str


class Spelling:
    """Known words, indexed by length and by pairs of neighbouring letters, so that few of them need to be compared."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(set(words))
        self._pairs = [len(_pairs(word)) for word in self._words]
        self._holding: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, word in enumerate(self._words):
            for pair in _pairs(word):
                self._holding[len(word)][pair].append(number)

    def near(self, typed: str, most: int) -> list[Near]:
        """The known words that are at most so many slips from what was typed, nearest first, then by the alphabet.

        A short word cannot be very wrong and still be itself: three letters for each slip is the least.
        """
        pairs = _pairs(typed)
        most = min(most, (len(pairs) - 1) // _SPOILT)
        if most < 1:
            return []
        shared: Counter[int] = Counter()
        for length in range(len(typed) - most, len(typed) + most + 1):
            if length in self._holding:
                holding = self._holding[length]
                for pair in pairs:
                    shared.update(holding.get(pair, ()))
        spoilt = _SPOILT * most
        least = len(pairs) - spoilt
        maybe = [
            self._words[number]
            for number, count in shared.items()
            if count >= least and count >= self._pairs[number] - spoilt
        ]
        near = (Near(slips, word) for word in maybe if (slips := slips_between(typed, word, most)) is not None)
        return sorted(near)


def slips_between(a: str, b: str, most: int) -> int | None:
    """How many slips turn one word into the other; None if it is more than `most`.

    A slip is a letter too many, a letter too few, a wrong letter, or two neighbours that have changed places
    (the "optimal string alignment" distance).
    """
    if abs(len(a) - len(b)) > most:
        return None
    # What both begin and end with costs nothing.
    start, least = 0, min(len(a), len(b))
    while start < least and a[start] == b[start]:
        start += 1
    end = 0
    while end < least - start and a[-1 - end] == b[-1 - end]:
        end += 1
    a, b = a[start : len(a) - end], b[start : len(b) - end]
    before: list[int] = []
    above = list(range(len(b) + 1))
    for row, letter in enumerate(a, 1):
        here = [row]
        for column, other in enumerate(b, 1):
            if letter == other:
                slips = above[column - 1]
            else:
                slips = 1 + min(above[column - 1], above[column], here[-1])
                if row > 1 and column > 1 and letter == b[column - 2] and other == a[row - 2]:
                    slips = min(slips, 1 + before[column - 2])
            here.append(slips)
        if min(here) > most and min(above) > most:
            return None
        before, above = above, here
    return above[-1] if above[-1] <= most else None


def _pairs(word: str) -> set[str]:
    """The neighbouring letters of a word, its beginning and its end among them."""
    padded = f"^{word}$"
    return {padded[start : start + 2] for start in range(len(padded) - 1)}
