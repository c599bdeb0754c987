"""Meeting times and dates of groups, computed from plain column values rather than model instances."""

import datetime
from functools import cache, lru_cache
from typing import NamedTuple

from common.nations import Nation
from groups.choices import Weekday
from groups.models.meets_on_dates import timetable_of
from groups.models.schedule import change_of
from groups.timetable.columns import OF_PATTERN, pattern_of
from groups.timetable.meetings import LONDON, Meeting, Slot, meetings
from groups.timetable.patterns import Pattern

from ..index.meeting_filter import time_of_day

#: How far ahead meetings are indexed.
WINDOW = datetime.timedelta(weeks=8)
#: Entries in the caches of patterns and of meetings during a load: many groups share a timetable.
CACHE_SIZE = 10_000

#: The columns read of a schedule. The last two are of its own venue: the GSS code of its district, whose nation gives
#: the bank holidays, and whether the venue is confidential.
SCHEDULE_COLUMNS = (*OF_PATTERN, "venue__district__gss_code", "venue__address_is_confidential")


class ScheduleRow(NamedTuple):
    """A row with `SCHEDULE_COLUMNS`."""

    frequency: str
    interval: int
    weekday: int | None
    ordinals: str
    day_of_month: int | None
    starts_at: datetime.time | None
    ends_at: datetime.time | None
    first_date: datetime.date | None
    last_date: datetime.date | None
    skips_bank_holidays: bool
    months_off: str
    term_time_only: bool
    venue_area_code: str | None
    venue_is_hidden: bool | None


class MeetingTimes(NamedTuple):
    """The weekdays and times of day on which a group meets: as options, as (day, time) pairs, and as search words."""

    options: tuple[tuple[str, str], ...] = ()
    together: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()


class MeetingDates:
    """Computes meeting times and dates from a day on, memoised across groups."""

    def __init__(self, today: datetime.date) -> None:
        self.today = today
        # Caches of bound methods of its own would be a circle, which only the garbage collector frees: a load has none.
        window = _Window(today)
        self._window, self._times = window, cache(_times)
        self._dating, self._meetings = (
            lru_cache(CACHE_SIZE)(window.dating_columns),
            lru_cache(CACHE_SIZE)(window.meetings),
        )

    def times(self, schedules: tuple[ScheduleRow, ...]) -> MeetingTimes:
        """Return the days and times of the schedules that are not over."""
        patterns = [self._window.pattern(self._dating(row)) for row in schedules if not self._is_over(row)]
        return self._times(tuple((pattern.weekdays, pattern.starts_at) for pattern in patterns if pattern.is_regular))

    def meetings(
        self,
        schedules: tuple[ScheduleRow, ...],
        changes: tuple[tuple, ...],
        nation: Nation,
        is_paused: bool,
        until: datetime.date | None,
    ) -> tuple[datetime.datetime, ...]:
        """Return when each meeting in the window begins, in order."""
        changes = tuple(change for change in changes if self._window.has_change(change))
        # Only a change, such as a meeting that was moved, can give a schedule that is over a meeting to come.
        relevant = schedules if changes else tuple(self._dating(row) for row in schedules if not self._is_over(row))
        if not any(row.skips_bank_holidays for row in relevant):
            nation = Nation.ENGLAND
        return self._meetings(relevant, changes, nation, is_paused, until if is_paused else None)

    def _is_over(self, schedule: ScheduleRow) -> bool:
        return schedule.last_date is not None and schedule.last_date < self.today


class _Window:
    """The days in which meetings are indexed, and what begins in them."""

    def __init__(self, today: datetime.date) -> None:
        self._from, self._until = today, today + WINDOW
        self.pattern, self._begins = lru_cache(CACHE_SIZE)(_pattern), cache(_begins)

    def meetings(
        self,
        schedules: tuple[ScheduleRow, ...],
        changes: tuple[tuple, ...],
        nation: Nation,
        is_paused: bool,
        until: datetime.date | None,
    ) -> tuple[datetime.datetime, ...]:
        """Return when the meetings of some schedules begin, with the changes that matter."""
        slots = [Slot(self.pattern(row), nation=Nation.of_code(row.venue_area_code) or nation) for row in schedules]
        if not changes:
            return self._undisturbed(slots, is_paused, until)
        timetable = timetable_of(slots, (change_of(*columns) for columns in changes), is_paused, until)
        found = meetings(timetable, self._from, self._until)
        return tuple(self._begins(meeting.date, meeting.starts_at) for meeting in found)

    def dating_columns(self, row: ScheduleRow) -> ScheduleRow:
        """Return a schedule with what decides when its meetings in the window begin, and the rest blank.

        So that schedules that differ in when they end, or began years ago, share an entry of the cache.
        """
        first = row.first_date
        if first is not None and first <= self._from:
            # Every few weeks is counted from it.
            step = datetime.timedelta(weeks=row.interval)
            first = None if row.interval == 1 else first + (self._from - first) // step * step
        is_open = row.last_date is None or row.last_date > self._until
        return row._replace(
            ends_at=None,
            first_date=first,
            last_date=None if is_open else row.last_date,
            term_time_only=False,
            venue_area_code=row.venue_area_code if row.skips_bank_holidays else None,
            venue_is_hidden=None,
        )

    def has_change(self, change: tuple) -> bool:
        """Return whether a change, with the columns `OF_CHANGE`, is of a day in the window."""
        _, date, until, new_date, *_ = change
        return date <= self._until and (until or date) >= self._from or bool(new_date and new_date >= self._from)

    def _undisturbed(
        self, slots: list[Slot], is_paused: bool, until: datetime.date | None
    ) -> tuple[datetime.datetime, ...]:
        """Return when the meetings of slots without changes begin. It is what `meetings` says, in half the time."""
        if is_paused and until is None:
            return ()
        first = max(self._from, until + datetime.timedelta(days=1)) if is_paused and until else self._from
        return tuple(
            sorted(
                {
                    self._begins(day, slot.pattern.starts_at)
                    for slot in slots
                    for day in slot.pattern.dates(first, self._until)
                    if not slot.is_off(day)
                }
            )
        )


def _pattern(row: ScheduleRow) -> Pattern:
    return pattern_of(*row[:-2])


def _times(known: tuple[tuple[tuple[Weekday, ...], datetime.time | None], ...]) -> MeetingTimes:
    """Return the times of regular patterns, each given as its weekdays and when it begins."""
    rows = [
        ([weekday.label.lower() for weekday in weekdays], time_of_day(starts_at) if starts_at else "")
        for weekdays, starts_at in known
    ]
    together = dict.fromkeys((day, part) for days, part in rows for day in days if part)
    options = dict.fromkeys(
        [*(("day", day) for days, _ in rows for day in days), *(("time", part) for _, part in rows if part)]
    )
    return MeetingTimes(tuple(options), tuple(together), tuple(word for _, word in options))


def _begins(day: datetime.date, starts_at: datetime.time | None) -> datetime.datetime:
    """Return when a meeting begins; without a known time, the end of its day."""
    return Meeting(day, starts_at).starts or datetime.datetime.combine(day, datetime.time.max, LONDON)
