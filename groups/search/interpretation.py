"""Interprets the typed text of a search with the terms and words of the current snapshot: see `parsing/parser.py`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from common.text import fold
from places.location.exact import locate_exactly
from places.location.nearly_postcodes import find_nearly_postcode
from places.location.results import LocatedPlace, PlaceChoices, PlaceNotFound

from .facets import FACETS_BY_NAME
from .not_listed import OtherHelp, other_help
from .parsing.language import FilterValue, search_language
from .parsing.parser import LARGE_TOWN, ParsedText, QueryParser, Token, is_quoted, tokens_of
from .place_cache import locate_cached
from .snapshot.snapshot import DirectorySnapshot
from .wanted import wanted_phrases

#: A text of more letters is a sentence about somebody: only what is known of its words is looked for.
LONG_TEXT = 100
#: The fewest letters of a word of a long text that is corrected.
_LONG_SLIP = 6
#: The fewest letters that are taken for the beginning of a town.
_BEGINNING_OF_TOWN = 5
#: The filters of which "not on Mondays" leaves all other values.
_EXCLUSIVE = {"day", "time", "format"}


@dataclass(frozen=True)
class Interpretation:
    """An interpreted text: words, filters, a place, and the words that were corrected.

    Of a long one `text` is "": no page repeats it.
    """

    text: str
    parsed: ParsedText = ParsedText()
    #: Several places of one name, of which none is likely enough.
    candidates: PlaceChoices | None = None
    #: (what was typed, the word it was taken for).
    corrections: tuple[tuple[str, str], ...] = ()
    #: The parts of a postcode that may be meant: "LS1 4" for "LS1 4A".
    suggestions: tuple[LocatedPlace, ...] = ()
    is_long: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words to look for, each once."""
        return tuple(dict.fromkeys(token.folded for token in self.parsed.words))

    @property
    def shown_words(self) -> str:
        """The words to look for as pages show them."""
        return " ".join(token.typed for token in self.parsed.words)

    @property
    def name(self) -> tuple[str, ...]:
        """The words of a name, by which a listing is found whatever else they mean; () where that would say too little.

        They are at least two, and not only filters and a place.
        """
        name = self.parsed.name
        return name if len(name) > 1 and self.parsed.words and not self.parsed.is_plain else ()

    @property
    def other_help(self) -> list[OtherHelp]:
        """What is said of help that was looked for, and is no peer support group."""
        return other_help(self.parsed.not_listed)

    @property
    def notices(self) -> list[str]:
        """A sentence for each difference between the text and what is looked for."""
        notices = [f"We looked for “{word}”. You typed “{typed}”." for typed, word in self.corrections]
        unwanted = () if self.is_long else self.parsed.unwanted  # No page repeats a long text.
        notices += [f"We cannot leave groups out by a word, so we did not look for “{typed}”." for typed in unwanted]
        if self.is_long and (self.words or self.has_more_than_words or self.candidates):
            notices.append("That is a lot of words, so we looked for those that we know.")
        elif self.is_long:
            notices.append("We know none of those words, so we left them out. Try a few, like “art” or “anxiety”.")
        return notices

    @property
    def has_more_than_words(self) -> bool:
        return not self.parsed.is_plain

    @property
    def parameters(self) -> dict[str, list[str]]:
        """The filters as parameters of the form."""
        values: dict[str, list[str]] = {}
        for name, value in self.parsed.filters:
            values.setdefault(name, []).append(value)
        return values


def interpret(text: str, snapshot: DirectorySnapshot, *, with_place: bool) -> Interpretation:
    """Return the interpretation of a text. A place is looked for only `with_place`: a search has one.

    Of a long text those words are left that the vocabulary knows.
    """
    found = _interpret(text, snapshot, with_place)
    return _with_known_words(found, snapshot) if len(text) > LONG_TEXT else found


def _interpret(text: str, snapshot: DirectorySnapshot, with_place: bool) -> Interpretation:
    parsed = parser_of(snapshot).parse(text, with_place)
    if is_quoted(text):
        return Interpretation(text, parsed)
    words, corrections = [], []
    unknown: list[Token] = []
    in_phrases, not_places = _in_phrases(parsed.words, snapshot), search_language().not_places
    for at, token in enumerate(parsed.words):
        may_be_place = token in parsed.after_preposition
        is_word = token.folded in not_places or is_found(token.folded, snapshot)
        if at in in_phrases or (not may_be_place and is_word):
            words.append(token)
        elif not may_be_place and (corrected := snapshot.corrections.correct(token.folded)):
            if snapshot.vocabulary.is_ignored(corrected):
                continue
            if corrected.removesuffix("s") == token.folded.removesuffix("s"):
                # A plural is no slip.
                words.append(Token(corrected, token.typed))
                continue
            corrections.append((token.typed, corrected))
            words.append(Token(corrected, corrected))
        else:
            words.append(token)
            unknown.append(token)
    if (corrections or unknown) and with_place and parsed.place is not None:
        whole = locate_cached(text)
        if isinstance(whole, LocatedPlace):
            # "Brihgton and Hove": the second half is a place, too.
            return Interpretation(text, ParsedText(place=whole, name=parsed.name))
    if corrections:
        # Listings have "Birmingham" in their names, but who types "Birmigham" means the city; "sundy" is a day.
        again = parser_of(snapshot).parse(" ".join(token.typed for token in words), with_place and parsed.place is None)
        if not again.is_plain:
            filters = tuple(dict.fromkeys((*parsed.filters, *again.filters)))
            parsed = replace(parsed, filters=filters, place=again.place or parsed.place)
            words = list(again.words)
            unknown = [token for token in unknown if token in words]
    found = Interpretation(text, replace(parsed, words=tuple(words)), None, tuple(corrections))
    if unknown and parsed.place is not None and (nearly := find_nearly_postcode(text)):
        left = tuple(token for token in words if token not in unknown)
        return replace(found, parsed=replace(found.parsed, words=left), suggestions=nearly.suggestions)
    if with_place and parsed.place is None:
        unknown = unknown or [token for token in words if _is_cut_town(token, snapshot)]
        return _with_misspelt_place(found, unknown, snapshot) if unknown else found
    return found


def is_only_words(text: str, snapshot: DirectorySnapshot) -> bool:
    """Return whether a text typed as a place is not one, but words and filters: "anxiety", "tonight"."""
    return parser_of(snapshot).is_words(text) and not locate_exactly([text])


def parser_of(snapshot: DirectorySnapshot) -> QueryParser:
    """Return the parser of a snapshot, which knows its words and terms."""
    return snapshot.cached(
        ("parser",),
        lambda: QueryParser(
            search_language(),
            snapshot.vocabulary,
            locate_exactly,
            is_known=snapshot.index.has_word,
            offers=partial(_offers, snapshot.terms),
            others=others_of,
        ),
    )


def is_found(word: str, snapshot: DirectorySnapshot) -> bool:
    """Return whether a word, or a synonym of it, finds any listing, or is one that is not corrected."""
    if snapshot.vocabulary.knows(word) or snapshot.vocabulary.is_spelt_right(word):
        return True
    if word in search_language().not_listed_words:
        return True
    phrases = tuple(phrases for _, phrases in wanted_phrases([word], snapshot.vocabulary))
    return snapshot.index.frequency(phrases) > 0


def known_words(interpretation: Interpretation, snapshot: DirectorySnapshot) -> tuple[str, ...]:
    """Return those of the words that have synonyms, alone or in a phrase: "suicidal" in "feeling suicidal"."""
    return tuple(dict.fromkeys(token.folded for token in _known_tokens(interpretation, snapshot)))


def _known_tokens(interpretation: Interpretation, snapshot: DirectorySnapshot) -> tuple[Token, ...]:
    tokens, vocabulary = interpretation.parsed.words, snapshot.vocabulary
    in_phrases = _in_phrases(tokens, snapshot)
    return tuple(
        token
        for at, token in enumerate(tokens)
        if at in in_phrases or (vocabulary.knows(token.folded) and not vocabulary.is_ignored(token.folded))
    )


def _with_known_words(found: Interpretation, snapshot: DirectorySnapshot) -> Interpretation:
    # Of a sentence the short words that nobody knows are its own: "name" is no slip of "BAME".
    of_its_own = {word for typed, word in found.corrections if len(typed) < _LONG_SLIP}
    known = tuple(token for token in dict.fromkeys(_known_tokens(found, snapshot)) if token.folded not in of_its_own)
    words = tuple(token for token in known if not snapshot.vocabulary.is_weak((token.folded,))) or known
    corrections = tuple(pair for pair in found.corrections if any(pair[1] == token.folded for token in words))
    return replace(found, text="", parsed=replace(found.parsed, words=words), corrections=corrections, is_long=True)


def _in_phrases(tokens: Sequence[Token], snapshot: DirectorySnapshot) -> set[int]:
    """Return the positions of the words of known phrases: "forces" is no word of its own in "ex forces"."""
    found: set[int] = set()
    start = 0
    for phrase in snapshot.vocabulary.split([token.folded for token in tokens]):
        if len(phrase) > 1:
            found.update(range(start, start + len(phrase)))
        start += len(phrase)
    return found


def _is_cut_town(token: Token, snapshot: DirectorySnapshot) -> bool:
    """Return whether a word is the beginning of a town: "cardif". Listings are found by it, for they have the town."""
    word = token.folded
    if len(word) < _BEGINNING_OF_TOWN or snapshot.index.has_word(word) or snapshot.vocabulary.knows(word):
        return False
    place = locate_cached(token.typed)
    is_large = isinstance(place, LocatedPlace) and (place.population or 0) >= LARGE_TOWN
    return isinstance(place, LocatedPlace) and is_large and fold(place.name).startswith(word)


def _with_misspelt_place(found: Interpretation, unknown: list[Token], snapshot: DirectorySnapshot) -> Interpretation:
    """Return the interpretation with the place that words unknown to listings are near: "Norwhich"."""
    unknown = [token for token in unknown if not token.folded.isdigit()]
    if not unknown:
        return found
    place = locate_cached(" ".join(token.typed for token in unknown))
    start = found.parsed.words.index(unknown[0])
    if isinstance(place, PlaceNotFound) and start:
        # "St" is the beginning of many words: of St Ives only the second is unknown.
        longer = [found.parsed.words[start - 1], *unknown]
        named = locate_cached(" ".join(token.typed for token in longer))
        if isinstance(named, PlaceChoices) or (isinstance(named, LocatedPlace) and not named.corrected_from):
            unknown, place = longer, named
    words = tuple(token for token in found.parsed.words if token not in unknown)
    if isinstance(place, LocatedPlace):
        return replace(found, parsed=replace(found.parsed, words=words, place=place))
    if isinstance(place, PlaceChoices):
        return replace(found, parsed=replace(found.parsed, words=words), candidates=place)
    return found


def _offers(terms: Mapping[str, Mapping[str, str]], value: FilterValue) -> bool:
    name, answer = value
    return answer in FACETS_BY_NAME[name].answers(terms)


def others_of(values: Iterable[FilterValue]) -> tuple[FilterValue, ...]:
    """Return all other values of the filters of some values; () of a filter whose values do not exclude each other."""
    values = tuple(values)
    names = dict.fromkeys(name for name, _ in values)
    if not names.keys() <= _EXCLUSIVE:
        return ()
    return tuple(
        (name, value) for name in names for value in FACETS_BY_NAME[name].answers({}) if (name, value) not in values
    )


def plain_words(text: str) -> Interpretation:
    """Return the interpretation of a text as words alone: words of danger are no filters and no place."""
    return Interpretation(text, ParsedText(tuple(tokens_of(text))))
