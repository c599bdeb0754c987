"""Normalise a written schedule before its tokens are looked for: dashes, spaces, symbols, hours and dates in words."""

import re
import unicodedata
from collections.abc import Callable, Sequence

def tidy(sentence: str) -> str:
    """Return a sentence with dashes, spaces, "and", noon, am and pm normalised; upper and lower case are kept."""
    # Invisible format characters, such as soft hyphens, carry no meaning.
    text = "".join(letter for letter in sentence if unicodedata.category(letter) != "Cf").replace("\u2019", "'")
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    text = re.sub(r"\s*&\s*|(?<!\d)\s*\+\s*", " and ", text)
    for pattern, plain in _PLAIN:
        text = pattern.sub(plain, text)
    return " ".join(text.split())


def hours_in_digits(text: str) -> str:
    """Return a tidy text with "half past seven" and "till nine" as 7.30 and 9."""
    for pattern, digits in _PLAIN_HOURS:
        text = pattern.sub(digits, text)
    return text


_HOURS_IN_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_HOUR_NAMES = rf"(?:{'|'.join(_HOURS_IN_WORDS)}|1[0-2]|[1-9])"


def _hour_of(name: str) -> str:
    return name if name.isdigit() else str(_HOURS_IN_WORDS.index(name.lower()) + 1)


_REPLACEMENTS: list[tuple[str, str | Callable[[re.Match[str]], str]]] = [
    (r"\b([ap])\.\s?m\b\.?|(?<=\d)([ap])\.\s?m\b\.?", lambda half: f"{(half[1] or half[2]).lower()}m"),
    (r"\bmid-?day\b|\b12(?:[.:]00)?\s*(?:noon|mid-?day)\b", "noon"),
    (r"\b12(?:[.:]00)?\s*midnight\b", "midnight"),
    (r"\bbank-hol(?:iday)?(s?)\b", r"bank holiday\1"),
    (r"\bb(?:ank)?[/ -]?h(?:ol)?s\b", "bank holidays"),
]
_IN_DIGITS: list[tuple[str, Callable[[re.Match[str]], str]]] = [
    (rf"\bhalf[ -]past\s+({_HOUR_NAMES})\b", lambda half: f"{_hour_of(half[1])}.30"),
    (rf"\bquarter\s+past\s+({_HOUR_NAMES})\b", lambda quarter: f"{_hour_of(quarter[1])}.15"),
    (rf"(?<=\d)(\s*(?:-|to|until|till?)\s*)({_HOUR_NAMES})\b", lambda end: f"{end[1]}{_hour_of(end[2])}"),
    (rf"\b(at|from)\s+({_HOUR_NAMES})(?=\s*(?:$|[,.;:()]|o'?clock))", lambda hour: f"{hour[1]} {_hour_of(hour[2])}"),
]


def _compiled(
    replacements: Sequence[tuple[str, str | Callable[[re.Match[str]], str]]],
) -> list[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]]:
    return [(re.compile(pattern, re.IGNORECASE), plain) for pattern, plain in replacements]


_PLAIN, _PLAIN_HOURS = _compiled(_REPLACEMENTS), _compiled(_IN_DIGITS)
