"""Normalise a written schedule before its tokens are looked for: dashes, symbols, hours in words, numeric dates."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from ..choices import Month
from .lexicon import DAY, MONTHS

_Replacement = str | Callable[[re.Match[str]], str]


def tidy(sentence: str) -> str:
    """Return a sentence with dashes, spaces, "and", noon, am and pm normalised; upper and lower case are kept."""
    text = "".join(map(_plain_letter, sentence)).replace("\u2019", "'").replace("\u02bc", "'")
    text = re.sub(r"[\u2010-\u2015\u2212]|\s[\u2190-\u2194\u27a1]\s", "-", text)
    text = re.sub(r"\s*&\s*|(?<!\d)\s*\+\s*", " and ", text)
    for pattern, plain in _PLAIN:
        text = pattern.sub(plain, text)
    return " ".join(text.split())


def hours_in_digits(text: str) -> str:
    """Return a tidy text with "half past seven" and "till nine" as 7.30 and 9."""
    for pattern, digits in _PLAIN_HOURS:
        text = pattern.sub(digits, text)
    return text


def _plain_letter(letter: str) -> str:
    """Return a character without what carries no meaning: format characters vanish, and a pictograph is a bullet."""
    category = unicodedata.category(letter)
    if category == "Cf" or "\ufe00" <= letter <= "\ufe0f":
        # Soft hyphens, zero-width joiners and the variation selectors of pictographs.
        return ""
    return "\u2022" if category in ("So", "Sk") and letter not in "`^" else letter


_HOURS_IN_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_WORDS = rf"(?:{'|'.join(_HOURS_IN_WORDS)})"
_HOUR_NAMES = rf"(?:{'|'.join(_HOURS_IN_WORDS)}|1[0-2]|[1-9])"
_UNTIL = r"(?:-|to|until|till?)"


def _hour_of(name: str) -> str:
    return name if name.isdigit() else str(_HOURS_IN_WORDS.index(name.lower()) + 1)


def _hour_before(name: str) -> str:
    return str((int(_hour_of(name)) - 2) % 12 + 1)


def _date_in_words(match: re.Match[str]) -> str:
    """Return "14/01/2027" as "14 January 2027"; what is no date as it stands."""
    day, month, year = (int(number) for number in match.groups())
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return match[0]
    return f"{day} {Month(month).label} {year if year > 99 else 2000 + year}"


def _fortnightly(match: re.Match[str]) -> str:
    """Return "fortnightly" where one day is named: on two days it may be twice a week."""
    return "fortnightly" if len(_DAY.findall(match.string)) == 1 else "bi-weekly"


_DAY = re.compile(DAY, re.IGNORECASE)

_REPLACEMENTS: list[tuple[str, _Replacement]] = [
    # Bullets, and the pictographs that are made bullets, stand between parts as commas do.
    (r"^[\s\u2022]+|[\s\u2022]+$", ""),
    (r"(?<=[,:;.!(-])\s*\u2022[\s\u2022]*|\s*\u2022[\s\u2022]*(?=[,.;:!)-])", " "),
    (r"\s*\u2022[\s\u2022]*", ", "),
    (r"(?<=[\w).!?])[ \t]*\n\s*(?=\w)", lambda line: ", " if line.string[line.start() - 1] not in ".!?" else " "),
    (r"\b([ap])\.\s?m\b\.?|(?<=\d)([ap])\.\s?m\b\.?", lambda half: f"{(half[1] or half[2]).lower()}m"),
    (r"(?<=\d)\s*\(([ap]m)\)", r"\1"),
    (r"\bmid-?day\b|\b12(?:[.:]00)?\s*(?:noon|mid-?day)\b", "noon"),
    (r"\b12(?:[.:]00)?\s*midnight\b", "midnight"),
    # "7-30pm" and "7;30pm" are half past: no day has thirty hours.
    (r"(?<![\d.:-])(\d{1,2})[-;](15|30|45)(?=\s*[ap]m\b)", r"\1.\2"),
    (r"(?<!\w)@\s*(?=\d)", "at "),
    (r"(?<!\w)#(?=[^\W\d])", ""),
    (r"\s+\|\s+", ", "),
    (r"(?<![\d/])(\d{1,2})/(\d{1,2})/(20\d\d|\d\d)(?![\d/])", _date_in_words),
    (
        rf"\b({'|'.join(MONTHS)})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(20\d\d)\b",
        lambda date: f"{date[2]} {date[1]} {date[3]}",
    ),
    (r"\bnite(s?)\b", r"night\1"),
    (r"\bbi[ -]?weekly\b", _fortnightly),
    (rf"({DAY})\s+am\b", r"\1 morning"),
    (r"\bbank-hol(?:iday)?(s?)\b", r"bank holiday\1"),
    (r"\bb(?:ank)?[/ -]?h(?:ol)?s\b", "bank holidays"),
]
_IN_DIGITS: list[tuple[str, _Replacement]] = [
    (rf"\bhalf[ -]past\s+({_HOUR_NAMES})\b", lambda half: f"{_hour_of(half[1])}.30"),
    (rf"\bhalf\s+({_WORDS})\b(?!\s*-?\s*(?:hours?|day|days|term)\b)", lambda half: f"{_hour_of(half[1])}.30"),
    (rf"\bquarter\s+past\s+({_HOUR_NAMES})\b", lambda quarter: f"{_hour_of(quarter[1])}.15"),
    (rf"\bquarter\s+to\s+({_HOUR_NAMES})\b", lambda quarter: f"{_hour_before(quarter[1])}.45"),
    (rf"\b({_WORDS})(?=\s*(?:[ap]m\b|o'?clock\b))", lambda hour: _hour_of(hour[1])),
    # "From ten to twelve" may be ten minutes before; "from ten till twelve" is not.
    (
        rf"\b(from|between)\s+({_WORDS})(?=\s*(?:-|and|until|till?|(?<!ten )(?<!five )to)\s+{_HOUR_NAMES}\b)",
        lambda hour: f"{hour[1]} {_hour_of(hour[2])}",
    ),
    (rf"(?<=\d)(\s*{_UNTIL}\s*)({_HOUR_NAMES})\b", lambda end: f"{end[1]}{_hour_of(end[2])}"),
    (rf"(between \d\S* and )({_WORDS})\b", lambda end: f"{end[1]}{_hour_of(end[2])}"),
    (
        rf"\b(at|from)\s+({_HOUR_NAMES})(?=\s*(?:$|[,.;:()]|o'?clock|in the|on |every |each ))",
        lambda hour: f"{hour[1]} {_hour_of(hour[2])}",
    ),
]


def _compiled(replacements: Sequence[tuple[str, _Replacement]]) -> list[tuple[re.Pattern[str], _Replacement]]:
    return [(re.compile(pattern, re.IGNORECASE), plain) for pattern, plain in replacements]


_PLAIN, _PLAIN_HOURS = _compiled(_REPLACEMENTS), _compiled(_IN_DIGITS)
