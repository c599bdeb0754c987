"""The next meetings of a group, together with the days off before the last of them."""

import datetime
from dataclasses import dataclass

from ..choices import ChangeKind
from .meetings import LONDON, DayOff, Meeting, Timetable, days_off, next_meetings

_INSTANT = datetime.timedelta.resolution
_CANCELLING = (ChangeKind.OFF, ChangeKind.OFF_RANGE)


@dataclass(frozen=True)
class NextDates:
    """Upcoming meetings, the days off to list with them, and whether meetings are expected but none is found."""

    meetings: list[Meeting]
    days_off: list[DayOff]
    none_to_come: bool


def next_dates(
    timetable: Timetable,
    now: datetime.datetime,
    count: int,
    until: datetime.date | None = None,
    *,
    begins: datetime.datetime | None = None,
    with_all_changes: bool = False,
) -> NextDates:
    """Return the next `count` meetings after a moment, with the days off up to the last of them, or to `until`.

    Meetings before the one that begins at the moment `begins` are left out. Without a known time it begins at the end
    of its day.

    Where no more meetings follow, the days off go on to the last day of the patterns: who reads "until 24 December"
    must learn that the last meetings are off. `with_all_changes` adds every later day off that an editor has put in.
    """
    today = now.astimezone(LONDON).date()
    upcoming = next_meetings(timetable, now if begins is None else max(now, begins - _INSTANT), count + 1)
    shown, is_all = upcoming[:count], len(upcoming) <= count
    last = max(filter(None, [today, until, shown[-1].date if shown else None]))
    if is_all:
        last = max([last, *_last_days(timetable)])
    last_with_changes = max(last, _last_change(timetable) or last) if with_all_changes else last
    off = days_off(timetable, today, last_with_changes)
    return NextDates(
        shown,
        [day_off for day_off in off if day_off.first <= last or not day_off.is_bank_holiday],
        not upcoming and _is_expected(timetable, today),
    )


def _last_days(timetable: Timetable) -> list[datetime.date]:
    """Return the known last dates of patterns and changes."""
    days = [*(slot.pattern.last_date for slot in timetable.slots), _last_change(timetable)]
    return [day for day in days if day is not None]


def _last_change(timetable: Timetable) -> datetime.date | None:
    """Return the last day affected by a cancelling change, or None."""
    return max((change.last_day for change in timetable.changes if change.kind in _CANCELLING), default=None)


def _is_expected(timetable: Timetable, today: datetime.date) -> bool:
    """Return whether a pattern still has dates to come: not during an open-ended pause, nor without a known date."""
    if timetable.pause is not None and timetable.pause.last is None and timetable.is_paused(today):
        return False
    return any(slot.pattern.has_known_dates and not slot.pattern.is_over(today) for slot in timetable.slots)
