"""Days and times as plain English, and the fixed sentences of a schedule."""

import datetime

from ..choices import Month, Weekday

#: `{stored number: word}` of the ordinals of a weekday in a month.
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
TO_BE_AGREED = "Day and time: for the members to decide."
ASK = "Day and time: ask the organiser."
ASK_FOR_THE_TIME = "Ask for the time."
#: Asked for with each date: an enumeration takes longer to find a label in.
_WEEKDAYS, _MONTHS = tuple(day.label for day in Weekday), ("", *(month.label for month in Month))


def day_ordinal(day: int) -> str:
    """Return a day of the month as "1st" or "22nd"."""
    suffix = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{suffix}"


def format_day(day: datetime.date, today: datetime.date) -> str:
    """Return a day as "Thursday 3 December", with the year if that is not the year of `today`."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month]}{year}"


def listed(words: list[str], conjunction: str = "and") -> str:
    """Return words joined as "first, third and last"."""
    return f" {conjunction} ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
