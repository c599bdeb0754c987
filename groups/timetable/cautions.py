"""Days on which a regular pattern is not to be relied on unless the group has confirmed that day."""

import datetime

#: Shown with each date of a term-time-only pattern: term dates differ between schools and are not stored.
TERM_TIME_CAUTION = "term time only: ask whether it is on"
#: `{(month, day): name}` of days on which groups are often off despite their pattern.
_DAYS = {
    (12, 24): "Christmas Eve",
    (12, 25): "Christmas Day",
    (12, 26): "Boxing Day",
    (12, 27): "over Christmas",
    (12, 31): "New Year’s Eve",
    (1, 1): "New Year’s Day",
}


def day_name_at_christmas(day: datetime.date) -> str:
    """Return the name of a day at Christmas or New Year, such as "Christmas Eve"; "" for any other day."""
    return _DAYS.get((day.month, day.day), "")


def day_caution(day: datetime.date) -> str:
    """Return the caution for a day at Christmas or New Year, "ask first: it is Christmas Eve"; "" for any other day."""
    name = day_name_at_christmas(day)
    return f"ask first: it is {name}" if name else ""
