"""When groups meet in the weeks to come, from the plain columns of their rows."""

import datetime
from collections import namedtuple
from functools import cache, lru_cache
from typing import NamedTuple

from common.nations import Nation
from groups.choices import Frequency, Weekday
from groups.models.meets_on_dates import timetable_of
from groups.models.schedule import OF_PATTERN, change_of, pattern_of
from groups.timetable.meetings import LONDON, Meeting, Slot, meetings

#: How far ahead meetings are known, for "soonest" and for what is on.
WINDOW = datetime.timedelta(weeks=8)
#: So many ways to meet are remembered while everything is read: those that many groups have in common.
COMMON = 1000

#: The columns of a pattern's row that matter here; the last two are of a venue of its own: the code of the area whose
#: bank holidays are kept there, and whether it is confidential.
OF_SCHEDULE = (*OF_PATTERN, "venue__district__gss_code", "venue__address_is_confidential")
ScheduleRow = namedtuple("ScheduleRow", [*OF_PATTERN, "of_venue", "venue_is_hidden"])

_DAY_PARTS = (("morning", 12), ("afternoon", 17), ("evening", 24))
#: What says that it meets, but not when.
_NOT_KNOWN = (Frequency.ASK, Frequency.TO_BE_AGREED)


def time_of_day(starts_at: datetime.time) -> str:
    """The part of the day in which a time lies: morning to noon, afternoon to five, then evening."""
    return next(part for part, until in _DAY_PARTS if starts_at.hour < until)


class MeetingTimes(NamedTuple):
    """On which days and in which parts of a day a group meets: as options, both together, and as words."""

    options: tuple[tuple[str, str], ...] = ()
    together: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()


class MeetingDates:
    """When groups meet from a day on. What many have in common is worked out once, and each moment kept once."""

    def __init__(self, today: datetime.date) -> None:
        self.today = self._from = today
        self._until = today + WINDOW
        self._times, self._meetings = cache(_times), lru_cache(COMMON)(self._worked_out)
        self._begins = cache(_begins)

    def times(self, schedules: tuple[ScheduleRow, ...]) -> MeetingTimes:
        """On which days, in which part of each; of patterns that are over nothing."""
        known = (one for one in schedules if one.frequency not in _NOT_KNOWN and not self._is_over(one))
        return self._times(tuple((one.weekday, one.starts_at) for one in known))

    def meetings(
        self,
        schedules: tuple[ScheduleRow, ...],
        changes: tuple[tuple, ...],
        nation: Nation,
        is_paused: bool,
        until: datetime.date | None,
    ) -> tuple[datetime.datetime, ...]:
        """When it begins to meet in the weeks to come."""
        # Only what is different can bring back a pattern that is over: a meeting that was moved.
        matter = schedules if changes else tuple(one for one in schedules if not self._is_over(one))
        return self._meetings(matter, changes, nation, is_paused, until)

    def _is_over(self, schedule: ScheduleRow) -> bool:
        return schedule.last_date is not None and schedule.last_date < self._from

    def _worked_out(
        self,
        schedules: tuple[ScheduleRow, ...],
        changes: tuple[tuple, ...],
        nation: Nation,
        is_paused: bool,
        until: datetime.date | None,
    ) -> tuple[datetime.datetime, ...]:
        slots = (
            Slot(pattern_of(*columns), nation=Nation.of_code(of_venue) or nation) for *columns, of_venue, _ in schedules
        )
        timetable = timetable_of(slots, (change_of(*columns) for columns in changes), is_paused, until)
        found = meetings(timetable, self._from, self._until)
        return tuple(self._begins(meeting.date, meeting.starts_at) for meeting in found)


def _times(known: tuple[tuple[int | None, datetime.time | None], ...]) -> MeetingTimes:
    days = [Weekday(weekday).label.lower() if weekday is not None else "" for weekday, _ in known]
    parts = [time_of_day(starts_at) if starts_at else "" for _, starts_at in known]
    together = dict.fromkeys((day, part) for day, part in zip(days, parts, strict=True) if day and part)
    options = dict.fromkeys([*(("day", day) for day in days if day), *(("time", part) for part in parts if part)])
    return MeetingTimes(tuple(options), tuple(together), tuple(word for _, word in options))


def _begins(day: datetime.date, starts_at: datetime.time | None) -> datetime.datetime:
    """When a meeting begins; one without a known time stands at the end of its day."""
    return Meeting(day, starts_at).starts or datetime.datetime.combine(day, datetime.time.max, LONDON)
