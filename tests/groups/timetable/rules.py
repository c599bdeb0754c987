"""The same patterns by an independent engine: `dateutil.rrule`, as RFC 5545 writes them."""

import datetime
from collections.abc import Iterator

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule, rruleset, weekdays

from groups.choices import Frequency
from groups.timetable.patterns import Pattern


def dates_by_rule(pattern: Pattern, first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """A pattern's days in a range, as the engine finds them."""
    start = pattern.first_date or first
    end = min(last, pattern.last_date) if pattern.last_date else last
    months = [month for month in range(1, 13) if month not in pattern.months_off]
    rules = rruleset()
    if pattern.frequency == Frequency.WEEKLY:
        # Counted from the first meeting: the engine would count from the week of any day that it is given.
        start = next(iter(rrule(DAILY, dtstart=_noon(start), byweekday=weekdays[pattern.weekday], count=1))).date()
        rules.rrule(
            rrule(
                WEEKLY,
                dtstart=_noon(start),
                until=_noon(end),
                interval=pattern.interval,
                byweekday=weekdays[pattern.weekday],
                bymonth=months,
            )
        )
    elif pattern.frequency == Frequency.MONTHLY_BY_WEEKDAY:
        which = [weekdays[pattern.weekday](ordinal) for ordinal in pattern.ordinals]
        rules.rrule(rrule(MONTHLY, dtstart=_noon(start), until=_noon(end), byweekday=which, bymonth=months))
    else:
        rules.rrule(
            rrule(MONTHLY, dtstart=_noon(start), until=_noon(end), bymonthday=pattern.day_of_month, bymonth=months)
        )
    return [day for day in _days(rules) if first <= day <= last]


def _days(rules: rruleset) -> Iterator[datetime.date]:
    return (moment.date() for moment in rules)


def _noon(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(12))
