"""How fresh a listing is, to the day."""

import datetime

import pytest

from organisations.choices import Freshness
from organisations.freshness import days_of_change, freshness

TODAY = datetime.date(2026, 11, 21)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    "checked_on, today, value",
    [
        ("2026-11-21", TODAY, Freshness.FRESH),
        ("2026-05-21", TODAY, Freshness.FRESH),
        ("2026-05-20", TODAY, Freshness.DUE),
        ("2026-02-21", TODAY, Freshness.DUE),
        ("2026-02-20", TODAY, Freshness.OVERDUE),
        ("2025-08-21", TODAY, Freshness.OVERDUE),
        ("2025-08-20", TODAY, Freshness.LAPSED),
        ("2000-01-01", TODAY, Freshness.LAPSED),
        # Six months before the last day of August is the last day of February.
        ("2026-02-28", day("2026-08-31"), Freshness.FRESH),
        ("2026-02-27", day("2026-08-31"), Freshness.DUE),
        ("2024-02-29", day("2024-08-29"), Freshness.FRESH),
    ],
)
def test_freshness_by_the_months_since_the_last_check(checked_on, today, value):
    assert freshness(day(checked_on), today).value == value


def test_days_of_change_are_those_on_which_freshness_changes():
    for number in range(0, 1500, 7):
        checked_on = day("2024-02-01") + datetime.timedelta(days=number)
        days = [checked_on + datetime.timedelta(days=n) for n in range(500)]
        values = [freshness(checked_on, each).value for each in days]

        changes = [days[n] for n in range(1, len(days)) if values[n] != values[n - 1]]

        assert days_of_change(checked_on) == changes


@pytest.mark.parametrize(
    "checked_on, sentence",
    [
        (None, "Nobody has checked this listing yet. Please ask before you travel."),
        ("2026-11-01", "Checked on 1 November 2026."),
        ("2026-05-20", "Last checked on 20 May 2026. Please ask before you travel."),
        ("2026-02-20", "Last checked on 20 February 2026. Please ask before you travel."),
        ("2025-08-20", "Last checked on 20 August 2025. Please ask before you travel."),
    ],
)
def test_freshness_sentence(checked_on, sentence):
    assert freshness(checked_on and day(checked_on), TODAY).sentence == sentence


def test_freshness_of_what_nobody_has_checked():
    assert freshness(None, TODAY).value == Freshness.UNCHECKED


@pytest.mark.parametrize(
    "checked_on, words",
    [
        (None, "not yet checked"),
        ("2026-11-01", "checked in November"),
        ("2026-05-20", "not checked since May 2026"),
        ("2025-08-20", "not checked since August 2025"),
    ],
)
def test_freshness_in_short_says_the_month(checked_on, words):
    assert freshness(checked_on and day(checked_on), TODAY).in_short == words
