"""The days that catch people out: clock changes, leap days, fifth weekdays, bank holidays, first and last dates."""

import datetime

import pytest

from groups.choices import ChangeKind, Frequency, Weekday
from groups.timetable import (
    Change,
    DayOff,
    Meeting,
    MeetingKind,
    Nation,
    Pattern,
    Pause,
    Slot,
    Timetable,
    days_off,
    meetings,
    next_meetings,
)
from groups.timetable.meetings import LONDON

WEEKLY, BY_WEEKDAY, BY_DATE = Frequency.WEEKLY, Frequency.MONTHLY_BY_WEEKDAY, Frequency.MONTHLY_BY_DATE
MONDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = (Weekday(number) for number in (0, 3, 4, 5, 6))
OFF, OFF_RANGE, EXTRA, MOVED = ChangeKind.OFF, ChangeKind.OFF_RANGE, ChangeKind.EXTRA, ChangeKind.MOVED


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def at(text: str) -> datetime.time:
    return datetime.time.fromisoformat(text)


def found(pattern: Pattern, first: str, last: str, *changes: Change, nation=Nation.ENGLAND) -> list[str]:
    """The days on which a group with one pattern meets."""
    timetable = Timetable((Slot(pattern, "slot", nation=nation),), changes)
    return [meeting.date.isoformat() for meeting in meetings(timetable, day(first), day(last))]


@pytest.mark.parametrize(
    "pattern, first, last, expected",
    [
        pytest.param(
            Pattern(WEEKLY, weekday=THURSDAY),
            "2026-12-24",
            "2027-01-07",
            ["2026-12-24", "2026-12-31", "2027-01-07"],
            id="over the new year",
        ),
        pytest.param(
            Pattern(WEEKLY, interval=2, weekday=THURSDAY, first_date=day("2015-06-04")),
            "2026-11-21",
            "2026-12-31",
            ["2026-12-03", "2026-12-17", "2026-12-31"],
            id="an anchor long past",
        ),
        pytest.param(
            Pattern(WEEKLY, interval=2, weekday=THURSDAY, first_date=day("2027-01-07")),
            "2026-11-21",
            "2027-01-31",
            ["2027-01-07", "2027-01-21"],
            id="a first date to come",
        ),
        pytest.param(
            Pattern(WEEKLY, interval=2, weekday=THURSDAY), "2026-01-01", "2027-01-01", [], id="no anchor, no dates"
        ),
        pytest.param(
            Pattern(WEEKLY, weekday=THURSDAY, first_date=day("2026-12-08"), last_date=day("2026-12-24")),
            "2026-11-21",
            "2027-01-31",
            ["2026-12-10", "2026-12-17", "2026-12-24"],
            id="a first and a last date",
        ),
        pytest.param(
            Pattern(BY_DATE, day_of_month=29),
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
            Pattern(BY_DATE, day_of_month=31),
            "2026-02-01",
            "2026-08-30",
            ["2026-03-31", "2026-05-31", "2026-07-31"],
            id="the 31st",
        ),
        pytest.param(
            Pattern(BY_WEEKDAY, weekday=SATURDAY, ordinals=(5,)),
            "2028-02-01",
            "2028-07-31",
            ["2028-04-29", "2028-07-29"],
            id="a fifth Saturday",
        ),
        pytest.param(
            Pattern(BY_WEEKDAY, weekday=Weekday.TUESDAY, ordinals=(5, -1)),
            "2028-02-01",
            "2028-03-31",
            ["2028-02-29", "2028-03-28"],
            id="the fifth is the last on 29 February",
        ),
        pytest.param(
            Pattern(BY_WEEKDAY, weekday=FRIDAY, ordinals=(1, 3)),
            "2027-01-01",
            "2027-02-28",
            ["2027-01-01", "2027-01-15", "2027-02-05", "2027-02-19"],
            id="first and third, from a first",
        ),
        pytest.param(
            Pattern(WEEKLY, interval=2, weekday=THURSDAY, first_date=day("2026-07-09"), months_off=(8,)),
            "2026-07-01",
            "2026-09-30",
            ["2026-07-09", "2026-07-23", "2026-09-03", "2026-09-17"],
            id="not in August, in the same step after it",
        ),
        pytest.param(Pattern(Frequency.ASK, weekday=THURSDAY), "2026-01-01", "2026-12-31", [], id="ask"),
    ],
)
def test_pattern_dates(pattern, first, last, expected):
    assert found(pattern, first, last) == expected


@pytest.mark.parametrize(
    "weekday, nation, days, met",
    [
        # Boxing Day 2026 is a Saturday, so the Monday after is the bank holiday: neither is met on.
        (SATURDAY, Nation.ENGLAND, ["2026-12-19", "2026-12-26", "2027-01-02"], ["2026-12-19", "2027-01-02"]),
        (MONDAY, Nation.WALES, ["2026-12-21", "2026-12-28", "2027-01-04"], ["2026-12-21", "2027-01-04"]),
        # 2 January is one in Scotland only. In 2027 it is a Saturday: the Monday after stands for it.
        (SATURDAY, Nation.SCOTLAND, ["2026-12-26", "2027-01-02", "2027-01-09"], ["2027-01-09"]),
        (MONDAY, Nation.SCOTLAND, ["2026-12-28", "2027-01-04", "2027-01-11"], ["2027-01-11"]),
        # Easter Monday is none in Scotland; Good Friday is one everywhere.
        (MONDAY, Nation.SCOTLAND, ["2026-04-06"], ["2026-04-06"]),
        (MONDAY, Nation.NORTHERN_IRELAND, ["2026-04-06"], []),
        (FRIDAY, Nation.SCOTLAND, ["2026-04-03"], []),
        # St Patrick's Day, the Battle of the Boyne, St Andrew's Day.
        (Weekday.TUESDAY, Nation.NORTHERN_IRELAND, ["2026-03-17"], []),
        (Weekday.TUESDAY, Nation.ENGLAND, ["2026-03-17"], ["2026-03-17"]),
        (MONDAY, Nation.NORTHERN_IRELAND, ["2026-07-13"], []),
        (MONDAY, Nation.SCOTLAND, ["2026-11-30"], []),
        # The summer bank holiday is in the first week of August in Scotland, in the last elsewhere.
        (MONDAY, Nation.SCOTLAND, ["2026-08-03", "2026-08-31"], ["2026-08-31"]),
        (MONDAY, Nation.ENGLAND, ["2026-08-03", "2026-08-31"], ["2026-08-03"]),
        # One-off ones: the jubilee (and the spring one moved to it), the funeral, the coronation, the World Cup.
        (THURSDAY, Nation.ENGLAND, ["2022-06-02"], []),
        (FRIDAY, Nation.ENGLAND, ["2022-06-03"], []),
        (MONDAY, Nation.ENGLAND, ["2022-05-30"], ["2022-05-30"]),
        (MONDAY, Nation.NORTHERN_IRELAND, ["2022-09-19"], []),
        (MONDAY, Nation.WALES, ["2023-05-08"], []),
        (MONDAY, Nation.SCOTLAND, ["2026-06-15"], []),
        (MONDAY, Nation.ENGLAND, ["2026-06-15"], ["2026-06-15"]),
        # The early May one was moved to a Friday in 2020, for the 75 years since the war.
        (FRIDAY, Nation.ENGLAND, ["2020-05-08"], []),
        (MONDAY, Nation.ENGLAND, ["2020-05-04"], ["2020-05-04"]),
    ],
)
def test_bank_holidays_are_left_out_by_nation(weekday, nation, days, met):
    pattern = Pattern(WEEKLY, weekday=weekday, skips_bank_holidays=True)

    assert [one for one in found(pattern, days[0], days[-1], nation=nation) if one in days] == met


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
    timetable = Timetable((Slot(Pattern(WEEKLY, weekday=THURSDAY, starts_at=at("18:30"))),))

    [first] = next_meetings(timetable, datetime.datetime.fromisoformat(now).replace(tzinfo=LONDON), 1)

    assert first.date == day(expected)


def test_next_meeting_of_unknown_time_is_to_come_all_day():
    timetable = Timetable((Slot(Pattern(WEEKLY, weekday=THURSDAY)),))

    late = datetime.datetime(2026, 11, 26, 23, 59, tzinfo=LONDON)

    assert next_meetings(timetable, late, 1)[0].date == day("2026-11-26")


def test_next_meeting_is_told_by_the_clock_in_london_wherever_the_moment_is_from():
    timetable = Timetable((Slot(Pattern(WEEKLY, weekday=THURSDAY)),))

    # Half past midnight on Friday in London, while it is still Thursday in UTC.
    moment = datetime.datetime(2026, 7, 2, 23, 30, tzinfo=datetime.UTC)

    assert next_meetings(timetable, moment, 1)[0].date == day("2026-07-09")


EVERY_THURSDAY = Pattern(WEEKLY, weekday=THURSDAY, starts_at=at("18:30"), ends_at=at("20:00"))


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
    mondays = Pattern(WEEKLY, weekday=MONDAY, skips_bank_holidays=True)
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
    mornings = Pattern(WEEKLY, weekday=THURSDAY, starts_at=at("10:00"))
    first_evening = Pattern(BY_WEEKDAY, weekday=THURSDAY, ordinals=(1,), starts_at=at("18:30"))
    timetable = Timetable((Slot(EVERY_THURSDAY, 1), Slot(mornings, 2), Slot(first_evening, 3)))

    thursdays = meetings(timetable, day("2026-12-01"), day("2026-12-10"))

    assert [(one.date.day, one.starts_at.hour, one.slot) for one in thursdays] == [
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
    mondays = Pattern(WEEKLY, weekday=MONDAY, skips_bank_holidays=True)
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
