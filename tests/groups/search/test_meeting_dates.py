"""The days and times that a schedule is found by, against the dates of its pattern."""

import datetime
from dataclasses import MISSING, fields

import pytest

from groups.choices import Frequency, Weekday
from groups.search.snapshot.meeting_dates import MeetingDates, ScheduleRow
from groups.timetable.columns import columns_of
from groups.timetable.patterns import KINDS, MonthlyByDate

FIRST, LAST = datetime.date(2027, 1, 1), datetime.date(2027, 12, 31)
SIX = datetime.time(18)
#: A value for every field that a kind may need.
NEEDED = {"weekday": Weekday.THURSDAY, "ordinals": (1, -1), "day_of_month": 15}
#: Kinds whose dates are on another weekday from one to the next: nobody looks for them by one.
WITHOUT_A_WEEKDAY = {MonthlyByDate}


def row_of(pattern, **others) -> ScheduleRow:
    return ScheduleRow(**(columns_of(pattern) | others), venue_area_code=None, venue_is_hidden=None)


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.is_regular])
def test_weekdays_that_a_pattern_is_found_by_are_those_of_its_dates(kind):
    needed = {field.name: NEEDED[field.name] for field in fields(kind) if field.default is MISSING}
    pattern = kind(**needed, starts_at=SIX)

    times = MeetingDates(FIRST).times((row_of(pattern),))

    weekdays = sorted({day.weekday() for day in pattern.dates(FIRST, LAST)}) if kind not in WITHOUT_A_WEEKDAY else []
    names = [Weekday(weekday).label.lower() for weekday in weekdays]
    assert [name for facet, name in times.options if facet == "day"] == names
    assert list(times.together) == [(name, "evening") for name in names]


def test_weekday_left_over_from_another_kind_finds_nothing():
    times = MeetingDates(FIRST).times((row_of(MonthlyByDate(15, starts_at=SIX), weekday=Weekday.MONDAY),))

    assert (times.options, times.together) == ((("time", "evening"),), ())


@pytest.mark.parametrize("frequency", [frequency for frequency, kind in KINDS.items() if not kind.is_regular])
def test_schedule_without_dates_is_found_by_no_time_even_if_a_row_has_one(frequency: Frequency):
    times = MeetingDates(FIRST).times((row_of(KINDS[frequency](starts_at=SIX)),))

    assert (times.options, times.together, times.words) == ((), (), ())
