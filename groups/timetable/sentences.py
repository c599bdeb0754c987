"""Days and times as plain English, and the fixed sentences of a schedule."""

import datetime

from ..choices import Month, Weekday

#: `{stored number: word}` of the ordinals of a weekday in a month.
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
TO_BE_AGREED = "Day and time: for the members to decide."
ASK = "Day and time: ask the organiser."
ASK_FOR_THE_TIME = "Ask for the time."


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
