"""The days that catch people out: clock changes, leap days, fifth weekdays, first and last dates."""

import datetime

import pytest

from groups.choices import Frequency, Weekday
from groups.timetable.meetings import LONDON, Meeting, Slot, Timetable, next_meetings
from groups.timetable.patterns import Ask, MonthlyByDate, MonthlyByWeekday, Weekly
from tests.groups.timetable.builders import at, day, found

WEEKLY, BY_WEEKDAY, BY_DATE = Frequency.WEEKLY, Frequency.MONTHLY_BY_WEEKDAY, Frequency.MONTHLY_BY_DATE
MONDAY, THURSDAY, FRIDAY, SATURDAY = (Weekday(number) for number in (0, 3, 4, 5))


@pytest.mark.parametrize(
    "pattern, first, last, expected",
    [
        pytest.param(
            Weekly(weekday=THURSDAY),
            "2026-12-24",
            "2027-01-07",
            ["2026-12-24", "2026-12-31", "2027-01-07"],
            id="over the new year",
        ),
        pytest.param(
            Weekly(interval=2, weekday=THURSDAY, first_date=day("2015-06-04")),
            "2026-11-21",
            "2026-12-31",
            ["2026-12-03", "2026-12-17", "2026-12-31"],
            id="an anchor long past",
        ),
        pytest.param(
            Weekly(interval=2, weekday=THURSDAY, first_date=day("2027-01-07")),
            "2026-11-21",
            "2027-01-31",
            ["2027-01-07", "2027-01-21"],
            id="a first date to come",
        ),
        pytest.param(Weekly(interval=2, weekday=THURSDAY), "2026-01-01", "2027-01-01", [], id="no anchor, no dates"),
        pytest.param(
            Weekly(weekday=THURSDAY, first_date=day("2026-12-08"), last_date=day("2026-12-24")),
            "2026-11-21",
            "2027-01-31",
            ["2026-12-10", "2026-12-17", "2026-12-24"],
            id="a first and a last date",
        ),
        pytest.param(
            MonthlyByDate(day_of_month=29),
            "2027-01-30",
            "2028-03-01",
            [
                *(f"2027-{month:02}-29" for month in range(3, 13)),
                "2028-01-29",
                "2028-02-29",
            ],
            id="29 February only in a leap year",
        ),
        pytest.param(
            MonthlyByDate(day_of_month=31),
            "2026-02-01",
            "2026-08-30",
            ["2026-03-31", "2026-05-31", "2026-07-31"],
            id="the 31st",
        ),
        pytest.param(
            MonthlyByDate(day_of_month=-1),
            "2028-01-31",
            "2028-04-29",
            ["2028-01-31", "2028-02-29", "2028-03-31"],
            id="the last day",
        ),
        pytest.param(
            MonthlyByWeekday(weekday=SATURDAY, ordinals=(5,)),
            "2028-02-01",
            "2028-07-31",
            ["2028-04-29", "2028-07-29"],
            id="a fifth Saturday",
        ),
        pytest.param(
            MonthlyByWeekday(weekday=Weekday.TUESDAY, ordinals=(5, -1)),
            "2028-02-01",
            "2028-03-31",
            ["2028-02-29", "2028-03-28"],
            id="the fifth is the last on 29 February",
        ),
        pytest.param(
            MonthlyByWeekday(weekday=FRIDAY, ordinals=(1, 3)),
            "2027-01-01",
            "2027-02-28",
            ["2027-01-01", "2027-01-15", "2027-02-05", "2027-02-19"],
            id="first and third, from a first",
        ),
        pytest.param(
            Weekly(interval=2, weekday=THURSDAY, first_date=day("2026-07-09"), months_off=(8,)),
            "2026-07-01",
            "2026-09-30",
            ["2026-07-09", "2026-07-23", "2026-09-03", "2026-09-17"],
            id="not in August, in the same step after it",
        ),
        pytest.param(Ask(first_date=day("2026-01-01")), "2026-01-01", "2026-12-31", [], id="ask"),
    ],
)
def test_pattern_dates(pattern, first, last, expected):
    assert found(pattern, first, last) == expected


@pytest.mark.parametrize(
    "date, time, utc",
    [
        ("2027-03-27", "19:00", "2027-03-27T19:00+00:00"),
        ("2027-03-28", "19:00", "2027-03-28T18:00+00:00"),
        ("2026-10-24", "19:00", "2026-10-24T18:00+00:00"),
        ("2026-10-25", "19:00", "2026-10-25T19:00+00:00"),
        # Half past one is left out on the last Sunday of March, and comes twice on that of October.
        ("2027-03-28", "01:30", "2027-03-28T01:30+00:00"),
        ("2026-10-25", "01:30", "2026-10-25T00:30+00:00"),
    ],
)
def test_meeting_is_at_the_same_time_on_the_clock_before_and_after_a_change(date, time, utc):
    meeting = Meeting(day(date), at(time))

    assert meeting.starts.astimezone(datetime.UTC).isoformat(timespec="minutes") == utc


def test_time_that_the_clock_leaves_out_is_an_hour_later():
    assert Meeting(day("2027-03-28"), at("01:30")).starts.time() == at("02:30")


@pytest.mark.parametrize(
    "now, expected",
    [
        ("2026-11-26T18:29", "2026-11-26"),
        ("2026-11-26T18:30", "2026-12-03"),
        ("2026-11-27T00:00", "2026-12-03"),
    ],
)
def test_next_meeting_is_the_one_that_has_not_begun(now, expected):
    timetable = Timetable((Slot(Weekly(weekday=THURSDAY, starts_at=at("18:30"))),))

    [first] = next_meetings(timetable, datetime.datetime.fromisoformat(now).replace(tzinfo=LONDON), 1)

    assert first.date == day(expected)


def test_next_meeting_of_unknown_time_is_to_come_all_day():
    timetable = Timetable((Slot(Weekly(weekday=THURSDAY)),))

    late = datetime.datetime(2026, 11, 26, 23, 59, tzinfo=LONDON)

    assert next_meetings(timetable, late, 1)[0].date == day("2026-11-26")


def test_next_meeting_is_told_by_the_clock_in_london_wherever_the_moment_is_from():
    timetable = Timetable((Slot(Weekly(weekday=THURSDAY)),))

    # Half past midnight on Friday in London, while it is still Thursday in UTC.
    moment = datetime.datetime(2026, 7, 2, 23, 30, tzinfo=datetime.UTC)

    assert next_meetings(timetable, moment, 1)[0].date == day("2026-07-09")
