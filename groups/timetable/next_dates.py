"""The next meetings of a group, together with the days off before the last of them."""

import datetime
from typing import NamedTuple

from ..choices import ChangeKind
from .meetings import LONDON, DayOff, Meeting, Timetable, days_off, may_have_days_off, meetings, next_meetings

_INSTANT = datetime.timedelta.resolution
_CANCELLING = (ChangeKind.OFF, ChangeKind.OFF_RANGE)


class NextDates(NamedTuple):
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
    changes_until: datetime.date | None = None,
) -> NextDates:
    """Return the next `count` meetings after a moment, with the days off up to the last of them, or to `until`.

    Meetings before the one that begins at the moment `begins` are left out. Without a known time it begins at the end
    of its day.

    Where no more meetings follow, the days off go on to the last day of the patterns: who reads "until 24 December"
    must learn that the last meetings are off. `changes_until` adds the days off that an editor has put in, if
    they begin by then.
    """
    today = now.astimezone(LONDON).date()
    start = now if begins is None else max(now, begins - _INSTANT)
    if not may_have_days_off(timetable):
        shown = next_meetings(timetable, start, count)
        return NextDates(shown, [], not shown and _is_expected(timetable, today))
    # One more tells whether these are all.
    upcoming = next_meetings(timetable, start, count + 1)
    shown, is_all = upcoming[:count], len(upcoming) <= count
    none_to_come = not upcoming and _is_expected(timetable, today)
    last = max(filter(None, [today, until, shown[-1].date if shown else None]))
    if is_all:
        last = max([last, *_last_days(timetable)])
    announced = last if changes_until is None else max(last, changes_until)
    last_change = None if changes_until is None else _last_change(timetable, announced)
    off = days_off(timetable, today, max(last, last_change or last))
    return NextDates(
        shown,
        [day_off for day_off in off if day_off.first <= (last if day_off.is_bank_holiday else announced)],
        none_to_come,
    )


def on_now(timetable: Timetable, now: datetime.datetime) -> Meeting | None:
    """Return the meeting that is on at a moment; None for none, and where its end is not known."""
    today = now.astimezone(LONDON).date()
    return next((meeting for meeting in meetings(timetable, today, today) if meeting.is_on(now)), None)


def _last_days(timetable: Timetable) -> list[datetime.date]:
    """Return the known last dates of patterns and changes."""
    days = [*(slot.pattern.last_date for slot in timetable.slots), _last_change(timetable)]
    return [day for day in days if day is not None]


def _last_change(timetable: Timetable, until: datetime.date = datetime.date.max) -> datetime.date | None:
    """Return the last day affected by a cancelling change that begins by a day, or None."""
    cancelling = (change for change in timetable.changes if change.kind in _CANCELLING and change.date <= until)
    return max((change.last_day for change in cancelling), default=None)


def _is_expected(timetable: Timetable, today: datetime.date) -> bool:
    """Return whether a pattern still has dates to come: not during an open-ended pause, nor without a known date."""
    if timetable.pause is not None and timetable.pause.last is None and timetable.is_paused(today):
        return False
    return any(slot.pattern.has_known_dates and not slot.pattern.is_over(today) for slot in timetable.slots)
