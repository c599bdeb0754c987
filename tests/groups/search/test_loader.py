"""What a group is found by, and what it is not: read as any question reads it."""

import datetime

import pytest

from groups.choices import Weekday
from groups.models import AccessFeature
from groups.search.index.postings import WordPostings, inverted
from groups.search.snapshot.snapshot import current_snapshot
from tests.factories import days_ago, make_group, make_schedule, make_terms, make_venue

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("hidden", [{}, {"confidential": True}, {"closed": True}])
def test_access_of_a_venue_is_nothing_to_find_a_group_by_where_nobody_may_know_the_venue(hidden):
    """Who knows a building by its lift and its loop would know the door."""
    venue = make_venue(town="Chard", confidential=bool(hidden.pop("confidential", False)))
    venue.access_features.set(make_terms(AccessFeature, ["Example lift"]))
    group = make_group(venue=venue, **hidden)
    may_be_known = not (venue.address_is_confidential or group.is_closed)

    keys = current_snapshot().index.keys(group.pk)

    assert ("access" in dict(keys.options), "lift" in keys.words) == (may_be_known, may_be_known)


@pytest.mark.parametrize("withheld", [{"closed": True}, {"times_are_withheld": True}, {}])
def test_day_and_time_are_nothing_to_find_a_group_by_where_nobody_may_know_them(withheld):
    group = make_group(**withheld)
    make_schedule(group, starts_at=datetime.time(18))

    keys, record = current_snapshot().index.keys(group.pk), current_snapshot().index.document(group.pk)

    may_be_known = not withheld
    found_by = {facet for facet, _ in keys.options} & {"day", "time"}
    assert (found_by, "thursday" in keys.words) == ({"day", "time"} if may_be_known else set(), may_be_known)
    assert (bool(keys.times), bool(record.meetings)) == (may_be_known, may_be_known)


def test_pattern_that_is_over_is_no_day_to_find_a_group_by():
    group = make_group()
    make_schedule(group, weekday=Weekday.MONDAY, last_date=days_ago(1))
    make_schedule(group, weekday=Weekday.FRIDAY)

    keys = current_snapshot().index.keys(group.pk)

    assert [day for facet, day in keys.options if facet == "day"] == ["friday"]


def test_beginning_of_a_word_that_was_asked_for_before_finds_what_has_come_since():
    before = WordPostings(inverted([(0, ["painting"])]), 1)
    assert before.beginning_with("pa") == 0b01

    after = before.with_changes([], {1: ["pasta"]})

    assert (before.beginning_with("pa"), after.beginning_with("pa")) == (0b01, 0b11)
