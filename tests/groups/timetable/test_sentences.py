"""Patterns as people read them."""

import datetime

import pytest

from common.dates import format_time
from groups.choices import Frequency, Weekday
from groups.timetable.patterns import Ask, MonthlyByDate, MonthlyByWeekday, ToBeAgreed, Weekly
from groups.timetable.sentences import day_ordinal, format_day
from tests.factories import make_group, make_schedule

WEEKLY, BY_WEEKDAY, BY_DATE = Frequency.WEEKLY, Frequency.MONTHLY_BY_WEEKDAY, Frequency.MONTHLY_BY_DATE
THURSDAY, MONDAY = Weekday.THURSDAY, Weekday.MONDAY


def at(text: str) -> datetime.time:
    return datetime.time.fromisoformat(text)


@pytest.mark.parametrize(
    "pattern, sentence",
    [
        (Weekly(weekday=THURSDAY), "Every Thursday. Ask for the time."),
        (Weekly(weekday=THURSDAY, starts_at=at("18:30")), "Every Thursday, from 6.30pm."),
        (
            Weekly(weekday=THURSDAY, starts_at=at("18:30"), ends_at=at("20:00")),
            "Every Thursday, 6.30pm to 8pm.",
        ),
        (
            Weekly(interval=2, weekday=MONDAY, starts_at=at("11:00"), ends_at=at("12:00")),
            "Every second Monday, 11am to noon.",
        ),
        (Weekly(interval=3, weekday=MONDAY, starts_at=at("12:00")), "Every 3 weeks on a Monday, from noon."),
        (Weekly(interval=12, weekday=MONDAY), "Every 12 weeks on a Monday. Ask for the time."),
        (Weekly(weekday=THURSDAY, months_off=(8,)), "Every Thursday, not in August. Ask for the time."),
        (
            Weekly(weekday=THURSDAY, starts_at=at("18:00"), months_off=(4, 8, 12), skips_bank_holidays=True),
            "Every Thursday, from 6pm, not in April, August or December, not on bank holidays.",
        ),
        (
            Weekly(weekday=THURSDAY, starts_at=at("18:00"), first_date=datetime.date(2027, 1, 7)),
            "Every Thursday from 7 January 2027, from 6pm.",
        ),
        (
            Weekly(weekday=THURSDAY, last_date=datetime.date(2027, 3, 25)),
            "Every Thursday until 25 March 2027. Ask for the time.",
        ),
        (
            MonthlyByWeekday(weekday=MONDAY, ordinals=(1, 5)),
            "The first and fifth Monday of the month, if there is a fifth. Ask for the time.",
        ),
        (MonthlyByDate(day_of_month=-1, starts_at=at("19:00")), "The last day of every month, from 7pm."),
        (MonthlyByDate(day_of_month=31), "The 31st of every month that has one. Ask for the time."),
        (
            Weekly(weekday=THURSDAY, skips_bank_holidays=True),
            "Every Thursday, not on bank holidays. Ask for the time.",
        ),
        (
            Weekly(weekday=MONDAY, starts_at=at("10:00"), ends_at=at("11:30"), skips_bank_holidays=True),
            "Every Monday, 10am to 11.30am, not on bank holidays.",
        ),
        (
            MonthlyByWeekday(weekday=MONDAY, ordinals=(1,), starts_at=at("14:00")),
            "The first Monday of the month, from 2pm.",
        ),
        (
            MonthlyByWeekday(weekday=MONDAY, ordinals=(1, 3), starts_at=at("14:00")),
            "The first and third Monday of the month, from 2pm.",
        ),
        (
            MonthlyByWeekday(weekday=THURSDAY, ordinals=(1, 3, -1)),
            "The first, third and last Thursday of the month. Ask for the time.",
        ),
        (MonthlyByWeekday(weekday=THURSDAY, ordinals=(-1,)), "The last Thursday of the month. Ask for the time."),
        (MonthlyByDate(day_of_month=1, starts_at=at("19:00")), "The 1st of every month, from 7pm."),
        (MonthlyByDate(day_of_month=22), "The 22nd of every month. Ask for the time."),
        (ToBeAgreed(), "Day and time: for the members to decide."),
        (Ask(), "Day and time: ask the organiser."),
        (Ask(starts_at=at("19:00")), "Day and time: ask the organiser."),
    ],
)
def test_pattern_sentence(pattern, sentence):
    assert pattern.sentence == sentence


@pytest.mark.parametrize(
    "first_date, sentence",
    [
        (datetime.date(2026, 11, 19), "Every second Thursday until 25 March 2027, from 6pm."),
        (datetime.date(2026, 11, 21), "Every second Thursday until 25 March 2027, from 6pm."),
        (datetime.date(2026, 11, 22), "Every second Thursday from 22 November 2026 until 25 March 2027, from 6pm."),
    ],
)
def test_pattern_sentence_says_no_first_date_that_is_past(first_date, sentence):
    pattern = Weekly(
        interval=2,
        weekday=THURSDAY,
        starts_at=at("18:00"),
        first_date=first_date,
        last_date=datetime.date(2027, 3, 25),
    )

    assert pattern.sentence_on(datetime.date(2026, 11, 21)) == sentence


@pytest.mark.parametrize(
    "day, words", [("2026-12-03", "Thursday 3 December"), ("2027-01-07", "Thursday 7 January 2027")]
)
def test_day_is_said_with_its_weekday_and_with_another_year(day, words):
    assert format_day(datetime.date.fromisoformat(day), datetime.date(2026, 11, 21)) == words


@pytest.mark.parametrize(
    "time, words",
    [
        ("00:00", "midnight"),
        ("00:05", "12.05am"),
        ("09:00", "9am"),
        ("11:59", "11.59am"),
        ("12:00", "noon"),
        ("12:30", "12.30pm"),
        ("13:00", "1pm"),
        ("23:15", "11.15pm"),
    ],
)
def test_clock_words(time, words):
    assert format_time(at(time)) == words


def test_day_ordinal_of_every_day_of_a_month():
    ends = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}

    assert [day_ordinal(day) for day in range(1, 32)] == [f"{day}{ends.get(day, 'th')}" for day in range(1, 32)]


@pytest.mark.django_db
def test_schedule_says_its_ordinals_in_the_order_of_the_month_and_its_note():
    schedule = make_schedule(make_group(), frequency=BY_WEEKDAY, ordinals="-1,3,1", note="Not in August.")

    assert schedule.sentence == ("The first, third and last Thursday of the month. Ask for the time. Not in August.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "last_date, is_over",
    [(None, False), ("2026-11-22", False), ("2026-11-21", False), ("2026-11-20", True)],
)
def test_schedule_is_over_after_its_last_date(last_date, is_over):
    schedule = make_schedule(make_group(), last_date=last_date and datetime.date.fromisoformat(last_date))

    assert schedule.is_over(datetime.date(2026, 11, 21)) is is_over
