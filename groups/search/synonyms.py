"""Query expansion by synonyms, and spelling correction. Pure: the snapshot passes in the terms and words it knows.

    vocabulary = site_vocabulary().with_other_words((term.name, term.other_words) for term in terms)
    wanted = vocabulary.wanted(words_of("blokes who feel low mood"))

`wanted` is a tuple of sets of phrases. A listing matches when, for **every** set, it holds **any** phrase of it. It
holds a phrase of several words when these follow each other in its text, and a word as a whole word where
`vocabulary.is_whole(word)`, else as a prefix.

    spelling = Corrections(listings_by_word)  # {"anxiety": 31, …}; with `vocabulary.correction_candidates`
    spelling.correct("anxeity")  # "anxiety"
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path

from common.spelling import Spelling
from common.text import fold

#: Folded words that mean one thing together: ("low", "mood"). Most phrases are one word.
Phrase = tuple[str, ...]

SYNONYMS = Path(__file__).resolve().parent / "synonyms.toml"

#: The fewest letters of a word that is corrected by one edit, and by two. Shorter ones are near too many others.
_ONE_EDIT, _TWO_EDITS = 4, 8
#: The fewest letters of a stop word to which a misspelt word is corrected.
_LONG_STOP_WORD = 5
#: The fewest letters of a word of a phrase that has no synonyms alone, to which a misspelt word is corrected.
_LONG_WORD_OF_PHRASE = 7


class Vocabulary:
    """Synonyms, words that match only whole, and stop words: `groups/search/synonyms.toml`."""

    def __init__(
        self,
        same: Iterable[Iterable[str]] = (),
        finds: Mapping[str, Iterable[str]] | None = None,
        whole: Iterable[str] = (),
        ignored: Iterable[str] = (),
        spelt_right: Iterable[str] = (),
        weak: Iterable[str] = (),
        initials: Iterable[str] = (),
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
        self._spelt_right = frozenset(map(fold, spelt_right))
        self._weak = frozenset(map(fold, weak))
        self._initials = {fold(word): word for word in initials}
        self._longest = max(map(len, self._finds), default=1)

    def with_other_words(self, terms: Iterable[tuple[str, Iterable[str]]]) -> "Vocabulary":
        """Return a copy in which the other words of terms find the terms.

        `terms` are names with their other words: ("Bereavement", ["loss"]). One way only: "loss" finds bereavement.
        """
        wider = Vocabulary((), {}, self._whole, self._ignored, self._spelt_right, self._weak, self._initials.values())
        wider._finds.update({phrase: set(found) for phrase, found in self._finds.items()})
        for name, others in terms:
            term = phrase_of(name)
            if len(term) == 1:
                wider._finds[term].add(term)  # Its own name is no misspelling of another word.
            for phrase in filter(None, map(phrase_of, others)):
                if term:
                    wider._finds[phrase] |= self._finds.get(term, set()) | {term}
        wider._longest = max(map(len, wider._finds), default=1)
        return wider

    @property
    def words(self) -> frozenset[str]:
        """The single words with synonyms."""
        return frozenset(phrase[0] for phrase in self._finds if len(phrase) == 1)

    @property
    def correction_candidates(self) -> frozenset[str]:
        """The words that a misspelt one may be: those with synonyms, and long ones of phrases ("panic atacks"); and
        longer stop words ("suport", "grup").
        """
        of_phrases = {word for phrase in self._finds for word in phrase if len(word) >= _LONG_WORD_OF_PHRASE}
        return self.words | of_phrases | {word for word in self._ignored if len(word) >= _LONG_STOP_WORD}

    def is_whole(self, word: str) -> bool:
        """Return whether a folded word is never matched as a prefix: "men" does not find "mental"."""
        return word in self._whole

    def is_ignored(self, word: str) -> bool:
        """Return whether a folded word is a stop word: it asks for no group in particular."""
        return word in self._ignored

    def is_weak(self, phrase: Phrase) -> bool:
        """Return whether folded words say little without others: "cafe"."""
        return len(phrase) == 1 and phrase[0] in self._weak

    def is_sentence(self, phrase: Phrase) -> bool:
        """Return whether a phrase has a stop word, or is several words that find another which does not find them."""
        if any(map(self.is_ignored, phrase)):
            return True
        others = self.expand(phrase) - {phrase} if len(phrase) > 1 else ()
        return any(phrase not in self._finds[other] for other in others if other in self._finds)

    def as_written(self, word: str) -> str:
        """Return a word as it is written: "ADHD" for "adhd"."""
        return self._initials.get(fold(word), word)

    def is_spelt_right(self, word: str) -> bool:
        """Return whether a folded word is never corrected, though nothing is known of it."""
        return word in self._spelt_right

    def knows(self, word: str) -> bool:
        """Return whether a folded word is a stop word, or has synonyms."""
        return word in self._ignored or self._known((word,)) is not None

    def expand(self, typed: str | Phrase) -> frozenset[Phrase]:
        """Return a word or phrase with its synonyms."""
        phrase = phrase_of(typed) if isinstance(typed, str) else typed
        return frozenset({phrase}) | frozenset(self._finds.get(self._known(phrase) or phrase, ()))

    def wanted(self, words: Sequence[str]) -> tuple[frozenset[Phrase], ...]:
        """Return the sets of phrases of which a listing must hold one each to match the folded words."""
        return tuple(self.wanted_by_phrase(words).values())

    def wanted_by_phrase(self, words: Sequence[str]) -> dict[Phrase, frozenset[Phrase]]:
        """Return what `wanted` does, by the words typed for each.

        Words of a known phrase ("low mood") are taken together. Stop words ("group") are left out.
        """
        found: dict[frozenset[Phrase], Phrase] = {}
        for phrase in self.split(words):
            if len(phrase) > 1 or phrase[0] not in self._ignored:
                found.setdefault(self.expand(phrase), phrase)
        return {phrase: expanded for expanded, phrase in found.items()}

    def split(self, words: Sequence[str]) -> Iterator[Phrase]:
        """Yield folded words in order, those of a known phrase together."""
        start = 0
        while start < len(words):
            phrase = self.phrase_at(words, start)
            yield phrase
            start += len(phrase)

    def phrases_in(self, words: Sequence[str]) -> Iterator[Phrase]:
        """Yield the known phrases of more than one word in folded words, as the vocabulary has them."""
        lengths = self._lengths
        for start in [place for place, word in enumerate(words) if word in lengths]:
            for length in lengths[words[start]]:
                phrase = tuple(words[start : start + length])
                if len(phrase) == length and (known := self._known(phrase)):
                    yield known

    @cached_property
    def _lengths(self) -> dict[str, set[int]]:
        """How long the phrases are that begin with a word."""
        lengths: dict[str, set[int]] = defaultdict(set)
        for phrase in self._finds:
            if len(phrase) > 1:
                lengths[phrase[0]].add(len(phrase))
        return lengths

    def phrase_at(self, words: Sequence[str], start: int) -> Phrase:
        """Return the longest known phrase that begins at a word; else that word alone."""
        for length in range(min(self._longest, len(words) - start), 1, -1):
            phrase = tuple(words[start : start + length])
            if self._known(phrase):
                return phrase
        return (words[start],)

    def _known(self, phrase: Phrase) -> Phrase | None:
        """Return the phrase as the vocabulary has it, with or without a final "s"; None if it does not."""
        *others, last = phrase
        for ending in (last, f"{last}s", last.removesuffix("s")):
            if (*others, ending) in self._finds:
                return (*others, ending)
        return None


class Corrections:
    """Spelling correction against the words that a search can find.

    `known` are folded words, or a mapping from them to the number of listings, which breaks ties. `before` are the
    corrections before an edit, whose index is used again where the words are the same.
    """

    _spelling: Spelling

    def __init__(self, known: Iterable[str] | Mapping[str, int], before: "Corrections | None" = None) -> None:
        self._listings = dict(known) if isinstance(known, Mapping) else dict.fromkeys(known, 1)
        if before is not None and before._listings.keys() == self._listings.keys():
            self._spelling = before._spelling
        else:
            self._spelling = Spelling(word for word in self._listings if len(word) >= _ONE_EDIT and word.isalpha())

    def correct(self, word: str) -> str | None:
        """Return the known word nearest to a folded one; None if that is known, or near no other.

        At most one edit, or two in a word of eight letters or more. Of equally near words those with the same first
        letter go first, then the commoner.
        """
        if word in self._listings or len(word) < _ONE_EDIT or not word.isalpha():
            return None
        near = self._spelling.near(word, 1)
        if not near and len(word) >= _TWO_EDITS:
            near = self._spelling.near(word, 2)
        best = min(
            near,
            key=lambda other: (other.distance, other.word[0] != word[0], -self._listings[other.word], other.word),
            default=None,
        )
        return best.word if best else None


def correct(word: str, known_words: Iterable[str] | Mapping[str, int]) -> str | None:
    """Return the known word nearest to a misspelt one. For several words use a `Corrections`."""
    return Corrections(known_words).correct(word)


def key_of(phrase: Phrase) -> str:
    """Return the key of the index for a phrase of several words. It begins with a space, so that no word begins it."""
    return f" {' '.join(phrase)}"


def phrase_of(text: str) -> Phrase:
    """Return the folded words of a text."""
    return tuple(fold(text).split())


def read_vocabulary(path: Path) -> Vocabulary:
    """Return the vocabulary of a file. Raises ValueError, naming the file, for an invalid one."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path.name} cannot be read: {error}") from error
    lists = dict.fromkeys(("whole", "ignored", "spelt_right", "weak", "initials"), _is_list)
    shapes = {"same": _is_list_of_lists, "finds": _is_table_of_lists, **lists}
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
    """Return the vocabulary of `groups/search/synonyms.toml`, cached."""
    return read_vocabulary(SYNONYMS)
