"""Questions about a clause whose weeks or days have several meanings."""

import re

from ..choices import Weekday
from . import lexicon
from .clauses import Clause
from .clock_reading import Ambiguous, Unreadable
from .sentences import ORDINALS, day_ordinal, listed


def raise_if_ambiguous(text: str, clause: Clause, has_first_date: bool) -> None:
    """Raise `Ambiguous` if a clause of a text has several meanings, with the text of each."""
    if clause.shared_ordinal and len(clause.ordinals) == 1:
        _ask_which_days(text, clause, clause.shared_ordinal)
    if clause.every_nth and not clause.is_monthly:
        _ask_which_weeks(text, clause.every_nth, has_first_date)
    if clause.is_monthly and clause.weekdays and not clause.ordinals and not clause.has_recurrence:
        _ask_which_of_the_month(text, clause)


#: The months that a season may be, the likeliest first.
_SEASONS = {
    "summer": ("April to September", "May to September", "June to August"),
    "winter": ("October to March", "October to April", "November to February"),
}
_SEASON = re.compile(
    r"(?:\b(?:in|during)\s+(?:the\s+)?)?\b(summer|winter)(?:\s+months)?(?:\s+only)?(?=\s*(?:[:,;.()]|$|\s-))",
    re.IGNORECASE,
)
#: "Not in the summer" would be the other months.
_NOT_IN_A_SEASON = re.compile(r"\b(?:except|not|no|clos\w+|break\w*|over|stops?|off|until|since)\b", re.IGNORECASE)


def raise_if_seasonal(text: str) -> None:
    """Raise `Ambiguous` if a text says what it does in summer or winter, with the months of each written out."""
    found = list(_SEASON.finditer(text))
    seasons = {match[1].lower() for match in found}
    if not found or _NOT_IN_A_SEASON.search(text):
        return
    # Summer and winter together are the whole year: "April to September" leaves "October to March".
    choices = range(2 if len(seasons) == 2 else 3)
    names = " and ".join(sorted(seasons))
    raise Ambiguous(
        f"Which months are {names}?",
        [_SEASON.sub(lambda match: _SEASONS[match[1].lower()][choice], text) for choice in choices],  # noqa: B023
    )


def rewritten(text: str, span: tuple[int, int], words: str) -> str:
    """Return a text with other words in a place."""
    return f"{text[: span[0]]}{words}{text[span[1] :]}"


def _ask_which_weeks(text: str, span: tuple[int, int], has_first_date: bool) -> None:
    """Ask of "every third Monday": the third of the month, or every three weeks?"""
    phrase = text[slice(*span)]
    [word] = re.findall(r"\b(second|third|fourth|fifth|2nd|3rd|4th|5th)\b", phrase.lower())
    number = lexicon.ORDINALS.get(word) or int(word[0])
    if word == "second" and has_first_date:
        # So the site itself writes every other week.
        return
    often = "every other" if number == 2 else f"every {number} weeks on"
    weeks = "every other week" if number == 2 else f"every {number} weeks"
    raise Ambiguous(
        f"“{phrase}”: the {word} of the month, or {weeks}?",
        [rewritten(text, span, f"monthly on the {word}"), rewritten(text, span, often)],
    )


def _ask_which_days(text: str, clause: Clause, span: tuple[int, int]) -> None:
    """Ask of "the first Monday and Thursday": the first Thursday, or every Thursday?"""
    ordinal = clause.ordinals[0] if not clause.ordinals[0].isdigit() else day_ordinal(int(clause.ordinals[0]))
    days = [Weekday(day).label for day in clause.weekdays]
    both = listed([days[0], *(f"{ordinal} {day}" for day in days[1:])])
    raise Ambiguous(f"“{ordinal} {text[slice(*span)]}”: the {ordinal} {days[-1]} too?", [rewritten(text, span, both)])


def _ask_which_of_the_month(text: str, clause: Clause) -> None:
    """Ask of "monthly on a Tuesday": on the first, the second, …?"""
    day = re.compile(rf"(?:\b(?:an?|the|each|every)\s+)?(?<!\w){lexicon.DAY}", re.IGNORECASE)
    if len(day.findall(text)) != 1:
        raise Unreadable
    name = Weekday(clause.weekdays[0]).label
    raise Ambiguous(
        f"Which {name} of the month?",
        [day.sub(f"{ordinal} {name}", text) for ordinal in ORDINALS.values() if ordinal != "fifth"],
    )
