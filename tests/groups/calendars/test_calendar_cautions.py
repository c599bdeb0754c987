"""Calendars say on which days to ask first, and which are off."""

import datetime

import icalendar
import pytest
from django.utils import timezone

from groups.calendars.feed import Feed, render_calendar
from groups.choices import ChangeKind, Weekday
from groups.timetable.sentences import format_day
from tests.factories import days_ago, make_change, make_group, make_schedule
from tests.groups.calendars.test_calendars import read

# Words in memory of one group's rows, which tests/groups/test_group_reader.py reads on each database.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SIX = datetime.time(18)


def in_winter(group) -> list[icalendar.Event]:
    """The events of a group as a calendar of November 2026 has them: the winters of 2026 and 2027 are in it."""
    group = type(group).objects.with_last_check().for_cards().get(pk=group.pk)
    feed = Feed(group.name, group.get_absolute_url(), [group])
    text = render_calendar(feed, "https://example.org{}".format, datetime.date(2026, 11, 21))
    return icalendar.Calendar.from_ical(text).walk("VEVENT")


@pytest.mark.parametrize("checked", [3, 300])
def test_event_at_christmas_says_to_ask_first_and_its_rule_does_not(checked):
    group = make_group(name="Talking", town="Chard", checked=days_ago(checked))
    make_schedule(group, starts_at=SIX)

    usual, *at_christmas = in_winter(group)

    assert "ask first" not in usual["summary"].lower() + usual["description"].lower()
    assert [(row["recurrence-id"].dt.date().isoformat(), row["summary"]) for row in at_christmas] == [
        ("2026-12-24", "Talking (ask first: it is Christmas Eve)"),
        ("2026-12-31", "Talking (ask first: it is New Year’s Eve)"),
    ]
    assert {row["uid"] for row in at_christmas} == {usual["uid"]}
    assert {row["status"] for row in at_christmas} == {"TENTATIVE"}
    assert [row["description"].splitlines()[0] for row in at_christmas] == [
        "Ask first: it is Christmas Eve.",
        "Ask first: it is New Year’s Eve.",
    ]
    assert all(row["dtstart"].dt == row["recurrence-id"].dt for row in at_christmas)


def test_event_in_term_time_says_to_ask_but_on_the_days_that_the_group_has_spoken_of():
    group = make_group(name="Talking", town="Chard", checked=days_ago(3))
    make_schedule(group, starts_at=SIX, term_time_only=True)
    make_change(group, kind=ChangeKind.ON, date=datetime.date(2026, 12, 3), words="A quiz.")
    make_change(group, kind=ChangeKind.ON, date=datetime.date(2026, 12, 24))
    extra = make_change(group, date=datetime.date(2026, 12, 4), starts_at=SIX)

    usual, *others, on_its_own = in_winter(group)

    assert (usual["summary"], usual["status"]) == ("Talking (term time only: ask whether it is on)", "TENTATIVE")
    assert usual["description"].splitlines()[:2] == [
        "Term time only: ask whether it is on.",
        "Every Thursday, from 6pm, in term time only.",
    ]
    assert "rdate" not in usual
    assert [(row["recurrence-id"].dt.day, row["summary"], row["status"]) for row in others] == [
        (3, "Talking", "CONFIRMED"),
        (24, "Talking", "CONFIRMED"),
        (31, "Talking (ask first: it is New Year’s Eve)", "TENTATIVE"),
    ]
    assert others[0]["description"].splitlines()[0] == "A quiz."
    assert (on_its_own["dtstart"].dt.date(), on_its_own["summary"]) == (extra.date, "Talking")


def test_calendar_says_in_words_which_days_are_off():
    group = make_group(name="Talking", town="Chard", checked=days_ago(3))
    make_schedule(group, starts_at=SIX, last_date=datetime.date(2026, 12, 24), skips_bank_holidays=True)
    make_change(group, kind=ChangeKind.OFF, date=datetime.date(2026, 12, 24), words="The hall is let.")

    [event] = in_winter(group)

    assert event["description"].splitlines()[:2] == [
        "Every Thursday until 24 December 2026, from 6pm, not on bank holidays.",
        "No meeting on Thursday 24 December. The hall is let.",
    ]


def test_calendar_of_a_group_without_a_meeting_to_come_says_so(client):
    group = make_group(town="Chard", checked=days_ago(3))
    make_schedule(group, weekday=Weekday(days_ago(-1).weekday()), last_date=days_ago(-1))
    make_change(group, kind=ChangeKind.OFF, date=days_ago(-1))

    calendar = read(client, group)

    assert calendar["x-wr-caldesc"] == (
        f"No meeting on {format_day(days_ago(-1), timezone.localdate())}. "
        "We know of no more meetings. Please ask the group."
    )
