"""All regular times of a group as one text: in the order of the week, and no longer than it need be."""

import pytest

from groups.choices import Weekday
from groups.timetable.patterns import Ask, MonthlyByDate, MonthlyByWeekday, Weekly
from groups.timetable.regular_times import regular_times
from tests.groups.timetable.builders import at, day

TODAY = day("2026-11-21")
MORNING = {"starts_at": at("10:00"), "ends_at": at("12:00")}
WEEK = list(Weekday)


def sentences(*patterns, note: str = "") -> list[str]:
    return regular_times([(pattern, note) for pattern in patterns], TODAY)


def weekly(days, **fields) -> list[Weekly]:
    return [Weekly(weekday=weekday, **(MORNING | fields)) for weekday in days]


def test_group_that_meets_every_day_is_one_sentence():
    assert sentences(*weekly(reversed(WEEK))) == ["Every day, 10am to noon."]
    assert sentences(*weekly(WEEK[:5])) == ["Monday to Friday, 10am to noon."]
    assert sentences(*weekly(WEEK, first_date=day("2026-01-01")), note="Ring the bell.") == [
        "Every day, 10am to noon. Ring the bell."
    ]


def test_two_times_on_every_day_are_two_sentences():
    assert sentences(*weekly(WEEK, starts_at=at("14:00"), ends_at=None), *weekly(WEEK)) == [
        "Every day, 10am to noon.",
        "Every day, from 2pm.",
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"starts_at": at("10:30")},
        {"last_date": day("2026-12-31")},
        {"months_off": (8,)},
        {"skips_bank_holidays": True},
        {"term_time_only": True},
        {"interval": 2, "first_date": day("2026-11-22")},
    ],
)
def test_day_that_differs_in_anything_is_said_by_itself(other):
    found = sentences(*weekly(WEEK[:6]), *weekly([Weekday.SUNDAY], **other))

    assert len(found) == 7
    assert "Sunday" in found[-1]
    assert "Every day" not in " ".join(found)


def test_days_are_in_the_order_of_the_week_and_of_the_clock_however_they_were_entered():
    friday, early = weekly([Weekday.FRIDAY]), weekly([Weekday.MONDAY])
    late = weekly([Weekday.MONDAY], starts_at=at("18:00"), ends_at=None)
    first_tuesday = MonthlyByWeekday(weekday=Weekday.TUESDAY, ordinals=(1,), **MORNING)

    assert sentences(MonthlyByDate(day_of_month=5), Ask(), *friday, *late, first_tuesday, *early) == [
        "Every Monday, 10am to noon.",
        "Every Monday, from 6pm.",
        "The first Tuesday of the month, 10am to noon.",
        "Every Friday, 10am to noon.",
        "The 5th of every month. Ask for the time.",
        "Day and time: ask the organiser.",
    ]
