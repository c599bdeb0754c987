"""What is different from a pattern: off, extra, moved, and a break of the whole group."""

import datetime

import pytest

from groups.choices import ChangeKind, Frequency, Weekday
from groups.timetable.changes import Change, Pause
from groups.timetable.meetings import (
    LONDON,
    DayOff,
    Meeting,
    MeetingKind,
    Slot,
    Timetable,
    days_off,
    meetings,
    next_meetings,
)
from groups.timetable.patterns import MonthlyByWeekday, Weekly
from tests.groups.timetable.builders import at, day, found

WEEKLY, BY_WEEKDAY, BY_DATE = Frequency.WEEKLY, Frequency.MONTHLY_BY_WEEKDAY, Frequency.MONTHLY_BY_DATE
MONDAY, THURSDAY, FRIDAY, SATURDAY = (Weekday(number) for number in (0, 3, 4, 5))
OFF, OFF_RANGE, EXTRA, MOVED = ChangeKind.OFF, ChangeKind.OFF_RANGE, ChangeKind.EXTRA, ChangeKind.MOVED


EVERY_THURSDAY = Weekly(weekday=THURSDAY, starts_at=at("18:30"), ends_at=at("20:00"))


@pytest.mark.parametrize(
    "changes, expected",
    [
        pytest.param([], ["2026-12-03", "2026-12-10", "2026-12-17"], id="nothing different"),
        pytest.param([Change(OFF, day("2026-12-10"))], ["2026-12-03", "2026-12-17"], id="off"),
        pytest.param(
            [Change(OFF, day("2026-12-10"), starts_at=at("10:00"))],
            ["2026-12-03", "2026-12-10", "2026-12-17"],
            id="another meeting of the day is off",
        ),
        pytest.param(
            [Change(OFF_RANGE, day("2026-12-04"), until=day("2026-12-17"))], ["2026-12-03"], id="off for a range"
        ),
        pytest.param([Change(OFF_RANGE, day("2026-12-10"))], ["2026-12-03", "2026-12-17"], id="off for a day"),
        pytest.param(
            [Change(EXTRA, day("2026-12-12"))],
            ["2026-12-03", "2026-12-10", "2026-12-12", "2026-12-17"],
            id="extra",
        ),
        pytest.param(
            [Change(EXTRA, day("2026-12-10"), starts_at=at("18:30"))],
            ["2026-12-03", "2026-12-10", "2026-12-17"],
            id="extra where it meets anyhow",
        ),
        pytest.param(
            [Change(MOVED, day("2026-12-10"), new_date=day("2026-12-08"))],
            ["2026-12-03", "2026-12-08", "2026-12-17"],
            id="moved",
        ),
        pytest.param(
            [Change(MOVED, day("2026-12-24"), new_date=day("2026-12-15"))],
            ["2026-12-03", "2026-12-10", "2026-12-15", "2026-12-17"],
            id="moved here from after the range",
        ),
        pytest.param(
            [Change(MOVED, day("2026-12-09"), new_date=day("2026-12-15"))],
            ["2026-12-03", "2026-12-10", "2026-12-17"],
            id="a move of nothing",
        ),
        pytest.param(
            [
                Change(OFF_RANGE, day("2026-12-01"), until=day("2026-12-31")),
                Change(MOVED, day("2026-12-10"), venue="library"),
            ],
            ["2026-12-10"],
            id="a move beats time off",
        ),
        pytest.param(
            [Change(OFF, day("2026-12-10")), Change(MOVED, day("2026-12-10"), venue="library")],
            ["2026-12-03", "2026-12-17"],
            id="off that day beats a move",
        ),
    ],
)
def test_changes(changes, expected):
    assert found(EVERY_THURSDAY, "2026-12-01", "2026-12-20", *changes) == expected


def test_moved_meeting_beats_the_bank_holiday_it_was_moved_from():
    mondays = Weekly(weekday=MONDAY, skips_bank_holidays=True)
    moved = Change(MOVED, day("2026-12-28"), new_date=day("2026-12-29"))

    assert found(mondays, "2026-12-21", "2027-01-04", moved) == ["2026-12-21", "2026-12-29", "2027-01-04"]


def test_moved_meeting_keeps_what_is_not_said_and_says_what_is():
    changes = (
        Change(MOVED, day("2026-12-03"), venue="library", words="At the library that day."),
        Change(MOVED, day("2026-12-10"), starts_at=at("14:00")),
    )

    first, second = meetings(
        Timetable((Slot(EVERY_THURSDAY, 7, "hall"),), changes), day("2026-12-01"), day("2026-12-10")
    )

    assert first == Meeting(
        day("2026-12-03"),
        at("18:30"),
        at("20:00"),
        "library",
        MeetingKind.MOVED,
        "At the library that day.",
        7,
        day("2026-12-03"),
    )
    assert second == Meeting(day("2026-12-10"), at("14:00"), None, "hall", MeetingKind.MOVED, "", 7, day("2026-12-10"))


def test_two_patterns_of_one_group_are_in_order_and_one_evening_is_not_there_twice():
    mornings = Weekly(weekday=THURSDAY, starts_at=at("10:00"))
    first_evening = MonthlyByWeekday(weekday=THURSDAY, ordinals=(1,), starts_at=at("18:30"))
    timetable = Timetable((Slot(EVERY_THURSDAY, 1), Slot(mornings, 2), Slot(first_evening, 3)))

    thursdays = meetings(timetable, day("2026-12-01"), day("2026-12-10"))

    assert [(row.date.day, row.starts_at.hour, row.slot) for row in thursdays] == [
        (3, 10, 2),
        (3, 18, 1),
        (10, 10, 2),
        (10, 18, 1),
    ]


@pytest.mark.parametrize(
    "pause, expected",
    [
        (Pause(), []),
        (Pause(day("2026-12-04")), ["2026-12-03"]),
        (Pause(None, day("2026-12-10")), ["2026-12-17"]),
        (Pause(day("2026-12-10"), day("2026-12-16")), ["2026-12-03", "2026-12-17"]),
    ],
)
def test_paused_group_has_no_meetings_until_it_returns(pause, expected):
    timetable = Timetable((Slot(EVERY_THURSDAY),), (Change(EXTRA, day("2026-12-10")),), pause)

    found = meetings(timetable, day("2026-12-01"), day("2026-12-20"))

    assert [meeting.date.isoformat() for meeting in found] == expected


def test_group_that_is_paused_for_good_has_no_next_meeting():
    now = datetime.datetime(2026, 11, 21, 12, tzinfo=LONDON)

    assert next_meetings(Timetable((Slot(EVERY_THURSDAY),), pause=Pause()), now, 8) == []


def test_days_off_say_why_each_change_once():
    mondays = Weekly(weekday=MONDAY, skips_bank_holidays=True)
    changes = (
        Change(OFF, day("2026-12-07"), words="The hall is let."),
        Change(OFF_RANGE, day("2027-01-01"), until=day("2027-01-15"), words="Painting."),
        Change(OFF, day("2026-12-08"), words="Not a Monday, so nothing is off."),
        Change(MOVED, day("2026-12-14"), new_date=day("2026-12-15")),
    )

    off = days_off(Timetable((Slot(mondays),), changes), day("2026-12-01"), day("2027-01-31"))

    assert off == [
        DayOff(day("2026-12-07"), day("2026-12-07"), "The hall is let."),
        DayOff(day("2026-12-28"), day("2026-12-28"), is_bank_holiday=True),
        DayOff(day("2027-01-01"), day("2027-01-15"), "Painting."),
    ]
