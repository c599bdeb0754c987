"""Days in the words people use."""

import datetime


def day_in_words(day: datetime.date) -> str:
    """A day: "4 July 2016"."""
    return f"{day.day} {day:%B %Y}"


def date_range(first: datetime.date | None, last: datetime.date | None) -> str:
    """A day, or a range of days, said shortly: "4 July 2016", "4 to 8 July 2016"; nothing for no day."""
    if first is None:
        return ""
    if last is None or last == first:
        return day_in_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day_in_words(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} to {day_in_words(last)}"
    return f"{day_in_words(first)} to {day_in_words(last)}"
