"""What people mean by the words they type: other words for the same thing, and words that are nearly right.

No database: the directory in memory hands in what it knows. In the order of a search:

    vocabulary = site_vocabulary().with_other_words((term.name, term.other_words) for term in terms)
    wanted = vocabulary.wanted(words_of("blokes who feel low mood"))

`wanted` is a tuple of sets of phrases. A listing matches when, for **every** set, it holds **any** phrase of it; it
holds a phrase when each of its words is there, in whatever order: as a whole word where `vocabulary.is_whole(word)`,
else as the beginning of a word.

    spelling = Corrections(listings_by_word)  # {"anxiety": 31, …}; with those of `vocabulary.words` that find some
    spelling.correct("anxeity")  # "anxiety"
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from common.spelling import Spelling
from common.text import fold

#: Folded words that stand for one thing together: ("low", "mood"). Mostly there is only one.
Phrase = tuple[str, ...]

SYNONYMS = Path(__file__).resolve().parent / "synonyms.toml"

#: The fewest letters of a word that may be corrected by one slip, and by two. Shorter ones are too near too much.
_ONE_SLIP, _TWO_SLIPS = 4, 8


class Vocabulary:
    """Which words find which others, which are taken whole, and which say nothing. See `groups/search/synonyms.toml`."""

    def __init__(
        self,
        same: Iterable[Iterable[str]] = (),
        finds: Mapping[str, Iterable[str]] | None = None,
        whole: Iterable[str] = (),
        ignored: Iterable[str] = (),
    ) -> None:
        self._finds: dict[Phrase, set[Phrase]] = defaultdict(set)
        for line in same:
            phrases = {phrase_of(words) for words in line}
            for phrase in phrases:
                self._finds[phrase] |= phrases
        both_ways = dict(self._finds)
        for typed, found in (finds or {}).items():
            for phrase in map(phrase_of, found):
                self._finds[phrase_of(typed)] |= both_ways.get(phrase, set()) | {phrase}
        self._whole = frozenset(map(fold, whole))
        self._ignored = frozenset(map(fold, ignored))
        self._longest = max(map(len, self._finds), default=1)

    def with_other_words(self, terms: Iterable[tuple[str, Iterable[str]]]) -> "Vocabulary":
        """A vocabulary in which the other words of terms, as editors keep them, find the terms too.

        `terms` are names with their other words: ("Bereavement", ["loss"]). One way only: "loss" finds bereavement.
        """
        wider = Vocabulary(whole=self._whole, ignored=self._ignored)
        wider._finds.update({phrase: set(found) for phrase, found in self._finds.items()})
        for name, others in terms:
            term = phrase_of(name)
            for phrase in filter(None, map(phrase_of, others)):
                if term:
                    wider._finds[phrase] |= self._finds.get(term, set()) | {term}
        wider._longest = max(map(len, wider._finds), default=1)
        return wider

    @property
    def words(self) -> frozenset[str]:
        """Every word that finds another by itself: a misspelt one may be corrected to it."""
        return frozenset(phrase[0] for phrase in self._finds if len(phrase) == 1)

    def is_whole(self, word: str) -> bool:
        """Whether a folded word is never taken for the beginning of a longer one: "men" does not find "mental"."""
        return word in self._whole

    def expand(self, typed: str | Phrase) -> frozenset[Phrase]:
        """What finds the same as a word or phrase: itself, and every other way to say it."""
        phrase = phrase_of(typed) if isinstance(typed, str) else typed
        return frozenset({phrase}) | frozenset(self._finds.get(self._known(phrase) or phrase, ()))

    def wanted(self, words: Sequence[str]) -> tuple[frozenset[Phrase], ...]:
        """What a listing must hold to match the folded words that were typed: one phrase of every set.

        Words that stand for one thing together count as one ("low mood"); words that ask for nothing ("group") are
        left out, unless there is nothing else.
        """
        found: list[frozenset[Phrase]] = []
        start = 0
        while start < len(words):
            phrase = self._phrase_at(words, start)
            if len(phrase) > 1 or phrase[0] not in self._ignored:
                found.append(self.expand(phrase))
            start += len(phrase)
        return tuple(dict.fromkeys(found)) or tuple(frozenset({(word,)}) for word in words)

    def _phrase_at(self, words: Sequence[str], start: int) -> Phrase:
        """The longest known phrase that begins at a word; else that word alone."""
        for length in range(min(self._longest, len(words) - start), 1, -1):
            phrase = tuple(words[start : start + length])
            if self._known(phrase):
                return phrase
        return (words[start],)

    def _known(self, phrase: Phrase) -> Phrase | None:
        """The phrase as the vocabulary has it, with or without an "s" at the end."""
        *others, last = phrase
        for ending in (last, f"{last}s", last.removesuffix("s")):
            if (*others, ending) in self._finds:
                return (*others, ending)
        return None


class Corrections:
    """The words that a search can find, to say which of them somebody meant by one that finds nothing.

    `known` are folded words; given as a mapping to how many listings hold each, the commonest of equally near ones
    is offered.
    """

    def __init__(self, known: Iterable[str] | Mapping[str, int]) -> None:
        self._listings = dict(known) if isinstance(known, Mapping) else dict.fromkeys(known, 1)
        self._spelling = Spelling(word for word in self._listings if len(word) >= _ONE_SLIP and word.isalpha())

    def correct(self, word: str) -> str | None:
        """The known word that a folded, misspelt one is nearest to; None if it is known, or like no other.

        One slip, or two in a word of eight letters or more. Of equally near words those with the same first letter
        go first, then the commoner.
        """
        if word in self._listings or len(word) < _ONE_SLIP or not word.isalpha():
            return None
        near = self._spelling.near(word, 1)
        if not near and len(word) >= _TWO_SLIPS:
            near = self._spelling.near(word, 2)
        best = min(
            near,
            key=lambda other: (other.slips, other.word[0] != word[0], -self._listings[other.word], other.word),
            default=None,
        )
        return best.word if best else None


def correct(word: str, known_words: Iterable[str] | Mapping[str, int]) -> str | None:
    """The one of the known words that a misspelt word is nearest to. To ask about several, keep a `Corrections`."""
    return Corrections(known_words).correct(word)


def phrase_of(text: str) -> Phrase:
    """A word or some words, folded."""
    return tuple(fold(text).split())


def read_vocabulary(path: Path) -> Vocabulary:
    """The vocabulary that a file holds. Raises ValueError, naming the file, for one that is not as it should be."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path.name} cannot be read: {error}") from error
    shapes = {"same": _is_list_of_lists, "finds": _is_table_of_lists, "whole": _is_list, "ignored": _is_list}
    for name, value in tables.items():
        if name not in shapes or not shapes[name](value):
            raise ValueError(f"{path.name} cannot be read: “{name}” is not one of its lists, or has the wrong shape.")
    return Vocabulary(**tables)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and phrase_of(word) for word in value)


def _is_list_of_lists(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_list, value))


def _is_table_of_lists(value: object) -> bool:
    return isinstance(value, dict) and all(phrase_of(word) for word in value) and all(map(_is_list, value.values()))


@cache
def site_vocabulary() -> Vocabulary:
    """The vocabulary of `groups/search/synonyms.toml`, read once in each process."""
    return read_vocabulary(SYNONYMS)
