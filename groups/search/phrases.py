"""Fuzzy matching of phrases in what people type. Pure: no database, no Django.

    language = PhraseLanguage(fillers, spellings, lists)
    index = PhraseIndex(language, spelt_right)
    index.add(["want to die"], "a label")
    index.freeze()
    index.matches(language.read("I really wnat to die"))  # PhraseMatch(start=1, end=4, label="a label")

`groups/search/danger_phrases.toml` says how phrases are written.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import prod
from typing import Any

from common.spelling import Spelling
from common.text import fold

#: Words of a phrase, or of what was typed.
Tokens = tuple[str, ...]
#: One element of a phrase: its alternatives; or a number, or a gap.
Element = frozenset[Tokens] | str
Pattern = tuple[Element, ...]

_NUMBER, _GAP = "#", "..."
#: The most words in a gap, and in one alternative of an element.
_WIDEST_GAP, _LONGEST_WAY = 4, 4
#: The fewest letters of a word that is matched with an edit, of such a word that is a whole phrase, and of a phrase
#: written without spaces.
_SLIP, _SLIP_OF_WHOLE_PHRASE, _JOINED = 4, 7, 7
#: A phrase that expands to more alternatives is not matched without spaces.
_MOST_JOINED = 60
#: Characters used as an apostrophe. Removed, so that "can‘t" is one word.
_APOSTROPHES = re.compile("['’‘`´ʼ′＇‛]")
_DOUBLED = re.compile(r"(.)\1+")
#: Words that are another word without the doubled letter: a refugee needs no refuge.
_NOT_SQUEEZED = frozenset({"refugee", "refugees"})
_LIST_NAME = re.compile(r"[A-Z_]{2,}")


@dataclass(frozen=True)
class PhraseMatch:
    """A match at tokens[start:end], with the label of its phrase."""

    start: int
    end: int
    label: Any

    def overlaps(self, other: "PhraseMatch") -> bool:
        return self.start < other.end and other.start < self.end

    def is_within(self, other: "PhraseMatch") -> bool:
        return other.start <= self.start and self.end <= other.end


class PhraseLanguage:
    """Stop words, spellings to normalise, and the lists that phrases may name."""

    def __init__(
        self, fillers: Iterable[str], spellings: Mapping[str, Iterable[str]], lists: Mapping[str, Iterable[str]]
    ) -> None:
        self.fillers = frozenset(map(squeeze, fillers))
        self._spellings: dict[str, list[tuple[Tokens, Tokens]]] = defaultdict(list)
        for meant, variants in spellings.items():
            # The normal form maps to itself, so that no part of it is read as another spelling.
            for variant in (*variants, meant):
                words = _tokens(variant)
                self._spellings[words[0]].append((words, _tokens(meant)))
        for entries in self._spellings.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self.lists: dict[str, frozenset[Tokens]] = {}
        for name, phrases in lists.items():
            self.lists[name] = frozenset(tokens for phrase in phrases for tokens in self.expand(phrase))

    @property
    def one_word_spellings(self) -> dict[str, Tokens]:
        """`{spelling: normal form}` of the spellings of one word."""
        entries = (entry for group in self._spellings.values() for entry in group)
        return {words[0]: meant for words, meant in entries if len(words) == 1}

    def read(self, text: str) -> Tokens:
        """Return the tokens of a text, with spellings normalised and without stop words."""
        tokens = _tokens(text)
        replaced: list[str] = []
        start = 0
        while start < len(tokens):
            for variant, meant in self._spellings.get(tokens[start], ()):
                if tokens[start : start + len(variant)] == variant:
                    replaced += meant
                    start += len(variant)
                    break
            else:
                replaced.append(tokens[start])
                start += 1
        return tuple(word for word in replaced if word not in self.fillers)

    def pattern(self, phrase: str) -> Pattern:
        """Parse a phrase of a file. Raises KeyError for an unknown list, ValueError for a phrase of stop words."""
        elements: list[Element] = []
        plain: list[str] = []
        for part in [*phrase.split(), None]:
            if part is not None and part not in (_NUMBER, _GAP) and not _LIST_NAME.fullmatch(part):
                plain.append(part)
                continue
            elements += map(_only, self.read(" ".join(plain)))
            plain = []
            if part is not None:
                elements.append(part if part in (_NUMBER, _GAP) else self.lists[part])
        if not elements:
            raise ValueError(f"“{phrase}” holds nothing but fillers.")
        return tuple(elements)

    def expand(self, phrase: str) -> Iterator[Tokens]:
        """Yield the alternatives of a phrase that has no number and no gap."""
        for parts in product(*self.pattern(phrase)):
            yield tuple(word for part in parts for word in part)


class PhraseIndex:
    """An index of phrases by first word. `freeze()` must be called before matching."""

    def __init__(self, language: PhraseLanguage, spelt_right: Iterable[str]) -> None:
        self._language = language
        self._spelt_right = frozenset(map(squeeze, spelt_right)) | language.fillers
        self._by_first_word: dict[str, list[tuple[Pattern, Any, bool]]] = defaultdict(list)
        self._joined: dict[str, Any] = {}
        self._whole: dict[Tokens, Any] = {}
        self._words: set[str] = set()
        self._alone: set[Tokens] = set()

    def add(self, phrases: Iterable[str], label: Any, exact: bool = False) -> None:
        """Add phrases that match anywhere in a text; `exact` ones without edits."""
        for phrase in phrases:
            pattern = self._language.pattern(phrase)
            ways = [element for element in pattern if not isinstance(element, str)]
            for first in [pattern[0]] if isinstance(pattern[0], str) else {words[0] for words in pattern[0]}:
                self._by_first_word[first].append((pattern, label, exact))
            if exact:
                continue
            self._words.update(word for element in ways for words in element for word in words)
            if len(pattern) == 1:
                self._alone.update(words for element in ways for words in element if len(words) == 1)
            if len(ways) == len(pattern) and prod(map(len, ways)) <= _MOST_JOINED:
                for joined in map("".join, self._language.expand(phrase)):
                    if len(squeeze(joined)) >= _JOINED:
                        self._joined.setdefault(squeeze(joined), label)

    def add_whole(self, phrases: Iterable[str], label: Any) -> None:
        """Add phrases that match only a whole text, apart from "I" or "I am"."""
        for words in (words for phrase in phrases for words in self._language.expand(phrase)):
            self._whole[_without_self(words)] = label
            self._words.update(words)

    def freeze(self) -> None:
        """Build the index of words for fuzzy matching."""
        # Of other spellings only those of words that are a phrase by themselves, such as "suicide".
        variants = {
            word: meant
            for word, meant in self._language.one_word_spellings.items()
            if meant in self._alone and len(word) >= _SLIP_OF_WHOLE_PHRASE
        }
        self._known = {word: (word,) for word in self._words} | variants
        self._near = Spelling(word for word in self._known if len(word) >= _SLIP)
        self._longest_whole = max(map(len, self._whole), default=0)

    def matches(self, tokens: Tokens) -> Iterator[PhraseMatch]:
        """Yield every match in the tokens."""
        meant = [self._meant(token) for token in tokens]
        spelt: list[Tokens] = [(token,) for token in tokens]
        for start, token in enumerate(tokens):
            for word in {*meant[start], *([_NUMBER] if token.isdigit() else [])}:
                for pattern, label, exact in self._by_first_word.get(word, ()):
                    for end in _ends(pattern, 0, spelt if exact else meant, start):
                        is_short_slip = token not in self._words and len(token) < _SLIP_OF_WHOLE_PHRASE
                        if exact or end - start > 1 or not is_short_slip:
                            yield PhraseMatch(start, end, label)
            joined = next((token[at:] for at in range(len(token) - _JOINED + 1) if token[at:] in self._joined), None)
            if joined is not None:
                yield PhraseMatch(start, start + 1, self._joined[joined])

    def whole(self, tokens: Tokens) -> Any:
        """Return the label of the phrase that matches all tokens; None if none does."""
        tokens = _without_self(tokens)
        if not tokens or len(tokens) > self._longest_whole:
            return None
        if len(tokens) == 1 and len(tokens[0]) < _SLIP_OF_WHOLE_PHRASE:
            return self._whole.get(tokens)
        ways = product(*map(self._meant, tokens))
        return next((self._whole[words] for words in ways if words in self._whole), None)

    def _meant(self, token: str) -> Tokens:
        """Return a token, and, if it is in no phrase, the words of phrases that are one edit away."""
        if token in self._words or token in self._spelt_right or len(token) < _SLIP or not token.isalpha():
            return (token,)
        near = (other.word for other in self._near.near(token, 1))
        # The first letter is right, or transposed with the second.
        alike = [word for word in near if word[0] == token[0] or word[:2] == token[1::-1]]
        return (token, *(word for known in alike for word in self._known[known]))


@cache
def _only(word: str) -> Element:
    """Return the element of one word, which phrases share."""
    return frozenset({(word,)})


def squeeze(word: str) -> str:
    """Return a word with repeated letters once: "kil" and "kill", "dieee" and "die" are one. Numbers are unchanged."""
    return word if word.isdigit() or word in _NOT_SQUEEZED else _DOUBLED.sub(r"\1", word)


def _ends(pattern: Pattern, element: int, meant: list[Tokens], at: int) -> Iterator[int]:
    """Yield the positions where the rest of a pattern, from an element on, can end if it starts at a token."""
    if element == len(pattern):
        yield at
    elif pattern[element] == _GAP:
        for gap in range(min(_WIDEST_GAP, len(meant) - at) + 1):
            yield from _ends(pattern, element + 1, meant, at + gap)
    elif at < len(meant) and pattern[element] == _NUMBER:
        if meant[at][0].isdigit():
            yield from _ends(pattern, element + 1, meant, at + 1)
    else:
        for length in range(1, min(_LONGEST_WAY, len(meant) - at) + 1):
            if any(words in pattern[element] for words in product(*meant[at : at + length])):
                yield from _ends(pattern, element + 1, meant, at + length)


def _tokens(text: str) -> Tokens:
    return tuple(map(squeeze, fold(_APOSTROPHES.sub("", text)).split()))


def _without_self(tokens: Tokens) -> Tokens:
    return tuple(token for token in tokens if token not in ("i", "im"))
