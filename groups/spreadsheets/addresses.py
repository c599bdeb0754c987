"""Compare the names and addresses of venues as people spell them. Pure."""

from collections.abc import Iterable

from common.text import fold_name

#: Words of streets with their abbreviations. "Saint" is "st" already: see `fold_name`.
_SHORT = {
    "street": "st",
    "road": "rd",
    "avenue": "ave",
    "lane": "ln",
    "drive": "dr",
    "square": "sq",
    "terrace": "ter",
    "gardens": "gdns",
}


def is_same_address(given: str, known: str, endings: Iterable[str] = ()) -> bool:
    """Return whether two addresses say the same, whatever their case, spaces, commas and short words.

    Either may end with some of the given words: the town, district and postcode, which have columns of their own.
    """
    ends = [words for ending in endings if (words := _words(ending))]
    return _without(_words(given), ends) == _without(_words(known), ends)


def with_line(address: str, line: str) -> str:
    """Return an address with one more line, unless it already has these words."""
    words, text = _words(line), _words(address)
    is_there = any(text[at : at + len(words)] == words for at in range(len(text)))
    return address if not words or is_there else "\n".join(filter(None, [address, line]))


def _words(text: str) -> list[str]:
    return [_SHORT.get(word, word) for word in fold_name(text).split()]


def _without(words: list[str], endings: list[list[str]]) -> list[str]:
    while ending := next((each for each in endings if words[-len(each) :] == each), None):
        words = words[: -len(ending)]
    return words
