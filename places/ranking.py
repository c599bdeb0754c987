"""How well what somebody types fits a name, for boxes that find as you type: the exact name comes first. Pure."""

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from .text import fold_name

#: From so many letters on, what is typed may be the initials of a name.
SHORTEST_INITIALS = 2


class Fit(IntEnum):
    """How what was typed fits a row, the best first."""

    EXACT = 0
    OTHER_NAME_EXACT = 1
    BEGINS = 2
    OTHER_NAME_BEGINS = 3
    INITIALS = 4
    WORD_BEGINS = 5
    OTHER_NAME_WORD_BEGINS = 6
    EVERY_WORD = 7
    ELSEWHERE = 8


class Rank(NamedTuple):
    """The place of a row among those found: by its own names, then by what its name is said with."""

    fit: Fit
    context: Fit = Fit.ELSEWHERE


class Term:
    """What was typed, folded: without case, accents and punctuation, with "Saint" and "St" as one."""

    def __init__(self, text: str) -> None:
        self.folded = fold_name(text)
        self._words = self.folded.split()
        self._letters = self.folded.replace(" ", "")

    def __bool__(self) -> bool:
        return bool(self.folded)

    def rank(self, name: str, other_names: Iterable[str] = (), context: Iterable[str] = ()) -> Rank | None:
        """The rank of a row with a name, other names, and words that its name is said with; None if it does not fit.

        The context is a contact's organisation, or a town's district: "Newport, Isle of Wight" is exact too.
        """
        folded = fold_name(name)
        others = [other for other in map(fold_name, other_names) if other]
        contexts = [text for text in map(fold_name, context) if text]
        labels = [folded, " ".join([folded, *contexts])] if contexts else [folded]
        fit = self._fit(labels, others)
        if fit is not None:
            return Rank(fit)
        there = " ".join([folded, *others, *contexts]).split()
        if not all(any(word.startswith(typed) for word in there) for typed in self._words):
            return None
        fits = (self._fit([text], []) for text in contexts)
        return Rank(Fit.EVERY_WORD, min((fit for fit in fits if fit is not None), default=Fit.ELSEWHERE))

    def _fit(self, labels: list[str], others: list[str]) -> Fit | None:
        """The fit of the whole term with a name, or the name and its context, and other names; None for no fit."""
        if any(self._is(label) for label in labels):
            return Fit.EXACT
        if any(self._is(other) for other in others):
            return Fit.OTHER_NAME_EXACT
        if any(self._begins(label) for label in labels):
            return Fit.BEGINS
        if any(self._begins(other) for other in others):
            return Fit.OTHER_NAME_BEGINS
        if len(self._letters) >= SHORTEST_INITIALS and any(
            self._letters == _initials(name) for name in [labels[0], *others]
        ):
            return Fit.INITIALS
        if self._begins_a_word(labels[0]):
            return Fit.WORD_BEGINS
        return Fit.OTHER_NAME_WORD_BEGINS if any(map(self._begins_a_word, others)) else None

    def _is(self, name: str) -> bool:
        """Whether it is this name, with its spaces or without: "takeoff" is Take Off."""
        return name == self.folded or name.replace(" ", "") == self._letters

    def _begins(self, name: str) -> bool:
        return name.startswith(self.folded) or name.replace(" ", "").startswith(self._letters)

    def _begins_a_word(self, name: str) -> bool:
        return f" {self.folded}" in f" {name}"


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split())
