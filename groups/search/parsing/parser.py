"""Parses what was typed into filters, a place and words to look for. Pure: what is known is passed in.

    parser = QueryParser(search_language(), vocabulary, locate_exactly, is_known=…)
    parser.parse("art thursday evening near Margate")
    # ParsedText(words=(Token("art", "art"),), filters=(("day", "thursday"), ("time", "evening")), place=Margate, …)

Known phrases go first ("someone to talk to", "my son died"), then filters, the place, and last stop words. A text in
double quotes is words alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from common.text import fold
from places.choices import LocationKind
from places.location.results import LocatedPlace

from ..synonyms import Vocabulary
from .distances import without_distance
from .language import FilterValue, Phrase, SearchLanguage, longest_at

#: The least population of a place for which a single word means the place, if listings have that word too.
LARGE_TOWN = 5000
#: One at the end, after other words, that the vocabulary has too: "mens group Reading".
CITY = 100_000
#: The most words of the name of a place, and the most names that are looked up for one text.
_LONGEST_PLACE, _MOST_PIECES = 5, 40
#: Words between two places.
_JOINING = ("and", "or")
_QUOTES = '"“”'
#: "7.30 pm", of which the hour and its half of the day are words of filters: "7pm"; of "6-8pm" the end.
_CLOCK_TIME = re.compile(
    r"(?:\b\d{1,2}(?:[.:][0-5]\d)? ?(?:-|–|to) ?)?\b(\d{1,2})(?:[.:][0-5]\d)? ?([ap])\.?m\b\.?", re.IGNORECASE
)


class Token(NamedTuple):
    """A word, folded, and as it was typed."""

    folded: str
    typed: str


@dataclass(frozen=True)
class ParsedText:
    """What a text asks for."""

    words: tuple[Token, ...] = ()
    filters: tuple[FilterValue, ...] = ()
    place: LocatedPlace | None = None
    #: Of `words`, those after "in" or "near", where a place was not found: it may be misspelt.
    after_preposition: tuple[Token, ...] = ()
    #: All words but stop words, those of filters and of the place too: a listing may have them as its name.
    name: tuple[str, ...] = ()
    #: The kinds of help asked for that are no peer support group: "treatment".
    not_listed: tuple[str, ...] = ()
    #: Whether it says "near me".
    is_near_me: bool = False
    #: How far away, in miles, if it says so.
    miles: int | None = None
    #: The words that no group is to have, as they were typed: "men" of "not for men". They are not looked for.
    unwanted: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it is words alone."""
        return not self.filters and self.place is None and self.miles is None


class _Span(NamedTuple):
    """Tokens[start:end], and the part of them that is the name of a place."""

    start: int
    end: int
    text: str
    has_preposition: bool


class QueryParser:
    """Parses texts by the phrases of the site and the words and places it knows.

    `locate` returns the place of each piece of text that is the name of one. `is_known` is whether listings have a
    folded word. `offers` is whether a filter has a value. `others` returns all other values of the filters of some.
    """

    def __init__(
        self,
        language: SearchLanguage,
        vocabulary: Vocabulary,
        locate: Callable[[Iterable[str]], Mapping[str, LocatedPlace]],
        is_known: Callable[[str], bool],
        offers: Callable[[FilterValue], bool],
        others: Callable[[Iterable[FilterValue]], Iterable[FilterValue]],
    ) -> None:
        self._language, self._vocabulary = language, vocabulary
        self._locate, self._is_known, self._offers, self._others = locate, is_known, offers, others

    def parse(self, text: str, with_place: bool = True) -> ParsedText:
        """Return what a text asks for; its place is looked for only `with_place`."""
        miles = None
        if not is_quoted(text):
            text, miles = without_distance(_CLOCK_TIME.sub(r"\1\2m", text))
        tokens = tokens_of(text)
        words = [token.folded for token in tokens]
        name = tuple(word for word in words if not self._vocabulary.is_ignored(word))
        if is_quoted(text):
            return ParsedText(tuple(tokens), name=name)
        left = dict(enumerate(tokens))
        phrases, left_out, not_listed = self._not_listed(words)
        filters: list[FilterValue] = []
        unwanted: list[str] = []
        start = 0
        while start < len(words):
            if start in left_out:
                left.pop(start)
                start += 1
                continue
            phrase, meant = self._vocabulary.phrase_at(words, start), self._language.filter_at(words, start)
            values = self._language.filters.get(meant, ())
            if values and len(meant) >= len(phrase) and all(map(self._offers, values)):
                negation = self._ends_before(self._language.negations, words, start)
                filters += self._others(values) if negation else values
                at_phrase = range(start - negation, start + len(meant))
                if meant in self._language.also_words:
                    phrases.update(at_phrase)
                else:
                    left = {at: token for at, token in left.items() if at not in at_phrase}
                start += len(meant)
                continue
            is_unwanted = tuple(words[start - 1 : start + 1]) in self._language.unwanted
            exclusion = self._ends_before(self._language.exclusions, words, start) or int(is_unwanted)
            if exclusion and not (len(phrase) == 1 and self._vocabulary.is_ignored(words[start])):
                unwanted.append(" ".join(left[at].typed for at in range(start, start + len(phrase))))
                for at in range(start - exclusion, start + len(phrase)):
                    left.pop(at, None)
            elif len(phrase) > 1:
                phrases.update(range(start, start + len(phrase)))
            start += len(phrase)
        place = self._place_in(words, left, phrases) if with_place else None
        wanted = [token for at, token in left.items() if at in phrases or not self._vocabulary.is_ignored(token.folded)]
        after = () if place else self._after_preposition(words, left, phrases)
        is_near_me = any(longest_at(self._language.near_me, words, start) for start in range(len(words)))
        every = tuple(dict.fromkeys(filters))
        return ParsedText(tuple(wanted), every, place, after, name, not_listed, is_near_me, miles, tuple(unwanted))

    def _not_listed(self, words: list[str]) -> tuple[set[int], set[int], tuple[str, ...]]:
        """Return the positions of words for other help, of words that are not looked for, and the kinds of help."""
        positions: set[int] = set()
        left_out: set[int] = set()
        kinds: list[str] = []
        for start in range(len(words)):
            if phrase := longest_at(self._language.left_out, words, start):
                left_out.update(range(start, start + len(phrase)))
            if phrase := longest_at(self._language.not_listed, words, start):
                kinds.append(self._language.not_listed[phrase])
                found = left_out if kinds[-1] in self._language.not_looked_for else positions
                found.update(range(start, start + len(phrase)))
        # Stop words are none by themselves: of "get a diagnosis" the last is looked for.
        positions = {at for at in positions if not self._vocabulary.is_ignored(words[at])}
        return positions, left_out, tuple(dict.fromkeys(kinds))

    def _after_preposition(self, words: list[str], left: dict[int, Token], phrases: set[int]) -> tuple[Token, ...]:
        """Return the words after a preposition that neither listings nor the vocabulary know."""
        found: list[Token] = []
        for at, token in left.items():
            follows = self._ends_before(self._language.prepositions, words, at) or (found and at - 1 in left)
            is_known = at in phrases or self._vocabulary.knows(token.folded) or self._is_known(token.folded)
            if follows and not is_known:
                found.append(token)
        return tuple(found)

    def is_words(self, text: str) -> bool:
        """Return whether each word of a text is a stop word, of a filter, or one that the vocabulary knows."""
        words = [token.folded for token in tokens_of(text)]
        start = 0
        while start < len(words):
            phrase = self._vocabulary.phrase_at(words, start)
            meant = self._language.filter_at(words, start)
            if not (len(phrase) > 1 or meant or self._vocabulary.knows(words[start])):
                return False
            start += max(len(phrase), len(meant))
        return bool(words)

    def _place_in(self, words: list[str], left: dict[int, Token], phrases: set[int]) -> LocatedPlace | None:
        """Return the place that the words name, and take them, with those around them, out of `left`."""
        spans = list(self._spans(words, left, phrases))[:_MOST_PIECES]
        located = self._locate(dict.fromkeys(span.text for span in spans)) if spans else {}
        fitting = [span for span in spans if span.text in located and self._is_meant(span, located[span.text])]
        ends = {span.end for span in fitting}
        # "Glasgow East End" is no place in London.
        fitting = [span for span in fitting if not (span.start in ends and self._is_side(span, words))]
        if not fitting:
            return None
        # With "in" or "near" before it, else the longest, else the last: people write the place at the end.
        best = max(fitting, key=lambda span: (span.has_preposition, len(span.text.split()), span.start))
        place = located[best.text]
        for other in fitting:
            if self._is_joined(other, best, words):
                # "Leeds or Bradford": a search has one place, and offers the other.
                place = replace(place, also=(located[other.text], *place.also))
                for at in range(other.start, other.end):
                    left.pop(at, None)
        start, end = self._widened(best, words)
        for at in range(start, end):
            left.pop(at, None)
        return place

    def _is_side(self, span: _Span, words: list[str]) -> bool:
        """Return whether a name is words that follow another: "east end"."""
        return len(longest_at(self._language.after_places, words, span.start)) == span.end - span.start

    @staticmethod
    def _is_joined(span: _Span, other: _Span, words: list[str]) -> bool:
        """Return whether two names stand beside each other, with "and" or "or" between them."""
        first, second = sorted((span, other), key=lambda each: each.start)
        return first.end == second.start - 1 and words[first.end] in _JOINING

    def _spans(self, words: list[str], left: dict[int, Token], phrases: set[int]) -> Iterator[_Span]:
        """Yield the runs of words that may name a place, those after a preposition first."""
        bare = []
        for start in range(len(words)):
            has_preposition = self._ends_before(self._language.prepositions, words, start) or bool(
                self._ends_before(self._language.before_places, words, start)
            )
            for end in range(start + 1, min(start + _LONGEST_PLACE, len(words)) + 1):
                if any(at not in left or at in phrases for at in range(start, end)):
                    break
                span = _Span(start, end, " ".join(left[at].typed for at in range(start, end)), bool(has_preposition))
                if self._vocabulary.is_ignored(words[start]) or self._vocabulary.is_ignored(words[end - 1]):
                    continue
                if has_preposition:
                    yield span
                elif self._is_end(span, words) or not all(map(self._vocabulary.knows, words[start:end])):
                    bare.append(span)
        yield from bare

    def _is_end(self, span: _Span, words: list[str]) -> bool:
        """Return whether a span is the last word, after others that ask for something."""
        before = words[: span.start]
        return span.start == len(words) - 1 and any(not self._vocabulary.is_ignored(word) for word in before)

    def _is_meant(self, span: _Span, place: LocatedPlace) -> bool:
        """Return whether a name without "in" before it means the place, and not what listings say: "hope"."""
        if span.has_preposition or place.kind != LocationKind.TOWN or span.end - span.start > 1:
            return True
        word = fold(span.text)
        is_word = word in self._language.not_places or self._vocabulary.is_spelt_right(word)
        if is_word or self._vocabulary.knows(word):
            return place.population >= CITY
        return place.population >= LARGE_TOWN or not self._is_known(word)

    def _widened(self, span: _Span, words: list[str]) -> tuple[int, int]:
        """Return the start and end of a place with "central", "city centre" and a preposition around it."""
        start, end = span.start, span.end
        end += len(longest_at(self._language.after_places, words, end))
        for around in (self._language.before_places, self._language.prepositions):
            start -= self._ends_before(around, words, start)
        return start, end

    @staticmethod
    def _ends_before(phrases: frozenset[Phrase], words: list[str], end: int) -> int:
        """Return how many words the longest phrase that ends before a word has; 0 for none."""
        return next((length for length in (3, 2, 1) if tuple(words[max(0, end - length) : end]) in phrases), 0)


def tokens_of(text: str) -> list[Token]:
    """Return the words of a text. One that folding splits ("self-harm") has its parts for what was typed.

    Addresses of websites and e-mail are none. The "y" of Pen-y-bont, which is "the", is typed with the word before it.
    """
    tokens: list[Token] = []
    for typed in text.split():
        if _ADDRESS.search(typed):
            continue
        parts = fold(typed).split()
        for part in parts:
            if part == "y" and tokens:
                tokens[-1] = tokens[-1]._replace(typed=f"{tokens[-1].typed} y")
            else:
                tokens.append(Token(part, typed.strip(_PUNCTUATION) if len(parts) == 1 else part))
    # A letter alone is no word: the rest of "<b>" or of an apostrophe.
    return [token for token in tokens if len(token.folded) > 1 or token.folded.isdigit()] or tokens


def has_address(text: str) -> bool:
    """Return whether the address of a website or of an e-mail is in a text."""
    return any(map(_ADDRESS.search, text.split()))


_ADDRESS = re.compile(r"://|^www\.|[^@]@[^@]", re.IGNORECASE)
#: What stands around a word and is none of it.
_PUNCTUATION = "\"“”‘’'`.,;:!?()[]<>{}*"


def is_quoted(text: str) -> bool:
    """Return whether a text stands in double quotes."""
    text = text.strip()
    return len(text) > 2 and text[0] in _QUOTES and text[-1] in _QUOTES
