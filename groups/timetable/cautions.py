"""Days on which nobody should believe a regular pattern, unless the group has spoken of that very day."""

import datetime

#: What is said with a date of a group that meets in term time only. Nobody knows the term dates of every school.
TERM_TIME_CAUTION = "term time only: ask whether it is on"
#: By month and day: what the day is called where a group may well be off, whatever its pattern says.
_DAYS = {
    (12, 24): "Christmas Eve",
    (12, 25): "Christmas Day",
    (12, 26): "Boxing Day",
    (12, 27): "over Christmas",
    (12, 31): "New Year’s Eve",
    (1, 1): "New Year’s Day",
}


def day_name_at_christmas(day: datetime.date) -> str:
    """What a day at Christmas or New Year is called: "Christmas Eve"; "" for any other day."""
    return _DAYS.get((day.month, day.day), "")


def day_caution(day: datetime.date) -> str:
    """What is said with a date at Christmas or New Year: "ask first: it is Christmas Eve"; "" for any other day."""
    name = day_name_at_christmas(day)
    return f"ask first: it is {name}" if name else ""
