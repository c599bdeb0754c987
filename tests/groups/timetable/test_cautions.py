"""Days that nobody would believe, and what takes their caution away."""

from dataclasses import replace

import pytest

from groups.choices import ChangeKind, Weekday
from groups.timetable.changes import Change, Pause
from groups.timetable.meetings import Slot, Timetable, days_off, meetings
from groups.timetable.patterns import Weekly
from tests.groups.timetable.builders import at, day, found

DAILY = tuple(Weekly(weekday=weekday) for weekday in Weekday)
THURSDAYS = Weekly(weekday=Weekday.THURSDAY, starts_at=at("18:00"))


def cautions(first: str, last: str, *changes: Change, patterns=DAILY) -> dict[str, str]:
    """What is said with each meeting that people must ask about."""
    timetable = Timetable(tuple(Slot(pattern, key) for key, pattern in enumerate(patterns)), changes)
    message = {meeting.date.isoformat(): meeting.caution for meeting in meetings(timetable, day(first), day(last))}
    return {date: caution for date, caution in message.items() if caution}


@pytest.mark.parametrize("year", [2026, 2027, 2032])
def test_six_days_of_every_winter_are_asked_about(year):
    assert cautions(f"{year}-12-01", f"{year + 1}-01-31") == {
        f"{year}-12-24": "ask first: it is Christmas Eve",
        f"{year}-12-25": "ask first: it is Christmas Day",
        f"{year}-12-26": "ask first: it is Boxing Day",
        f"{year}-12-27": "ask first: it is over Christmas",
        f"{year}-12-31": "ask first: it is New Year’s Eve",
        f"{year + 1}-01-01": "ask first: it is New Year’s Day",
    }


def test_every_date_in_term_time_is_asked_about_and_christmas_says_its_own():
    in_term_time = replace(THURSDAYS, term_time_only=True)

    assert cautions("2026-12-10", "2027-01-08", patterns=[in_term_time]) == {
        "2026-12-10": "term time only: ask whether it is on",
        "2026-12-17": "term time only: ask whether it is on",
        "2026-12-24": "ask first: it is Christmas Eve",
        "2026-12-31": "ask first: it is New Year’s Eve",
        "2027-01-07": "term time only: ask whether it is on",
    }


def test_term_time_takes_no_date_away():
    in_term_time = replace(THURSDAYS, term_time_only=True)

    assert found(in_term_time, "2026-08-01", "2026-08-31") == found(THURSDAYS, "2026-08-01", "2026-08-31")


@pytest.mark.parametrize(
    "change, is_asked_about",
    [
        (Change(ChangeKind.ON, day("2026-12-24")), False),
        (Change(ChangeKind.ON, day("2026-12-24"), starts_at=at("18:00")), False),
        (Change(ChangeKind.ON, day("2026-12-24"), starts_at=at("10:00")), True),
        (Change(ChangeKind.MOVED, day("2026-12-24"), starts_at=at("15:00")), False),
        (Change(ChangeKind.MOVED, day("2026-12-17"), new_date=day("2026-12-24"), starts_at=at("15:00")), True),
        (Change(ChangeKind.EXTRA, day("2026-12-24"), starts_at=at("18:00")), False),
        # Of another day.
        (Change(ChangeKind.ON, day("2026-12-17")), True),
        (Change(ChangeKind.OFF_RANGE, day("2026-12-25"), until=day("2027-01-04")), True),
    ],
)
def test_only_an_answer_about_that_very_meeting_takes_the_caution_away(change, is_asked_about):
    timetable = Timetable((Slot(THURSDAYS, "slot"),), (change,))

    evening = [row for row in meetings(timetable, day("2026-12-24"), day("2026-12-24")) if row.starts_at == at("18:00")]

    assert any(meeting.caution for meeting in evening) == is_asked_about


def test_day_that_is_confirmed_is_on_though_it_is_a_bank_holiday_or_in_some_time_off():
    fridays = Weekly(weekday=Weekday.FRIDAY, skips_bank_holidays=True)
    break_ = Change(ChangeKind.OFF_RANGE, day("2026-12-24"), until=day("2027-01-10"))
    yes = Change(ChangeKind.ON, day("2026-12-25"), words="Dinner for all.")

    assert found(fridays, "2026-12-18", "2027-01-15", break_) == ["2026-12-18", "2027-01-15"]
    assert found(fridays, "2026-12-18", "2027-01-15", break_, yes) == ["2026-12-18", "2026-12-25", "2027-01-15"]
    timetable = Timetable((Slot(fridays),), (break_, yes))
    assert [row.words for row in meetings(timetable, day("2026-12-25"), day("2026-12-25"))] == ["Dinner for all."]
    assert [row.first for row in days_off(timetable, day("2026-12-25"), day("2026-12-25"))] == []


def test_pattern_that_skips_bank_holidays_is_not_asked_about_on_them():
    fridays = Weekly(weekday=Weekday.FRIDAY, skips_bank_holidays=True)

    assert cautions("2026-12-01", "2027-01-31", patterns=[fridays]) == {}


@pytest.mark.parametrize("kind, expected", [(ChangeKind.OFF, []), (ChangeKind.MOVED, ["2026-12-23"])])
def test_off_and_moved_are_believed_before_as_usual(kind, expected):
    """Nobody must stand before a locked door."""
    new_date = day("2026-12-23") if kind == ChangeKind.MOVED else None
    both = (Change(ChangeKind.ON, day("2026-12-24")), Change(kind, day("2026-12-24"), new_date=new_date))

    assert found(THURSDAYS, "2026-12-22", "2026-12-28", *both) == expected


def test_confirmation_of_one_of_two_meetings_leaves_the_other_to_be_asked_about():
    morning = replace(THURSDAYS, starts_at=at("10:00"))
    timetable = Timetable(
        (Slot(morning, 1), Slot(THURSDAYS, 2)), (Change(ChangeKind.ON, day("2026-12-24"), starts_at=at("10:00")),)
    )

    message = [(row.starts_at, row.caution) for row in meetings(timetable, day("2026-12-24"), day("2026-12-24"))]

    assert message == [(at("10:00"), ""), (at("18:00"), "ask first: it is Christmas Eve")]


def test_confirmation_brings_nothing_back_that_no_pattern_has():
    yes, in_break = Change(ChangeKind.ON, day("2026-12-24")), Pause(None, day("2026-12-31"))

    assert meetings(Timetable((Slot(THURSDAYS),), (yes,), in_break), day("2026-12-24"), day("2026-12-31")) == []
    assert found(replace(THURSDAYS, months_off=(12,)), "2026-12-24", "2026-12-31", yes) == []
