"""Which meetings fit a search, by weekday, time of day and how soon they are."""

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from groups.timetable.meetings import LONDON

#: The options of the three facets.
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TIMES_OF_DAY = ("morning", "afternoon", "evening")
SOON = ("today", "tomorrow", "weekend", "this week")
_SATURDAY = WEEKDAYS.index("saturday")
#: The hours at which a time of day ends; the last ends with the day.
_UNTIL = (12, 17)
_A_DAY = datetime.timedelta(days=1)


def time_of_day(starts_at: datetime.time) -> str:
    """Return the part of the day of a time: "morning" to noon, "afternoon" to five, then "evening".

    The last microsecond of a day, which stands for an unknown time, is "".
    """
    if starts_at == datetime.time.max:
        return ""
    return TIMES_OF_DAY[bisect_right(_UNTIL, starts_at.hour)]


@lru_cache(maxsize=64)
def dates_of_any(options: tuple[str, ...], today: datetime.date) -> tuple[datetime.date, ...]:
    """Return the dates of any of some options of "how soon", in order."""
    return tuple(sorted({date for option in options for date in dates_of(option, today)}))


def dates_of(option: str, today: datetime.date) -> list[datetime.date]:
    """Return the dates of an option of "how soon"; those of the weekend are what is left of this week's."""
    if option == "today":
        return [today]
    if option == "tomorrow":
        return [today + _A_DAY]
    if option == "weekend":
        return [today + days * _A_DAY for days in range(max(0, _SATURDAY - today.weekday()), 7 - today.weekday())]
    return [today + days * _A_DAY for days in range(7)]


@dataclass(frozen=True, slots=True)
class MeetingFilter:
    """The meetings that begin after a moment and fit a search, all in one: on one of the days, at one of the times of
    day, and on one of the dates. `None`, or no times, does not filter."""

    now: datetime.datetime
    today: datetime.date
    weekdays: frozenset[int] | None = None
    times: tuple[str, ...] = ()
    dates: tuple[datetime.date, ...] | None = None

    @classmethod
    def of(
        cls,
        now: datetime.datetime,
        days: tuple[str, ...] = (),
        times: tuple[str, ...] = (),
        soon: tuple[str, ...] = (),
    ) -> Self:
        """Return the filter of the chosen options of three facets."""
        now = now.astimezone(LONDON)
        today = now.date()
        if now.fold:
            # Python compares moments in one time zone by the clock on the wall, which is quick, but shows one hour in
            # October twice. Meetings are in the first of the two, so they have begun.
            now = now.replace(minute=59, second=59, microsecond=999999, fold=0)
        weekdays = frozenset(map(WEEKDAYS.index, days)) if days else None
        return cls(now, today, weekdays, tuple(sorted(set(times))), dates_of_any(soon, today) if soon else None)

    @classmethod
    def of_choices(cls, choices: Mapping[str, tuple[str, ...]], now: datetime.datetime) -> Self:
        """Return the filter of the chosen options of all facets."""
        return cls.of(now, choices.get("day", ()), choices.get("time", ()), choices.get("soon", ()))

    def has_date(self, date: datetime.date) -> bool:
        """Return whether meetings of a date may fit."""
        if self.dates is not None and date not in self.dates:
            return False
        return self.weekdays is None or date.weekday() in self.weekdays

    def has_time(self, begins: datetime.datetime) -> bool:
        """Return whether a meeting that begins at a moment fits by its time of day."""
        return not self.times or time_of_day(begins.time()) in self.times

    def first_of(self, meetings: Iterable[datetime.datetime]) -> datetime.datetime | None:
        """Return the first of some meetings to come that fits; None for none."""
        for begins in meetings:
            if self.has_date(begins.date()) and self.has_time(begins):
                return begins
        return None
