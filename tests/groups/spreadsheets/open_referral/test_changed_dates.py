"""Dates and other places that a feed has of a group which is here, as sentences: what was said, what is, what to do."""

import datetime

import pytest

from groups.choices import ChangeKind
from groups.spreadsheets.feed_dates import FeedDate, dates_cell
from groups.spreadsheets.feed_places import FeedPlace, places_cell
from groups.spreadsheets.open_referral.changed_dates import (
    date_in_words,
    questions_about_dates,
    questions_about_places,
)

TODAY, DAY = datetime.date(2026, 12, 1), datetime.date(2026, 12, 7)
ELEVEN = datetime.time(11)
MOVED = FeedDate(ChangeKind.MOVED, DAY, new_date=DAY + datetime.timedelta(days=1), starts_at=ELEVEN)
ADD, CHANGE, REMOVE = "This is new", "They have changed it", "Their list does not say it any more"


@pytest.mark.parametrize(
    "date, words",
    [
        (FeedDate(ChangeKind.OFF, DAY, words="We rest."), "No meeting on 7 December 2026: We rest."),
        (FeedDate(ChangeKind.OFF_RANGE, DAY, until=DAY), "No meetings from 7 December 2026 to 7 December 2026."),
        (FeedDate(ChangeKind.ON, DAY), "It meets on 7 December 2026 as usual."),
        (
            FeedDate(
                ChangeKind.EXTRA, DAY, starts_at=ELEVEN, ends_at=datetime.time(12), place="Example mill, TA20 1AA"
            ),
            "An extra meeting on 7 December 2026, 11am to noon, at Example mill, TA20 1AA.",
        ),
        (MOVED, "The meeting of 7 December 2026 is on 8 December 2026, from 11am."),
    ],
)
def test_date_is_a_sentence(date, words):
    assert date_in_words(date) == words


def test_dates_that_are_new_changed_or_gone_are_asked_about():
    off, later = FeedDate(ChangeKind.OFF, DAY), FeedDate(ChangeKind.OFF, DAY.replace(day=14))
    past = FeedDate(ChangeKind.OFF, TODAY.replace(month=11))
    new = FeedDate(ChangeKind.OFF, DAY, words="We rest.")

    asked = questions_about_dates(dates_cell([past, off, later]), dates_cell([new, MOVED]), TODAY)

    assert [(words, reason.partition(".")[0].partition(" in their list")[0]) for words, reason in asked] == [
        ("No meeting on 7 December 2026: We rest. (Before: No meeting on 7 December 2026.)", CHANGE),
        ("The meeting of 7 December 2026 is on 8 December 2026, from 11am.", ADD),
        ("No meeting on 14 December 2026.", REMOVE),
    ]


def test_times_at_other_places_are_asked_about():
    mill = {"Venue": "Example mill", "Postcode": "TA20 1AA"}
    before, now = (places_cell([FeedPlace(mill, f"Every {day}.")]) for day in ("Monday", "Tuesday"))

    assert questions_about_places(now, now) == []
    assert [words for words, _ in questions_about_places(before, now)] == [
        "It meets at Example mill, TA20 1AA: Every Tuesday. (Before: It meets at Example mill, TA20 1AA: Every Monday.)"
    ]
