"""Spelling correction: known words by edit distance, with a bigram index. Pure: no database."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

#: The most bigrams that one edit can change: a transposition changes three.
_BIGRAMS_PER_EDIT = 3
#: The most words that are also indexed by their deletions: three times as fast, but nine keys a word.
_MOST_WITH_DELETIONS = 2000


class SpellingMatch(NamedTuple):
    """A known word, and its edit distance from the typed one."""

    distance: int
    word: str


class Spelling:
    """An index of known words by length and bigram, so that few of them need to be compared."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(set(words))

    @cached_property
    def _with_bigram(self) -> dict[int, dict[str, list[int]]]:
        """The positions of the known words by length and bigram."""
        positions: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, word in enumerate(self._words):
            for bigram in _bigrams(word):
                positions[len(word)][bigram].append(number)
        return positions

    @cached_property
    def _by_deletion(self) -> dict[str, str]:
        """The known words, in lines, by themselves, and by each deletion of one letter.

        Most deletions are of one word: a list for each takes twice the memory.
        """
        words: dict[str, str] = {}
        for word in self._words:
            for left in _deletions(word):
                words[left] = f"{words[left]}\n{word}" if left in words else word
        return words

    def near(self, typed: str, most: int) -> list[SpellingMatch]:
        """Return the known words at most `most` edits from the typed one, nearest first, then alphabetically.

        Short words allow fewer edits: one for every three letters.
        """
        bigrams = _bigrams(typed)
        most = min(most, (len(bigrams) - 1) // _BIGRAMS_PER_EDIT)
        if most < 1:
            return []
        if most == 1 and len(self._words) <= _MOST_WITH_DELETIONS:
            return self._one_edit_from(typed)
        shared: Counter[int] = Counter()
        for length in range(len(typed) - most, len(typed) + most + 1):
            if length in self._with_bigram:
                with_bigram = self._with_bigram[length]
                for bigram in bigrams:
                    shared.update(with_bigram.get(bigram, ()))
        spoilt = _BIGRAMS_PER_EDIT * most
        least = len(bigrams) - spoilt
        maybe = [
            self._words[number]
            for number, count in shared.items()
            if count >= least and count >= len(_bigrams(self._words[number])) - spoilt
        ]
        return _sorted_matches(typed, maybe, most)

    def _one_edit_from(self, typed: str) -> list[SpellingMatch]:
        """Return the known words at most one edit from the typed one: they share a deletion."""
        maybe = {word for left in _deletions(typed) for word in self._by_deletion.get(left, "").splitlines()}
        return _sorted_matches(typed, maybe, 1)


def _sorted_matches(typed: str, words: Iterable[str], most: int) -> list[SpellingMatch]:
    distances = ((edit_distance(typed, word, most), word) for word in words)
    return sorted(SpellingMatch(distance, word) for distance, word in distances if distance is not None)


def edit_distance(a: str, b: str, most: int) -> int | None:
    """Return the edit distance of two words (optimal string alignment); None if it is more than `most`.

    An edit is an insertion, a deletion, a substitution or a transposition of neighbours.
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
                distance = above[column - 1]
            else:
                distance = 1 + min(above[column - 1], above[column], row[-1])
                if index > 1 and column > 1 and letter == b[column - 2] and other == a[index - 2]:
                    distance = min(distance, 1 + before[column - 2])
            row.append(distance)
        if min(row) > most and min(above) > most:
            return None
        before, above = above, row
    return above[-1] if above[-1] <= most else None


def _deletions(word: str) -> set[str]:
    """Return a word, and the word without each of its letters in turn."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _bigrams(word: str) -> set[str]:
    """Return the bigrams of a word, with markers for its start and end."""
    padded = f"^{word}$"
    return {padded[start : start + 2] for start in range(len(padded) - 1)}
