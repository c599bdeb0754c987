"""What stands of a group on paper holds on the day of printing, and is said once."""

import pytest

from groups.choices import Weekday
from groups.printing.fields import WHERE
from tests.factories import days_ago, make_group, make_schedule, make_venue
from tests.groups.printing.test_document import entry

pytestmark = pytest.mark.django_db


def test_pattern_that_is_over_is_in_no_week_on_paper():
    group = make_group(town="Chard")
    make_schedule(group, weekday=Weekday.MONDAY, last_date=days_ago(1), venue=make_venue(name="Example old hall"))
    make_schedule(group, weekday=Weekday.FRIDAY)

    printed = entry(group)

    assert [session.weekday for session in printed.sessions] == [Weekday.FRIDAY]
    assert "Example old hall" not in " ".join(printed.where)


def test_place_of_a_meeting_is_said_only_where_it_is_another_than_the_usual():
    usual, other = make_venue(name="Example hall"), make_venue(name="Example library")
    group = make_group(venue=usual)
    make_schedule(group, weekday=Weekday.MONDAY, venue=usual)
    make_schedule(group, weekday=Weekday.FRIDAY, venue=other)

    where = entry(group).where

    assert [line.split(",")[0] for line in where if "Example" in line] == ["Example hall", "Friday: Example library"]


def test_other_ways_to_take_part_are_a_sentence_after_a_sentence():
    groups = [
        make_group(online=True, meets_by_phone=True),
        make_group(town="Chard", meets_online=True),
        make_group(venue=make_venue(name="Example hall", address="", postcode=""), meets_by_phone=True),
    ]

    assert [WHERE.text(entry(group)) for group in groups] == [
        "Online. Ask for the link. Also by phone.",
        "Chard. Ask where it meets. Also online (ask for the link).",
        "Example hall, Chard, also by phone",
    ]
