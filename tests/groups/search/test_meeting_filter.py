"""Which meetings fit: the dates of "how soon" at the edges of weeks, months and years, and one meeting for all."""

import datetime

import pytest

from groups.search.index.meeting_filter import MeetingFilter, dates_of, time_of_day
from groups.timetable.meetings import LONDON


def days(month: int, *dates: int, year: int = 2026) -> list[datetime.date]:
    return [datetime.date(year, month, date) for date in dates]


def at(month: int, date: int, hour: int, minute: int = 0, **fields) -> datetime.datetime:
    return datetime.datetime(2026, month, date, hour, minute, tzinfo=LONDON, **fields)


@pytest.mark.parametrize(
    "option, today, dates",
    [
        ("today", datetime.date(2026, 12, 31), days(12, 31)),
        ("tomorrow", datetime.date(2026, 12, 31), days(1, 1, year=2027)),
        ("tomorrow", datetime.date(2028, 2, 28), days(2, 29, year=2028)),
        ("weekend", datetime.date(2026, 11, 23), days(11, 28, 29)),
        ("weekend", datetime.date(2026, 11, 27), days(11, 28, 29)),
        ("weekend", datetime.date(2026, 11, 28), days(11, 28, 29)),
        ("weekend", datetime.date(2026, 11, 29), days(11, 29)),
        ("weekend", datetime.date(2026, 10, 30), days(10, 31) + days(11, 1)),
        ("this week", datetime.date(2026, 11, 28), days(11, 28, 29, 30) + days(12, 1, 2, 3, 4)),
    ],
)
def test_dates_of_an_option(option, today, dates):
    assert dates_of(option, today) == dates


@pytest.mark.parametrize(
    "now, today",
    [
        # Half past eleven at night in London, and half past midnight: summer time is an hour ahead of UTC.
        (datetime.datetime(2026, 6, 30, 22, 30, tzinfo=datetime.UTC), datetime.date(2026, 6, 30)),
        (datetime.datetime(2026, 6, 30, 23, 30, tzinfo=datetime.UTC), datetime.date(2026, 7, 1)),
        (datetime.datetime(2026, 12, 31, 23, 59, tzinfo=datetime.UTC), datetime.date(2026, 12, 31)),
    ],
)
def test_today_is_that_of_london(now, today):
    assert MeetingFilter.of(now, soon=("today",)).dates == (today,)


def test_one_meeting_has_to_fit_in_day_time_and_date():
    # Thursday 3 December 2026 at noon.
    fitting = MeetingFilter.of(at(12, 3, 12), ("thursday",), ("evening",), ("this week",))

    assert fitting.first_of([at(12, 3, 14), at(12, 4, 19), at(12, 10, 19)]) is None
    assert fitting.first_of([at(12, 3, 14), at(12, 3, 19)]) == at(12, 3, 19)


def test_any_of_several_options_is_enough():
    fitting = MeetingFilter.of(at(12, 3, 12), soon=("tomorrow", "weekend"))

    assert fitting.dates == tuple(days(12, 4, 5, 6))


@pytest.mark.parametrize(
    "time, part",
    [
        (datetime.time(0), "morning"),
        (datetime.time(11, 59), "morning"),
        (datetime.time(12), "afternoon"),
        (datetime.time(17), "evening"),
        (datetime.time(23, 59), "evening"),
        (datetime.time.max, ""),
    ],
)
def test_time_of_day_ends_on_the_hour_and_an_unknown_time_has_none(time, part):
    assert time_of_day(time) == part


def test_meetings_of_the_hour_that_comes_twice_have_begun_in_its_second_half():
    """At two in summer time on 25 October the clock goes back to one."""
    second_time_half_past_one = at(10, 25, 1, 30, fold=1)

    now = MeetingFilter.of(second_time_half_past_one.astimezone(datetime.UTC)).now

    assert [begins <= now for begins in (at(10, 25, 1, 45), at(10, 25, 2))] == [True, False]
