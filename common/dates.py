"""Days in the words people use."""

import datetime


def format_date(day: datetime.date) -> str:
    """A day: "4 July 2016"."""
    return f"{day.day} {day:%B %Y}"


def format_date_range(first: datetime.date | None, last: datetime.date | None) -> str:
    """A day, or a range of days, said shortly: "4 July 2016", "4 to 8 July 2016"; nothing for no day."""
    if first is None:
        return ""
    if last is None or last == first:
        return format_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {format_date(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} to {format_date(last)}"
    return f"{format_date(first)} to {format_date(last)}"
