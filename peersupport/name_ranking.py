"""Ranking of names for autocomplete: exact matches first. Pure."""

from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from common.text import fold_name

#: The fewest letters that are matched as initials of a name.
SHORTEST_INITIALS = 2


class Fit(IntEnum):
    """How a term matches a row, best first."""

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
    """The sort key of a row: the match of its own names, then of its context."""

    fit: Fit
    context: Fit = Fit.ELSEWHERE


class Term:
    """A search term, folded by `fold_name`."""

    def __init__(self, text: str) -> None:
        self.folded = fold_name(text)
        self._words = self.folded.split()
        self._letters = self.folded.replace(" ", "")
        self._may_be_initials = len(self._letters) >= SHORTEST_INITIALS

    def __bool__(self) -> bool:
        return bool(self.folded)

    def rank(self, name: str, other_names: Sequence[str] = (), context: Sequence[str] = ()) -> Rank | None:
        """Return the rank of a row by its name, other names and context; None if it does not match.

        The context is a contact's organisation, or a town's district: "Newport, Isle of Wight" is exact too.
        """
        folded = fold_name(name)
        others = [_folded(other) for other in other_names]
        contexts = [_folded(text) for text in context]
        # A term longer than the name may be the name and its context.
        has_context = bool(contexts) and self.folded.startswith(f"{folded} ")
        fit = self._fit(folded, others, " ".join([folded, *contexts]) if has_context else "")
        if fit is not None:
            return _RANKS[fit]
        searched = f" {' '.join([folded, *others, *contexts])}"
        if not all(f" {word}" in searched for word in self._words):
            return None
        fits = (self._fit(text) for text in contexts)
        return Rank(Fit.EVERY_WORD, min((fit for fit in fits if fit is not None), default=Fit.ELSEWHERE))

    def _fit(self, name: str, others: Sequence[str] = (), label: str = "") -> Fit | None:
        """Return how the whole term matches a name, other names, or the name with its context; None for no match."""
        if self._is(name) or (label and self._is(label)):
            return Fit.EXACT
        if others and any(map(self._is, others)):
            return Fit.OTHER_NAME_EXACT
        if self._begins(name) or (label and self._begins(label)):
            return Fit.BEGINS
        if others and any(map(self._begins, others)):
            return Fit.OTHER_NAME_BEGINS
        if self._may_be_initials and (self._has_initials(name) or (others and any(map(self._has_initials, others)))):
            return Fit.INITIALS
        if self._begins_a_word(name):
            return Fit.WORD_BEGINS
        return Fit.OTHER_NAME_WORD_BEGINS if others and any(map(self._begins_a_word, others)) else None

    def _is(self, name: str) -> bool:
        """Return whether the term is this name, with or without spaces: "takeoff" is Take Off."""
        return name == self.folded or (name[:1] == self._letters[:1] and name.replace(" ", "") == self._letters)

    def _begins(self, name: str) -> bool:
        if name[:1] != self._letters[:1]:
            return False
        return name.startswith(self.folded) or name.replace(" ", "").startswith(self._letters)

    def _begins_a_word(self, name: str) -> bool:
        return self.folded in name and f" {self.folded}" in f" {name}"

    def _has_initials(self, name: str) -> bool:
        if name[:1] != self._letters[0] or name.count(" ") != len(self._letters) - 1:
            return False
        return self._letters == "".join(word[0] for word in name.split())


#: Shared instances, since thousands are returned.
_RANKS = {fit: Rank(fit) for fit in Fit}


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Return a folded text, cached, since many rows share it: a town, an organisation."""
    return fold_name(text)
