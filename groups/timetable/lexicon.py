"""The tokens and normalisation with which `parse` reads schedules written in English."""

import re
import unicodedata
from collections.abc import Callable

from ..choices import Month, Weekday

_AND = r"(?:\s*(?:,|/|\band\b)\s*)+"


def _names(members: type[Weekday] | type[Month], shortest: int) -> dict[str, int]:
    """Return `{abbreviation: value}` for the names of days or months, down to `shortest` letters."""
    return {
        member.label.lower()[:length]: member.value
        for member in members
        for length in range(shortest, len(member.label) + 1)
    }


WEEKDAYS = _names(Weekday, 3)
MONTHS = _names(Month, 3)
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twelve": 12}

DAY = rf"(?:{'|'.join(WEEKDAYS)})(?:'?s)?\b\.?"
# "May Day", "May half-term" and "May 2027" are not the month, every year.
MONTH = rf"(?:{'|'.join(MONTHS)})\b\.?(?!\s*(?:\([^)]*\)\s*)?(?:day|half|bank)\b)"
_ORDINAL = r"(?:first|second|third|fourth|fifth|last|\d{1,2}(?:st|nd|rd|th))\b"
_DATE = rf"(?:{DAY},?\s*)?\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTH},?\s+\d{{4}}\b"
_NO_BANK_HOLIDAYS = r"(?:(?:the|uk|any|public or)\s+)*(?:bank|public)\s+hol(?:iday)?s?\b(?:\s+mon(?:day)?s?\b)?"
_OFF = rf"(?:(?:on|in|during|the|month of)\s+)*(?:{_NO_BANK_HOLIDAYS}|{MONTH}(?!\s*\d))"
_EXCEPT = (
    r"(?:except(?:ing)?|excluding|excl?\b\.?|(?:but\s+)?not|apart from|other than"
    r"|(?:but\s+)?no\s+(?:meetings?|groups?|sessions?)|closed)(?:\s+for)?"
)
_SCHOOL_HOLIDAYS = r"(?:(?:in|during|for)\s+)?(?:the\s+)?school\s+hol(?:iday)?s\b"
_TERM = (
    r"(?:(?:in|during)\s+(?:the\s+)?(?:school\s+)?terms?(?:[ -]?times?)?|(?:school\s+)?term[ -]?times?)\b(?:\s+only\b)?"
)

# A number alone is a time only in a range, where the other end or a part of the day says which half of the day.
_TO = r"\s*(?:-|\bto\b|\buntil\b|\btill?\b)\s*"
_ENDS = r"(?![\w+:]|\.\d)"
_HOURS = r"\s*(?:hrs|hours)\b"
_CLOCK = (
    rf"(?:noon|midnight|\d\d[.:]\d\d{_HOURS}|\d{{4}}(?:{_HOURS}|(?=\s*-\s*\d{{4}}{_HOURS}))"
    rf"|\d{{1,2}}\s*o'?clock(?:\s*[ap]m)?|\d{{1,2}}[.:]\d\d(?:\s*[ap]m)?|\d{{1,2}}\s*[ap]m){_ENDS}"
)
_HOUR = (
    rf"(?:1[0-2]|[1-9]){_ENDS}"
    r"(?!\s*-\s*\d+(?:s|\+)|\s*(?:hours?|hrs?|minutes?|mins?|weeks?|days?|times?|years?|sessions?|groups?|meet\w*)\b)"
)
_RANGE = rf"(?:{_CLOCK}{_TO}(?:{_CLOCK}|{_HOUR})|{_HOUR}{_TO}(?:{_CLOCK}|{_HOUR}))"
_BETWEEN = rf"between\s+(?:{_CLOCK}|{_HOUR})\s*(?:-|\band\b)\s*(?:{_CLOCK}|{_HOUR})"
_START = r"(?:(?:from|at|@|start(?:s|ing)?(?:\s+(?:at|from))?)\s+)?"
_NUMBER = rf"(?:{'|'.join(NUMBERS)}|\d{{1,2}})"

#: The weekdays of each token that means the same ones always.
DAYS_OF = {"all_days": range(7), "workdays": range(5), "weekends": range(5, 7)}
#: Tokens that say how often, on the days beside them.
HOW_OFTEN = {"weekly", "monthly"}
#: `(name, pattern)` of each token, tried in this order at each position. One in neither `DAYS_OF` nor `HOW_OFTEN` means
#: what the method `_<name>` of `Reader` makes of it, or nothing. Text that is neither a token nor a remark makes the
#: sentence unreadable.
TOKENS = [
    (name, re.compile(pattern, re.IGNORECASE | re.ASCII))
    for name, pattern in {
        "ask_for_the_time": (
            r"(?:please )?ask for the time\b|times? (?:tb[ac]|to be (?:confirmed|announced)|var(?:y|ies))\b"
        ),
        "the_sun": r"the\s+sun\b",
        "term_time": rf"{_TERM}|{_EXCEPT}\s+{_SCHOOL_HOLIDAYS}",
        "off": rf"{_EXCEPT}\s+{_OFF}(?:(?:\s*,)?\s*(?:,|/|\b(?:and|or|nor)\b)\s*(?:not\s+)?{_OFF})*",
        "days_off": rf"{_EXCEPT}\s+(?:on\s+)?{DAY}(?:(?:\s*,\s*|\s+(?:and|or)\s+){DAY})*",
        "first_date": rf"(?:from|(?:starting|starts|beginning|commencing)(?:\s+(?:from|on))?)\s+{_DATE}",
        "next_date": rf"next\s+(?:(?:meets|meeting)\s+)?(?:on\s+|is\s+)?{_DATE}",
        "last_date": rf"(?:until|till|ending(?:\s+on)?)\s+{_DATE}",
        "months": (
            rf"(?:from\s+)?{MONTH}{_TO}{MONTH}(?:\s+only\b)?"
            rf"|(?:in|of|during)\s+{MONTH}(?:{_AND}{MONTH})+(?:\s+only\b)?"
        ),
        "range": rf"(?:{_BETWEEN}|(?:(?:from|at|@)\s+)?{_RANGE})",
        "time": rf"{_START}{_CLOCK}(?:\s+(?:start|kick-off)\b)?",
        "interval": (
            rf"every\s+other\b(?=\s+(?:{DAY}|week\b))|alternat(?:e|ing)\b(?=\s+(?:{DAY}|weeks?\b))"
            rf"|(?:every|once\s+a)\s+fortnight\b|fortnightly\b|every\s+second\s+week\b|every\s+{_NUMBER}\s+weeks\b"
        ),
        "weeks": r"weeks?\b",
        "every_second": rf"(?:every|each)\s+(?:second|2nd)\b(?=\s+{DAY})",
        "quarterly": r"quarterly\b",
        "weekly": r"weekly\b|(?:every|each|once\s+a)\s+week\b|per\s+week\b",
        "monthly": (
            r"monthly\b|(?:of|in|on)\s+(?:the|each|every|a)\s+(?:calendar\s+)?month\b"
            r"|(?:every|each|once\s+a|per|a|of)\s+(?:calendar\s+)?month\b"
        ),
        "has_one": r"that has one\b|(?:if|when) there is (?:a fifth|one)\b",
        "all_days": r"(?:every\s+day|daily|(?:7|seven) days a week)\b",
        "workdays": r"(?:every\s+weekday|weekdays)\b",
        "weekends": r"(?:every\s+weekend|weekends)\b",
        "ordinals": rf"(?:(?P<every>every|each)\s+)?(?:the\s+)?{_ORDINAL}(?:{_AND}(?:the\s+)?{_ORDINAL})*",
        "day_range": rf"{DAY}\s*(?:-|\bto\b|\bthrough\b|\buntil\b)\s*{DAY}",
        "weekdays": rf"{DAY}(?:{_AND}{DAY})*",
        "part_of_day": r"(?:mornings?|afternoons?|evenings?|eves?|nights?)\b",
        "every": rf"(?:every|each|any(?=\s+{DAY}))\b",
        "noise": (
            r"(?:we|the\s+group)\s+(?:meets?|get\s+together)\b|meet(?:s|ings?)?\b|held\b|takes?\s+place\b|runs?\b"
            r"|group\b|sessions?\b|all\s+(?:the\s+)?year(?:\s+round)?\b|and(?:\s+again|\s+then)?\b|plus\b"
            r"|(?:on|the|in|at|a|is|are|when|days?|times?)\b|[,;:()]|-(?=\s)|\.(?=\s|$)"
        ),
    }.items()
]

#: Words at an edge that show that the sentence is cut off: its other part is in another line of the cell.
UNFINISHED = re.compile(
    r"^(?:and|or|to|plus)\b|^[,:;/-]|^\(.*\)$|(?:\b(?:and|or|to|plus|the|at|on)|[,:/-])$", re.IGNORECASE
)
#: Separators between two times of the same days: "10am and 2pm", "10am to noon, 2pm to 4pm".
JOINS_TIMES = re.compile(r"\s*,?\s*(?:and|plus)(?:\s+again|\s+then)?\s*", re.IGNORECASE)
JOINS_RANGES = re.compile(r"\s*,\s*")


def weekday_of(name: str) -> int:
    """Return the weekday number of a lower-case name, which may be plural or abbreviated."""
    letters = name.rstrip(".").replace("'", "")
    return WEEKDAYS[letters] if letters in WEEKDAYS else WEEKDAYS[letters.removesuffix("s")]


def months_in(text: str) -> list[int]:
    """Return the month numbers named in lower-case text, in order."""
    return [MONTHS[month.rstrip(".")] for month in re.findall(MONTH, text)]


def tidy(sentence: str) -> str:
    """Return a sentence with dashes, spaces, "and", noon, am and pm normalised; upper and lower case are kept."""
    # Invisible format characters, such as soft hyphens, carry no meaning.
    text = "".join(letter for letter in sentence if unicodedata.category(letter) != "Cf").replace("\u2019", "'")
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    text = re.sub(r"\s*&\s*|(?<!\d)\s*\+\s*", " and ", text)
    for pattern, plain in _PLAIN:
        text = pattern.sub(plain, text)
    return " ".join(text.split())


_REPLACEMENTS: list[tuple[str, str | Callable[[re.Match[str]], str]]] = [
    (r"\b([ap])\.\s?m\b\.?|(?<=\d)([ap])\.\s?m\b\.?", lambda half: f"{(half[1] or half[2]).lower()}m"),
    (r"\bmid-?day\b|\b12(?:[.:]00)?\s*(?:noon|mid-?day)\b", "noon"),
    (r"\b12(?:[.:]00)?\s*midnight\b", "midnight"),
    (r"\bbank-hol(?:iday)?(s?)\b", r"bank holiday\1"),
    (r"\bb(?:ank)?[/ -]?h(?:ol)?s\b", "bank holidays"),
]
_PLAIN = [(re.compile(pattern, re.IGNORECASE), plain) for pattern, plain in _REPLACEMENTS]
