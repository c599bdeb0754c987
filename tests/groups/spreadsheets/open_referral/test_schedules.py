"""Schedules of a feed become lines of ours, or stay in their own words with a question."""

import datetime

import pytest

from groups.spreadsheets.open_referral.schedules import When, when_of
from groups.timetable.parse import parse
from groups.timetable.readings import Reading
from tests.groups.spreadsheets.open_referral.feeds import make_schedule

#: A Monday.
TODAY = datetime.date(2026, 11, 30)


@pytest.mark.parametrize(
    "changes, lines",
    [
        ({}, "Every Thursday, 6.30pm to 8pm."),
        ({"byday": "TH,MO"}, "Every Monday, 6.30pm to 8pm.\nEvery Thursday, 6.30pm to 8pm."),
        ({"closes_at": "18:00:00"}, "Every Thursday, from 6.30pm."),
        ({"opens_at": "10:00:00", "closes_at": None}, "Every Thursday, from 10am."),
        ({"byday": None, "dtstart": "2026-12-04"}, "Every Friday from 4 December 2026, 6.30pm to 8pm."),
        # Data that is valid since long ago has no first meeting.
        ({"valid_from": "2005-01-01"}, "Every Thursday, 6.30pm to 8pm."),
        ({"valid_from": "2027-01-07"}, "Every Thursday from 7 January 2027, 6.30pm to 8pm."),
        ({"valid_to": "2027-03-25"}, "Every Thursday until 25 March 2027, 6.30pm to 8pm."),
        ({"valid_to": "2026-11-29"}, ""),
        ({"interval": 2, "dtstart": "2026-01-08"}, "Every second Thursday from 8 January 2026, 6.30pm to 8pm."),
        # The weeks are counted from the Monday before the first day.
        (
            {"interval": 2, "dtstart": "2026-01-08", "byday": "TU,TH"},
            "Every second Tuesday from 20 January 2026, 6.30pm to 8pm.\n"
            "Every second Thursday from 8 January 2026, 6.30pm to 8pm.",
        ),
        ({"freq": "MONTHLY", "byday": "1TH"}, "The first Thursday of the month, 6.30pm to 8pm."),
        ({"freq": "MONTHLY", "byday": "3TH,1TH"}, "The first and third Thursday of the month, 6.30pm to 8pm."),
        ({"freq": "MONTHLY", "byday": "-1FR,2FR"}, "The second and last Friday of the month, 6.30pm to 8pm."),
        (
            {"freq": "MONTHLY", "byday": "1MO,2TU"},
            "The first Monday of the month, 6.30pm to 8pm.\nThe second Tuesday of the month, 6.30pm to 8pm.",
        ),
        ({"freq": "MONTHLY", "byday": None, "bymonthday": "15"}, "The 15th of every month, 6.30pm to 8pm."),
        ({"freq": "MONTHLY", "byday": None, "bymonthday": "-1"}, "The last day of every month, 6.30pm to 8pm."),
        ({"notes": "Not in\nChristmas week."}, "Every Thursday, 6.30pm to 8pm. Note: Not in Christmas week."),
        # The description says more than a rule can, and the same.
        (
            {"description": "Every Thursday, 6.30pm to 8pm, not on bank holidays."},
            "Every Thursday, 6.30pm to 8pm, not on bank holidays.",
        ),
        # It says something else: the rule counts.
        ({"description": "Every Friday, 6.30pm to 8pm."}, "Every Thursday, 6.30pm to 8pm."),
        (
            {"freq": None, "byday": None, "description": "Day and time: for the members to decide."},
            "Day and time: for the members to decide.",
        ),
    ],
)
def test_rule_is_read_as_lines_of_ours(changes, lines):
    schedule = {name: value for name, value in make_schedule(**changes).items() if value is not None}

    assert when_of([schedule], TODAY) == When(lines)


@pytest.mark.parametrize(
    "changes, words, reason",
    [
        (
            {"opens_at": "18:30Z", "description": "Thursday evenings"},
            "Thursday evenings",
            "“18:30Z” may be an hour earlier or later here. What is the time on the clock?",
        ),
        (
            {"interval": 2},
            "freq WEEKLY, interval 2, byday TH, opens_at 18:30, closes_at 20:00",
            "It is every 2 weeks, and does not say from which date they are counted.",
        ),
        (
            {"bymonthday": "2,3,4", "description": "Weekdays"},
            "Weekdays",
            "It is weekly, and has days of a month as well. Which of the two is it?",
        ),
        ({"freq": "MONTHLY", "interval": 2, "byday": "1TH", "description": "W"}, "W", "It is not in every month."),
        (
            {"freq": "MONTHLY", "description": "W"},
            "W",
            "It is monthly, and does not say in which week of the month.",
        ),
        ({"byday": "Thursday", "description": "W"}, "W", "“THURSDAY” is no day."),
        ({"count": 6, "description": "W"}, "W", "Its rule is narrower than one of ours can be."),
        ({"freq": "DAILY", "description": "W"}, "W", "It is neither weekly nor monthly."),
        (
            {"freq": "", "byday": "", "description": "Now and then"},
            "Now and then",
            "It says when it is in words alone. Which regular time is that?",
        ),
    ],
)
def test_rule_that_we_cannot_hold_stays_in_words_with_a_question(changes, words, reason):
    assert when_of([make_schedule(**changes)], TODAY) == When(words, ((words, reason),))


def test_lines_are_read_back_as_they_were_written():
    rules = [make_schedule(interval=2, dtstart="2026-01-08"), make_schedule(freq="MONTHLY", byday="1TH,-1TH")]

    for line in when_of(rules, TODAY).lines.split("\n"):
        reading = parse(line, TODAY)
        assert isinstance(reading, Reading)
        assert reading.sentence == line


def test_words_that_cannot_be_read_stand_with_the_lines_that_can():
    # So that the column is not read at all: half of when a group meets is worse than a question.
    when = when_of([make_schedule(), make_schedule(count=6, description="Six meetings")], TODAY)

    assert when.lines == "Every Thursday, 6.30pm to 8pm.\nSix meetings"


def test_single_date_is_asked_about_and_the_regular_times_are_read():
    date = make_schedule(freq="", byday="", valid_from="2026-12-05", valid_to="2026-12-05", description="One day.")

    assert when_of([make_schedule(), date], TODAY) == When(
        "Every Thursday, 6.30pm to 8pm.",
        (
            (
                "One day.",
                "It is on a date, and says no regular time. Add the date to the group, if it is right.",
            ),
        ),
    )
