"""The English that schedules are written in: what `parse` knows, and nothing that it would have to guess."""

import re

from ..choices import Month, Weekday

_AND = r"(?:\s*(?:,|/|\band\b)\s*)+"


def _names(members, shortest: int) -> dict[str, int]:
    """Every way to shorten the names of days or months, down to so many letters."""
    return {
        member.label.lower()[:length]: member.value
        for member in members
        for length in range(shortest, len(member.label) + 1)
    }


WEEKDAYS = _names(Weekday, 3)
MONTHS = _names(Month, 3)
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twelve": 12}

DAY = rf"(?:{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})(?:'?s)?\b\.?"
MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_ORDINAL = r"(?:first|second|third|fourth|fifth|last|\d{1,2}(?:st|nd|rd|th))\b"
_DATE = rf"(?:{DAY},?\s*)?\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTH},?\s+\d{{4}}\b"
_NO_BANK_HOLIDAYS = r"(?:(?:the|uk|any|public or)\s+)*(?:bank|public)\s+hol(?:iday)?s?\b(?:\s+mon(?:day)?s?\b)?"
_OFF = rf"(?:(?:on|in|during|the|month of)\s+)*(?:{_NO_BANK_HOLIDAYS}|{MONTH})"
_EXCEPT = (
    r"(?:except(?:ing)?|excluding|excl?\b\.?|(?:but\s+)?not|apart from|other than"
    r"|(?:but\s+)?no\s+(?:meetings?|groups?|sessions?)|closed)(?:\s+for)?"
)

_HOURS = r"\s*(?:hrs|hours)\b"
_CLOCK = (
    rf"(?:noon|midnight|\d{{1,2}}(?:[.:]\d{{2}})?\s*(?:am|pm)?|\d{{4}}(?={_HOURS}|\s*-\s*\d{{4}}{_HOURS}))"
    rf"(?![\d:])(?:{_HOURS})?"
)
_NUMBER = rf"(?:{'|'.join(NUMBERS)}|\d{{1,2}})"

#: What a sentence may be made of, tried in this order wherever it stands. What fits none of these is not read.
TOKENS = [
    (name, re.compile(pattern))
    for name, pattern in {
        "ask_for_the_time": (
            r"(?:please )?ask for the time\b|times? (?:tb[ac]|to be (?:confirmed|announced)|var(?:y|ies))\b"
        ),
        "off": rf"{_EXCEPT}\s+{_OFF}(?:(?:\s*,)?\s*(?:,|/|\b(?:and|or|nor)\b)\s*(?:not\s+)?{_OFF})*",
        "term_time": (
            r"(?:(?:in|during)\s+(?:the\s+)?)?(?:(?:school\s+)?term[\s-]*time|school\s+term)(?:\s+only)?\b"
            rf"|{_EXCEPT}\s+(?:(?:in|during)\s+)?(?:the\s+)?school\s+holidays?\b"
        ),
        "first_date": rf"(?:from|(?:starting|starts|beginning|commencing)(?:\s+(?:from|on))?)\s+{_DATE}",
        "last_date": rf"(?:until|till|ending(?:\s+on)?)\s+{_DATE}",
        "times": (
            rf"between\s+{_CLOCK}\s*(?:-|\band\b)\s*{_CLOCK}"
            rf"|(?:(?:from|at|@)\s+)?{_CLOCK}\s*(?:-|\bto\b|\buntil\b|\btill\b)\s*{_CLOCK}"
        ),
        "interval": (
            rf"every\s+other\b(?=\s+(?:{DAY}|week\b))|alternat(?:e|ing)\b(?=\s+(?:{DAY}|weeks?\b))"
            rf"|(?:every|once\s+a)\s+fortnight\b|fortnightly\b|every\s+second\s+week\b|every\s+{_NUMBER}\s+weeks\b"
        ),
        "weeks": r"weeks?\b",
        "every_second": rf"(?:every|each)\s+(?:second|2nd)\b(?=\s+{DAY})",
        "weekly": r"weekly\b|(?:every|each|once\s+a)\s+week\b|per\s+week\b",
        "monthly": (
            r"monthly\b|(?:of|in|on)\s+(?:the|each|every|a)\s+(?:calendar\s+)?month\b"
            r"|(?:every|each|once\s+a|per|a|of)\s+(?:calendar\s+)?month\b"
        ),
        "has_one": r"that has one\b|(?:if|when) there is (?:a fifth|one)\b",
        "all_days": r"(?:every\s+day|daily|7 days a week)\b",
        "workdays": r"(?:every\s+weekday|weekdays)\b",
        "ordinals": rf"(?:(?P<every>every|each)\s+)?(?:the\s+)?{_ORDINAL}(?:{_AND}(?:the\s+)?{_ORDINAL})*",
        "day_range": rf"{DAY}\s*(?:-|\bto\b|\bthrough\b|\buntil\b)\s*{DAY}",
        "weekdays": rf"{DAY}(?:{_AND}{DAY})*",
        "part_of_day": r"(?:mornings?|afternoons?|evenings?|nights?)\b",
        "every": r"(?:every|each)\b",
        "time": rf"(?:(?:from|at|@|start(?:s|ing)?(?:\s+(?:at|from))?)\s+)?{_CLOCK}(?:\s+start\b)?",
        "noise": (
            r"(?:we|the\s+group)\s+meets?\b|meet(?:s|ings?)?\b|held\b|takes?\s+place\b|runs?\b|group\b|sessions?\b"
            r"|(?:on|the|in|at|and|a|from|is|are|usual|when|days?|times?)\b|[,;:()]|-(?=\s)|\.(?=\s|$)"
        ),
    }.items()
]


def tidy(sentence: str) -> str:
    """A sentence in small letters, with one way to write each dash, "and", noon, am and pm."""
    text = sentence.casefold().replace("\u00a0", " ").replace("\u2019", "'")
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    text = re.sub(r"\s*[&+]\s*", " and ", text)
    text = re.sub(r"(?<![a-z])([ap])\.\s?m\b\.?", r"\1m", text)
    text = re.sub(r"\bmid-?day\b|\b12(?:[.:]00)?\s*(?:noon|mid-?day)\b", "noon", text)
    text = re.sub(r"\b12(?:[.:]00)?\s*midnight\b", "midnight", text)
    text = re.sub(r"\bo'?clock\b", "", text)
    text = re.sub(r"\bb(?:ank)?[/ -]?h(?:ol)?s\b|\bbank-hol", lambda found: _bank_holiday(found[0]), text)
    return " ".join(text.split())


def _bank_holiday(short: str) -> str:
    return "bank hol" if short == "bank-hol" else "bank holidays"
