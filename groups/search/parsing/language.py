"""The phrases of `language.toml`: filters, and the words around places. Pure."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from common.text import fold

#: Folded words.
Phrase = tuple[str, ...]
#: The parameter of a facet and a value, as addresses have them: ("day", "thursday").
FilterValue = tuple[str, str]

_WORDS = "words"
_FILE = Path(__file__).resolve().parent / "language.toml"


@dataclass(frozen=True)
class SearchLanguage:
    """What is typed that is no word to look for."""

    filters: Mapping[Phrase, tuple[FilterValue, ...]]
    #: Phrases of filters that are words to look for, too.
    also_words: frozenset[Phrase]
    prepositions: frozenset[Phrase]
    before_places: frozenset[Phrase]
    after_places: frozenset[Phrase]
    #: Names of villages that are ordinary words.
    not_places: frozenset[str]
    #: Words before a filter that ask for anything but that.
    negations: frozenset[Phrase]
    #: Words before others that no group is to have: "not for men".
    exclusions: frozenset[Phrase]
    #: What no group is to have, after "no": "no men".
    unwanted: frozenset[Phrase]
    #: What there is no filter for, and no word to look for: how often groups meet.
    left_out: frozenset[Phrase]
    #: Phrases that say "near me" without a place.
    near_me: frozenset[Phrase]
    #: The kind of help that a phrase asks for, where it is no peer support group: "treatment".
    not_listed: Mapping[Phrase, str]
    #: The kinds of these whose words are not looked for.
    not_looked_for: frozenset[str]

    @cached_property
    def not_listed_words(self) -> frozenset[str]:
        """The words of all phrases of help that is not listed: none is a slip of another word."""
        return frozenset(word for phrase in self.not_listed for word in phrase)

    def filter_at(self, words: Sequence[str], start: int) -> Phrase:
        """Return the longest phrase at a word that means filters; () for none."""
        return longest_at(self.filters, words, start)


def longest_at(phrases: Mapping[Phrase, object] | frozenset[Phrase], words: Sequence[str], start: int) -> Phrase:
    """Return the longest of some phrases that begins at a word; () for none."""
    for length in range(min(_MOST_WORDS, len(words) - start), 0, -1):
        phrase = tuple(words[start : start + length])
        if phrase in phrases:
            return phrase
    return ()


#: The most words of a phrase of the file.
_MOST_WORDS = 4


@cache
def search_language() -> SearchLanguage:
    """Return the phrases of the file, cached."""
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return SearchLanguage(
        filters={
            _phrase(typed): tuple(_filter(value) for value in values if value != _WORDS)
            for typed, values in tables["filters"].items()
        },
        also_words=frozenset(_phrase(typed) for typed, values in tables["filters"].items() if _WORDS in values),
        prepositions=frozenset(map(_phrase, tables["prepositions"])),
        before_places=frozenset(map(_phrase, tables["before_places"])),
        after_places=frozenset(map(_phrase, tables["after_places"])),
        not_places=frozenset(tables["not_places"]),
        negations=frozenset(map(_phrase, tables["negations"])),
        exclusions=frozenset(map(_phrase, tables["exclusions"])),
        unwanted=frozenset(map(_phrase, tables["unwanted"])),
        left_out=frozenset(map(_phrase, tables["left_out"])),
        near_me=frozenset(map(_phrase, tables["near_me"])),
        not_listed={_phrase(typed): kind for kind, phrases in tables["not_listed"].items() for typed in phrases},
        not_looked_for=frozenset(tables["not_looked_for"]),
    )


def _phrase(text: str) -> Phrase:
    return tuple(fold(text).split())


def _filter(text: str) -> FilterValue:
    name, _, value = text.partition("=")
    return name, value
