"""The next meetings, and the days off that belong beside them."""

import datetime

import pytest

from groups.choices import ChangeKind, Weekday
from groups.timetable.changes import Change, Pause
from groups.timetable.meetings import LONDON, Slot, Timetable
from groups.timetable.next_dates import next_dates, on_now
from groups.timetable.patterns import Ask, Pattern, ToBeAgreed, Weekly
from tests.groups.timetable.builders import at, day

OFF, OFF_RANGE, EXTRA = ChangeKind.OFF, ChangeKind.OFF_RANGE, ChangeKind.EXTRA
NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=LONDON)
EVERY_SECOND = Weekly(
    interval=2,
    weekday=Weekday.THURSDAY,
    starts_at=at("18:00"),
    first_date=day("2026-11-12"),
    last_date=day("2026-12-24"),
)
WEEKLY = Weekly(weekday=Weekday.THURSDAY)


def shown(pattern: Pattern, *changes: Change, count: int = 8, now=NOW, pause=None, **asked):
    """The days it meets, the days it is off, and whether none is to come."""
    dates = next_dates(Timetable((Slot(pattern),), changes, pause), now, count, **asked)
    days = [meeting.date.isoformat() for meeting in dates.meetings]
    return days, [off.first.isoformat() for off in dates.days_off], dates.none_to_come


def test_day_off_after_the_last_meeting_is_among_the_days_off():
    off = Change(OFF, day("2026-12-24"))

    assert shown(EVERY_SECOND, off) == (["2026-11-26", "2026-12-10"], ["2026-12-24"], False)


@pytest.mark.parametrize("count, off", [(1, []), (2, ["2026-12-24"])])
def test_day_off_at_the_end_stands_beside_the_last_meeting_that_there_is(count, off):
    assert shown(EVERY_SECOND, Change(OFF, day("2026-12-24")), count=count)[1] == off


def test_group_with_all_its_days_off_says_so_and_that_none_is_to_come():
    off = [Change(OFF_RANGE, day("2026-11-20"), until=day("2026-12-11")), Change(OFF, day("2026-12-24"))]

    assert shown(EVERY_SECOND, *off, count=1) == ([], ["2026-11-20", "2026-12-24"], True)


def test_pattern_with_no_day_left_before_its_last_says_that_none_is_to_come():
    ends_between = Weekly(weekday=Weekday.THURSDAY, last_date=day("2026-11-25"))

    assert shown(ends_between) == ([], [], True)


@pytest.mark.parametrize(
    "pattern, pause",
    [
        (Ask(), None),
        (ToBeAgreed(), None),
        (Weekly(interval=2, weekday=Weekday.THURSDAY), None),
        # Its sentence is not shown any more either.
        (Weekly(weekday=Weekday.THURSDAY, last_date=day("2026-11-20")), None),
        # Its page says that it is having a break.
        (WEEKLY, Pause()),
    ],
)
def test_group_whose_sentences_promise_nothing_does_not_say_that_none_is_to_come(pattern, pause):
    assert shown(pattern, pause=pause) == ([], [], False)


def test_group_that_ends_within_its_break_says_that_none_is_to_come():
    assert shown(EVERY_SECOND, pause=Pause(None, day("2027-01-31"))) == ([], [], True)


def test_day_off_after_the_last_date_that_is_shown_is_named_where_all_changes_are_asked_for():
    later = Change(OFF, day("2027-03-04"))

    assert shown(WEEKLY, later, count=2)[1] == []
    assert shown(WEEKLY, later, count=2, changes_until=datetime.date.max)[1] == ["2027-03-04"]


@pytest.mark.parametrize("until, off", [("2026-12-21", []), ("2026-12-22", ["2026-12-22"])])
def test_days_off_that_begin_by_a_day_are_named_even_if_the_first_meeting_they_cancel_is_later(until, off):
    closed = Change(OFF_RANGE, day("2026-12-22"), until=day("2027-01-02"))

    assert shown(WEEKLY, closed, count=1, changes_until=day(until))[1] == off


@pytest.mark.parametrize("clock, is_on", [("17:59", False), ("18:00", True), ("19:43", True), ("19:44", False)])
def test_meeting_is_on_from_its_start_until_its_end(clock, is_on):
    evening = Timetable((Slot(Weekly(weekday=Weekday.THURSDAY, starts_at=at("18:00"), ends_at=at("19:44"))),))
    now = datetime.datetime.combine(day("2026-11-26"), at(clock), LONDON)

    assert (on_now(evening, now) is not None) == is_on


def test_meeting_without_an_end_or_that_is_off_is_never_on():
    now = datetime.datetime(2026, 11, 26, 18, 30, tzinfo=LONDON)
    open_ended = Weekly(weekday=Weekday.THURSDAY, starts_at=at("18:00"))
    evening = Weekly(weekday=Weekday.THURSDAY, starts_at=at("18:00"), ends_at=at("19:44"))

    assert on_now(Timetable((Slot(open_ended),)), now) is None
    assert on_now(Timetable((Slot(evening),), (Change(OFF, day("2026-11-26")),)), now) is None


def test_days_off_reach_as_far_as_asked():
    off = [Change(OFF, day("2026-12-17")), Change(OFF, day("2026-12-24"))]

    assert shown(WEEKLY, *off, count=2, until=day("2026-12-19"))[1] == ["2026-12-17"]


def test_bank_holidays_are_named_up_to_the_last_date_that_is_shown():
    fridays = Weekly(weekday=Weekday.FRIDAY, skips_bank_holidays=True)
    later = Change(OFF, day("2027-06-04"))

    _, off, _ = shown(fridays, later, changes_until=datetime.date.max)

    assert off == ["2026-12-25", "2027-01-01", "2027-06-04"]


def test_extra_date_after_the_last_regular_one_is_the_last_that_is_shown():
    extra = Change(EXTRA, day("2027-01-14"))

    assert shown(EVERY_SECOND, Change(OFF, day("2026-12-24")), extra) == (
        ["2026-11-26", "2026-12-10", "2027-01-14"],
        ["2026-12-24"],
        False,
    )
