"""What an editor is asked to look at again."""

import pytest

from groups.choices import ChangeKind, Weekday
from groups.timetable.changes import Change
from groups.timetable.clashes import clashes
from groups.timetable.meetings import Slot, Timetable
from groups.timetable.patterns import MonthlyByWeekday, Pattern, Weekly
from tests.groups.timetable.builders import at, day

THURSDAY, MONDAY = Weekday.THURSDAY, Weekday.MONDAY
EVENING = Weekly(weekday=THURSDAY, starts_at=at("18:30"), ends_at=at("20:00"))
FIRST_THURSDAY = {"weekday": THURSDAY, "ordinals": (1,)}
TWICE = "Two regular times fall on one day, first on Thursday 3 December 2026. Visitors see both."


def found(*patterns: Pattern, changes: tuple[Change, ...] = ()) -> list[str]:
    timetable = Timetable(tuple(Slot(pattern, key) for key, pattern in enumerate(patterns)), changes)
    return clashes(timetable, day("2026-11-21"), day("2027-11-21"))


@pytest.mark.parametrize(
    "other, expected",
    [
        (MonthlyByWeekday(**FIRST_THURSDAY, starts_at=at("18:30")), [TWICE]),
        (MonthlyByWeekday(**FIRST_THURSDAY, starts_at=at("19:00"), ends_at=at("21:00")), [TWICE]),
        (MonthlyByWeekday(**FIRST_THURSDAY, starts_at=at("18:00"), ends_at=at("19:00")), [TWICE]),
        (MonthlyByWeekday(**FIRST_THURSDAY), [TWICE]),
        (MonthlyByWeekday(**FIRST_THURSDAY, starts_at=at("20:00")), []),
        (MonthlyByWeekday(**FIRST_THURSDAY, starts_at=at("10:00"), ends_at=at("12:00")), []),
        (Weekly(weekday=MONDAY, starts_at=at("18:30")), []),
    ],
)
def test_two_patterns_at_once_are_told(other, expected):
    assert found(EVENING, other) == expected
    assert found(other, EVENING) == expected


@pytest.mark.parametrize(
    "change, expected",
    [
        (Change(ChangeKind.OFF, day("2026-12-03")), []),
        (
            Change(ChangeKind.OFF, day("2026-12-04")),
            ["Off on Friday 4 December 2026: it would not meet that day anyhow."],
        ),
        (
            Change(ChangeKind.OFF, day("2026-12-03"), starts_at=at("10:00")),
            ["Off on Thursday 3 December 2026: it would not meet that day anyhow."],
        ),
        (Change(ChangeKind.OFF, day("2026-11-06")), []),
        (Change(ChangeKind.EXTRA, day("2026-12-04")), []),
        (
            Change(ChangeKind.MOVED, day("2026-12-04"), new_date=day("2026-12-05")),
            ["Moved from Friday 4 December 2026: it would not meet that day anyhow."],
        ),
        (
            Change(ChangeKind.OFF_RANGE, day("2026-12-04"), until=day("2026-12-09")),
            ["Off from Friday 4 December 2026 to Wednesday 9 December 2026: it would not meet in that time anyhow."],
        ),
        (Change(ChangeKind.OFF_RANGE, day("2026-12-04"), until=day("2026-12-10")), []),
        (Change(ChangeKind.ON, day("2026-12-03")), []),
        (
            Change(ChangeKind.ON, day("2026-12-04")),
            ["On as usual on Friday 4 December 2026: no regular time falls on that day. Add an extra date instead."],
        ),
        (
            Change(ChangeKind.ON, day("2026-12-03"), starts_at=at("10:00")),
            ["On as usual on Thursday 3 December 2026: no regular time falls on that day. Add an extra date instead."],
        ),
    ],
)
def test_change_that_changes_nothing_is_told(change, expected):
    assert found(EVENING, changes=(change,)) == expected


def test_day_off_on_a_bank_holiday_changes_nothing():
    mondays = Weekly(weekday=MONDAY, skips_bank_holidays=True)

    assert found(mondays, changes=(Change(ChangeKind.OFF, day("2026-12-28")),)) == [
        "Off on Monday 28 December 2026: it would not meet that day anyhow."
    ]


@pytest.mark.parametrize(
    "other, message",
    [
        (Change(ChangeKind.OFF, day("2026-12-03")), "both off and moved"),
        (Change(ChangeKind.MOVED, day("2026-12-03"), starts_at=at("10:00")), "moved twice"),
        (Change(ChangeKind.ON, day("2026-12-03")), "both moved and on as usual"),
    ],
)
def test_day_of_which_two_things_are_said_is_told(other, message):
    move = Change(ChangeKind.MOVED, day("2026-12-03"), venue="library")

    assert found(EVENING, changes=(move, other)) == [
        f"Thursday 3 December 2026 is {message}. Take one of the two away."
    ]


@pytest.mark.parametrize("off_at, on_at", [(None, None), ("18:30", None), (None, "18:30"), ("18:30", "18:30")])
def test_day_that_is_off_and_on_is_told(off_at, on_at):
    off = Change(ChangeKind.OFF, day("2026-12-03"), starts_at=off_at and at(off_at))
    on = Change(ChangeKind.ON, day("2026-12-03"), starts_at=on_at and at(on_at))

    assert found(EVENING, changes=(off, on)) == [
        "Thursday 3 December 2026 is both off and on as usual. Take one of the two away."
    ]


def test_two_meetings_of_a_day_may_be_off_and_on():
    morning = Weekly(weekday=THURSDAY, starts_at=at("10:00"), ends_at=at("11:00"))
    off = Change(ChangeKind.OFF, day("2026-12-03"), starts_at=at("10:00"))
    on = Change(ChangeKind.ON, day("2026-12-03"), starts_at=at("18:30"))

    assert found(morning, EVENING, changes=(off, on)) == []


def test_every_second_week_without_a_date_is_told():
    assert found(Weekly(THURSDAY, 2)) == ["Thursdays every 2 weeks: give a date on which it meets."]


def test_end_before_the_start_is_told():
    backwards = Weekly(weekday=THURSDAY, starts_at=at("18:30"), ends_at=at("18:00"))

    assert found(backwards) == ["A meeting must end after it starts."]
