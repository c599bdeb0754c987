"""Format patterns, days and times as plain English."""

import datetime
from typing import TYPE_CHECKING

from ..choices import Frequency, Month, Weekday

if TYPE_CHECKING:
    from .patterns import Pattern

#: `{stored number: word}` of the ordinals of a weekday in a month.
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
TO_BE_AGREED = "Day and time: for the members to decide."
ASK = "Day and time: ask the organiser."
ASK_FOR_THE_TIME = "Ask for the time."


def sentence(pattern: "Pattern", today: datetime.date | None = None) -> str:
    """Return a pattern as a plain sentence. With `today`, a first date that is past is left out."""
    if pattern.frequency == Frequency.TO_BE_AGREED:
        return TO_BE_AGREED
    if pattern.frequency == Frequency.ASK:
        return ASK
    parts = [f"{_days(pattern)}{_from_and_until(pattern, today)}"]
    if pattern.frequency == Frequency.MONTHLY_BY_WEEKDAY and 5 in pattern.ordinals:
        parts.append("if there is a fifth")
    parts.append(format_time_range(pattern.starts_at, pattern.ends_at))
    if pattern.months_off:
        parts.append(f"not in {listed([Month(month).label for month in pattern.months_off], 'or')}")
    if pattern.skips_bank_holidays:
        parts.append("not on bank holidays")
    if pattern.term_time_only:
        parts.append("in term time only")
    text = ", ".join(filter(None, parts))
    return f"{text}. {ASK_FOR_THE_TIME}" if pattern.starts_at is None else f"{text}."


def format_time_range(starts_at: datetime.time | None, ends_at: datetime.time | None) -> str:
    """Return "6.30pm to 8pm", or "from 6.30pm" without an end; "" if the start is unknown."""
    if starts_at is None:
        return ""
    if ends_at is None:
        return f"from {format_time(starts_at)}"
    return f"{format_time(starts_at)} to {format_time(ends_at)}"


def format_time(time: datetime.time) -> str:
    """Return a time of day as "6.30pm", "2pm" or "noon"."""
    if time.minute == 0 and time.hour in (0, 12):
        return "noon" if time.hour else "midnight"
    hour = time.hour % 12 or 12
    minutes = f".{time.minute:02}" if time.minute else ""
    return f"{hour}{minutes}{'am' if time.hour < 12 else 'pm'}"


def day_ordinal(day: int) -> str:
    """Return a day of the month as "1st" or "22nd"."""
    suffix = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{suffix}"


def format_day(day: datetime.date, today: datetime.date) -> str:
    """Return a day as "Thursday 3 December", with the year if that is not the year of `today`."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{Weekday(day.weekday()).label} {day.day} {Month(day.month).label}{year}"


def listed(words: list[str], conjunction: str = "and") -> str:
    """Return words joined as "first, third and last"."""
    return f" {conjunction} ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _days(pattern: "Pattern") -> str:
    if pattern.frequency == Frequency.WEEKLY:
        weekday = pattern.weekday.label
        if pattern.interval > 2:
            # Not "every third Monday": many people read that as the third Monday of the month.
            return f"Every {pattern.interval} weeks on a {weekday}"
        return f"Every second {weekday}" if pattern.interval == 2 else f"Every {weekday}"
    if pattern.frequency == Frequency.MONTHLY_BY_WEEKDAY:
        return f"The {listed([ORDINALS[ordinal] for ordinal in pattern.ordinals])} {pattern.weekday.label} of the month"
    that_has_one = " that has one" if pattern.day_of_month > 28 else ""
    return f"The {day_ordinal(pattern.day_of_month)} of every month{that_has_one}"


def _from_and_until(pattern: "Pattern", today: datetime.date | None) -> str:
    first, last = pattern.first_date, pattern.last_date
    shows_first = first and (today is None or first > today)
    return (f" from {_date(first)}" if shows_first else "") + (f" until {_date(last)}" if last else "")


def _date(day: datetime.date) -> str:
    return f"{day.day} {Month(day.month).label} {day.year}"
