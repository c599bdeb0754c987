"""Spelling correction: known words by edit distance, with a bigram index. Pure: no database."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

#: The most bigrams that one slip can change: a transposition changes three.
_SPOILT = 3
#: The most words that are also found by what is left without a letter: three times as quick, but nine keys a word.
_FEW = 2000


class Near(NamedTuple):
    """A known word, and its edit distance from the typed one."""

    slips: int
    word: str


class Spelling:
    """An index of known words by length and bigram, so that few of them need to be compared."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(set(words))
        self._pairs = [len(_pairs(word)) for word in self._words]
        self._holding: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, word in enumerate(self._words):
            for pair in _pairs(word):
                self._holding[len(word)][pair].append(number)

    @cached_property
    def _without_a_letter(self) -> dict[str, list[str]]:
        """The known words by what is left of them without one letter, and by themselves."""
        words: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            for left in _one_shorter(word):
                words[left].append(word)
        return words

    def near(self, typed: str, most: int) -> list[Near]:
        """Return the known words at most `most` slips from the typed one, nearest first, then alphabetically.

        Fewer slips are allowed in short words: one for every three letters.
        """
        pairs = _pairs(typed)
        most = min(most, (len(pairs) - 1) // _SPOILT)
        if most < 1:
            return []
        if most == 1 and len(self._words) <= _FEW:
            return self._one_slip_from(typed)
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

    def _one_slip_from(self, typed: str) -> list[Near]:
        """Return the known words at most one slip from the typed one: what is left without a letter is the same."""
        maybe = {word for left in _one_shorter(typed) for word in self._without_a_letter.get(left, ())}
        return sorted(Near(slips, word) for word in maybe if (slips := slips_between(typed, word, 1)) is not None)


def slips_between(a: str, b: str, most: int) -> int | None:
    """Return the edit distance of two words (optimal string alignment); None if it is more than `most`.

    A slip is an insertion, a deletion, a substitution or a transposition of neighbours.
    """
    if abs(len(a) - len(b)) > most:
        return None
    # The common prefix and suffix cost nothing.
    start, least = 0, min(len(a), len(b))
    while start < least and a[start] == b[start]:
        start += 1
    end = 0
    while end < least - start and a[-1 - end] == b[-1 - end]:
        end += 1
    a, b = a[start : len(a) - end], b[start : len(b) - end]
    before: list[int] = []
    above = list(range(len(b) + 1))
    for index, letter in enumerate(a, 1):
        row = [index]
        for column, other in enumerate(b, 1):
            if letter == other:
                slips = above[column - 1]
            else:
                slips = 1 + min(above[column - 1], above[column], row[-1])
                if index > 1 and column > 1 and letter == b[column - 2] and other == a[index - 2]:
                    slips = min(slips, 1 + before[column - 2])
            row.append(slips)
        if min(row) > most and min(above) > most:
            return None
        before, above = above, row
    return above[-1] if above[-1] <= most else None


def _one_shorter(word: str) -> set[str]:
    """Return a word, and what is left of it without each of its letters."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _pairs(word: str) -> set[str]:
    """Return the bigrams of a word, with markers for its start and end."""
    padded = f"^{word}$"
    return {padded[start : start + 2] for start in range(len(padded) - 1)}
