"""Meeting times and dates of groups, computed from plain column values rather than model instances."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from common.nations import Nation
from groups.choices import Weekday
from groups.models.meets_on_dates import timetable_of
from groups.models.schedule import change_of
from groups.timetable.columns import OF_PATTERN, pattern_of
from groups.timetable.meetings import LONDON, Meeting, Slot, meetings
from groups.timetable.patterns import Pattern

from ..index.document import Term
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
    """The weekdays and times of day on which a group meets: as (day, time) pairs, and as options and search words."""

    together: tuple[tuple[str, str], ...] = ()
    #: What all groups with these times are found by.
    term: Term = Term()


@dataclass(frozen=True, eq=False, slots=True)
class _Dating:
    """What of a schedule decides when its meetings in the window begin; those that do not differ in it share one."""

    pattern: Pattern
    #: Of its own venue, if it matters.
    venue_nation: Nation | None
    weekdays: tuple[Weekday, ...]


class MeetingDates:
    """Computes meeting times and dates from a day on, memoised across groups."""

    def __init__(self, today: datetime.date) -> None:
        self.today = today
        # Caches of bound methods of its own would be a circle, which only the garbage collector frees: a load has none.
        window = _Window(today)
        self._window, self._times = window, cache(_times)
        self._dating, self._meetings = lru_cache(CACHE_SIZE)(window.dating), lru_cache(CACHE_SIZE)(window.meetings)

    def times(self, schedules: tuple[ScheduleRow, ...]) -> MeetingTimes:
        """Return the days and times of the schedules that are not over."""
        patterns = [dating for row in schedules if (dating := self._dating(row)) is not None]
        return self._times(
            tuple([(each.weekdays, each.pattern.starts_at) for each in patterns if each.pattern.is_regular])
        )

    def meetings(
        self,
        schedules: tuple[ScheduleRow, ...],
        changes: tuple[tuple, ...],
        nation: Nation,
        is_paused: bool,
        until: datetime.date | None,
    ) -> tuple[datetime.datetime, ...]:
        """Return when each meeting in the window begins, in order."""
        patterns = tuple([dating for row in schedules if (dating := self._dating(row)) is not None])
        until = until if is_paused else None
        is_off = any(each.pattern.skips_bank_holidays for each in patterns)
        found = self._meetings(patterns, nation if is_off else Nation.ENGLAND, is_paused, until)
        changes = tuple([change for change in changes if self._window.has_change(change)])
        return self._window.with_changes(found, schedules, changes, nation, is_paused, until) if changes else found


class _Window:
    """The days in which meetings are indexed, and what begins in them."""

    def __init__(self, today: datetime.date) -> None:
        self._from, self._until = today, today + WINDOW
        self._dating_of, self._begins = cache(_dating_of), cache(_begins)

    def dating(self, row: ScheduleRow) -> _Dating | None:
        """Return what decides when the meetings of a schedule in the window begin; None for one that is over."""
        if row.last_date is not None and row.last_date < self._from:
            return None
        first = row.first_date
        if first is not None and first <= self._from:
            # Every few weeks is counted from it.
            step = datetime.timedelta(weeks=row.interval)
            first = None if row.interval == 1 else first + (self._from - first) // step * step
        is_open = row.last_date is None or row.last_date > self._until
        dating: _Dating = self._dating_of(
            row._replace(
                ends_at=None,
                first_date=first,
                last_date=None if is_open else row.last_date,
                term_time_only=False,
                venue_area_code=row.venue_area_code if row.skips_bank_holidays else None,
                venue_is_hidden=None,
            )
        )
        return dating

    def has_change(self, change: tuple) -> bool:
        """Return whether a change, with the columns `OF_CHANGE`, is of a day in the window."""
        _, date, until, new_date, *_ = change
        return date <= self._until and (until or date) >= self._from or bool(new_date and new_date >= self._from)

    def meetings(
        self, patterns: tuple[_Dating, ...], nation: Nation, is_paused: bool, until: datetime.date | None
    ) -> tuple[datetime.datetime, ...]:
        """Return when the meetings of schedules without changes begin. It is what `meetings` says, in half the time."""
        if is_paused and until is None:
            return ()
        first = max(self._from, until + datetime.timedelta(days=1)) if is_paused and until else self._from
        found: set[datetime.datetime] = set()
        for dating in patterns:
            pattern, begins = dating.pattern, self._begins
            days: Iterable[datetime.date] = pattern.dates(first, self._until)
            if pattern.skips_bank_holidays:
                slot = Slot(pattern, nation=dating.venue_nation or nation)
                days = (day for day in days if not slot.is_off(day))
            found.update([begins(day, pattern.starts_at) for day in days])
        return tuple(sorted(found))

    def with_changes(
        self,
        found: tuple[datetime.datetime, ...],
        schedules: tuple[ScheduleRow, ...],
        changes: tuple[tuple, ...],
        nation: Nation,
        is_paused: bool,
        until: datetime.date | None,
    ) -> tuple[datetime.datetime, ...]:
        """Return when meetings begin, given when they would without some changes. Only the days of these are asked."""
        slots = [
            Slot(_pattern(row), nation=Nation.of_code(row.venue_area_code) or nation)
            # Only a change, such as a meeting that was moved, can give a schedule that is over a meeting to come.
            for row in schedules
        ]
        timetable = timetable_of(slots, (change_of(*columns) for columns in changes), is_paused, until)
        begins = [*found]
        for first, last in self._days_changed(changes):
            begins = [each for each in begins if not first <= each.date() <= last]
            begins += [self._begins(meeting.date, meeting.starts_at) for meeting in meetings(timetable, first, last)]
        return tuple(sorted({*begins}))

    def _days_changed(self, changes: tuple[tuple, ...]) -> Iterator[tuple[datetime.date, datetime.date]]:
        """Yield the first and the last day of the ranges in the window that changes are of."""
        for _, date, until, new_date, *_ in changes:
            for first, last in ((date, until or date), (new_date, new_date)):
                if first is not None and last is not None and first <= self._until and last >= self._from:
                    yield max(first, self._from), min(last, self._until)


def _dating_of(row: ScheduleRow) -> _Dating:
    pattern = _pattern(row)
    return _Dating(pattern, Nation.of_code(row.venue_area_code), pattern.weekdays)


def _pattern(row: ScheduleRow) -> Pattern:
    # Past its cache, which is for the patterns that pages show: a load would fill it.
    return pattern_of.__wrapped__(*row[:-2])


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
    return MeetingTimes(tuple(together), Term(tuple(options), tuple(word for _, word in options)))


def _begins(day: datetime.date, starts_at: datetime.time | None) -> datetime.datetime:
    """Return when a meeting begins; without a known time, the end of its day."""
    return Meeting(day, starts_at).starts or datetime.datetime.combine(day, datetime.time.max, LONDON)
