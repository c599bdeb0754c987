"""Next dates on paper and in files: which to ask about, and which are off."""

import datetime

import pytest
from django.utils import timezone

from groups.choices import ChangeKind, Weekday
from groups.printing.entries import print_entry
from groups.printing.exports import render_csv, render_text
from groups.printing.parts import with_parts
from groups.timetable.sentences import format_day
from tests.factories import days_ago, make_change, make_group, make_schedule
from tests.groups.printing.test_document import entry, paper, whole

# Words in memory of the rows of a list, which test_costs.py and test_entries.py read on each database.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

_NONE = "We know of no more meetings. Please ask the group."


def on_paper(group, now: datetime.datetime) -> tuple[str, ...]:
    """Its next dates as they were printed at a moment."""
    return print_entry(group, now, whole).next_dates


def test_next_dates_on_paper_say_to_ask_first():
    group = make_group(town="Chard", checked=days_ago(3))
    make_schedule(group, starts_at=datetime.time(18), term_time_only=True)

    assert on_paper(group, datetime.datetime(2026, 12, 15, 12, tzinfo=datetime.UTC)) == (
        "Thursday 17 December, 6pm, term time only: ask whether it is on.",
        "Thursday 24 December, 6pm, ask first: it is Christmas Eve.",
        "Thursday 31 December, ask first: it is New Year’s Eve.",
    )
    assert entry(group).sessions[0].how_often == "in term time only"


def test_days_off_are_on_paper_as_long_as_it_is_good():
    group = make_group(town="Chard", checked=days_ago(3))
    make_schedule(group, starts_at=datetime.time(18))
    for day, message in ((17, "The hall is let."), (31, "")):
        make_change(group, kind=ChangeKind.OFF, date=datetime.date(2026, 12, day), words=message)

    assert on_paper(group, datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)) == (
        "Thursday 3 December, 6pm.",
        "Thursday 10 December, 6pm.",
        "No meeting on Thursday 17 December. The hall is let.",
        "Thursday 24 December, ask first: it is Christmas Eve.",
    )


def test_days_at_christmas_are_on_paper_that_is_still_good_then():
    """The sentence says "every Thursday", and two dates before Christmas say nothing of it."""
    group = make_group(town="Chard", checked=days_ago(3))
    make_schedule(group, starts_at=datetime.time(18))
    now = datetime.datetime(2026, 12, 3, 12, tzinfo=datetime.UTC)

    assert on_paper(group, now)[1:] == (
        "Thursday 10 December, 6pm.",
        "Thursday 24 December, ask first: it is Christmas Eve.",
        "Thursday 31 December, ask first: it is New Year’s Eve.",
    )


def test_group_with_no_meeting_to_come_says_so_on_paper_and_in_files():
    group = make_group(town="Chard", checked=days_ago(3))
    make_schedule(group, weekday=Weekday(days_ago(-1).weekday()), last_date=days_ago(-1))
    make_change(group, kind=ChangeKind.OFF, date=days_ago(-1))

    message = (f"No meeting on {format_day(days_ago(-1), timezone.localdate())}.", _NONE)
    assert entry(group).next_dates == message
    assert " ".join(message) in render_text(paper(group))
    columns = with_parts(paper(group), [group], timezone.now())
    assert columns.entries[0].parts.days_off == message
    assert " ".join(message) in render_csv(columns).decode()
