"""Patterns, days and times in the words people use."""

import datetime
from typing import TYPE_CHECKING

from ..choices import Frequency, Month, Weekday

if TYPE_CHECKING:
    from .patterns import Pattern

#: The ordinals of a weekday in a month, as they are stored and as they are said.
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
TO_BE_AGREED = "Day and time: for the members to decide."
ASK = "Day and time: ask the organiser."
ASK_FOR_THE_TIME = "Ask for the time."


def sentence(pattern: "Pattern", today: datetime.date | None = None) -> str:
    """A pattern in one plain sentence; for a day, without a first date that is past."""
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
    said = ", ".join(filter(None, parts))
    return f"{said}. {ASK_FOR_THE_TIME}" if pattern.starts_at is None else f"{said}."


def format_time_range(starts_at: datetime.time | None, ends_at: datetime.time | None) -> str:
    """From when to when: "6.30pm to 8pm", "from 6.30pm"; nothing for a start that nobody has told us."""
    if starts_at is None:
        return ""
    if ends_at is None:
        return f"from {format_time(starts_at)}"
    return f"{format_time(starts_at)} to {format_time(ends_at)}"


def format_time(time: datetime.time) -> str:
    """A time of day as people say it: "6.30pm", "2pm", "noon"."""
    if time.minute == 0 and time.hour in (0, 12):
        return "noon" if time.hour else "midnight"
    hour = time.hour % 12 or 12
    minutes = f".{time.minute:02}" if time.minute else ""
    return f"{hour}{minutes}{'am' if time.hour < 12 else 'pm'}"


def day_ordinal(day: int) -> str:
    """A day of the month: "1st", "22nd"."""
    suffix = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{suffix}"


def format_day(day: datetime.date, today: datetime.date) -> str:
    """A day with its weekday: "Thursday 3 December"; with the year if that is not this year's."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{Weekday(day.weekday()).label} {day.day} {Month(day.month).label}{year}"


def listed(words: list[str], conjunction: str = "and") -> str:
    """Words in a row: "first, third and last"."""
    return f" {conjunction} ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _days(pattern: "Pattern") -> str:
    if pattern.frequency == Frequency.WEEKLY:
        weekday = pattern.weekday.label
        if pattern.interval > 2:
            # Not "every third Monday": many people read that as the third Monday of the month.
            return f"Every {pattern.interval} weeks on a {weekday}"
        return f"Every second {weekday}" if pattern.interval == 2 else f"Every {weekday}"
    if pattern.frequency == Frequency.MONTHLY_BY_WEEKDAY:
        return f"The {listed([ORDINALS[one] for one in pattern.ordinals])} {pattern.weekday.label} of the month"
    that_has_one = " that has one" if pattern.day_of_month > 28 else ""
    return f"The {day_ordinal(pattern.day_of_month)} of every month{that_has_one}"


def _from_and_until(pattern: "Pattern", today: datetime.date | None) -> str:
    first, last = pattern.first_date, pattern.last_date
    is_said = first and (today is None or first > today)
    return (f" from {_date(first)}" if is_said else "") + (f" until {_date(last)}" if last else "")


def _date(day: datetime.date) -> str:
    return f"{day.day} {Month(day.month).label} {day.year}"
