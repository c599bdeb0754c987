"""The same patterns by an independent engine: `dateutil.rrule`, as RFC 5545 writes them."""

import datetime
from collections.abc import Iterator
from typing import assert_never

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule, rruleset, weekdays

from groups.timetable.patterns import Ask, MonthlyByDate, MonthlyByWeekday, Pattern, ToBeAgreed, Weekly


def dates_by_rule(pattern: Pattern, first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """A pattern's days in a range, as the engine finds them."""
    start = pattern.first_date or first
    end = min(last, pattern.last_date) if pattern.last_date else last
    months = [month for month in range(1, 13) if month not in pattern.months_off]
    rules = rruleset()
    match pattern:
        case Weekly():
            # Counted from the first meeting: the engine would count from the week of any day that it is given.
            start = next(iter(rrule(DAILY, dtstart=_noon(start), byweekday=weekdays[pattern.weekday], count=1))).date()
            repeats = {"freq": WEEKLY, "interval": pattern.interval, "byweekday": weekdays[pattern.weekday]}
        case MonthlyByWeekday():
            which = [weekdays[pattern.weekday](ordinal) for ordinal in pattern.ordinals]
            repeats = {"freq": MONTHLY, "byweekday": which}
        case MonthlyByDate():
            repeats = {"freq": MONTHLY, "bymonthday": pattern.day_of_month}
        case ToBeAgreed() | Ask():
            return []
        case _:
            assert_never(pattern)
    rules.rrule(rrule(dtstart=_noon(start), until=_noon(end), bymonth=months, **repeats))
    return [day for day in _days(rules) if first <= day <= last]


def _days(rules: rruleset) -> Iterator[datetime.date]:
    return (moment.date() for moment in rules)


def _noon(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(12))
