"""Calendars are made once, and not sent again to a program that has them."""

import datetime
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.models import SupportGroup
from groups.search.snapshot.snapshot import current_snapshot
from tests.factories import make_group, make_schedule
from tests.peersupport.page_cache.fresh_answers import clock

pytestmark = pytest.mark.django_db


def address_of(of: str, group: SupportGroup) -> str:
    """Return the address of the calendar of a group, of its organisation or of its county."""
    slugs = {"group": group.slug, "organisation": group.organisation.slug, "area": "somerset"}
    return reverse(f"groups:{of}_calendar", args=[slugs[of]])


@pytest.mark.parametrize("of", ["group", "organisation", "area"])
def test_calendar_that_has_not_changed_is_made_once_and_not_sent_again(client, django_assert_num_queries, of):
    group = make_group(town="Chard")
    make_schedule(group)
    address = address_of(of, group)
    first = client.get(address)

    with django_assert_num_queries(2):
        whole = client.get(address)
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
    group.name = "Another name"
    group.save()
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (whole.content, whole["ETag"], whole["Content-Type"]) == (
        first.content,
        first["ETag"],
        first["Content-Type"],
    )
    assert (again.status_code, again.content) == (304, b"")
    assert (changed.status_code, b"SUMMARY:Another name" in changed.content) == (200, True)


@pytest.mark.parametrize("of", ["group", "organisation", "area"])
def test_calendar_that_is_asked_for_in_another_month_is_made_again(client, monkeypatch, of):
    group = make_group(town="Chard")
    make_schedule(group)
    address = address_of(of, group)
    first, later_on = client.get(address), timezone.now() + datetime.timedelta(days=31)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later_on)

    later = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (later.status_code, later.content == first.content) == (200, False)


def test_calendar_of_a_directory_that_is_being_read_again_is_not_cached(client, monkeypatch):
    old = replace(current_snapshot(), is_current=False)
    make_schedule(make_group(name="Example tea", town="Chard"))
    address = reverse("groups:area_calendar", args=["somerset"])

    with monkeypatch.context() as stale:
        stale.setattr("groups.calendars.views.current_snapshot", lambda: old)
        without = client.get(address)

    assert [b"Example tea" in calendar.content for calendar in (without, client.get(address))] == [False, True]


def test_calendar_of_a_group_says_that_there_are_no_more_dates_once_the_last_has_begun(client):
    group, last = make_group(town="Chard"), datetime.date(2026, 12, 10)
    make_schedule(group, weekday=last.weekday(), starts_at=datetime.time(10), ends_at=datetime.time(12), last_date=last)
    address, found = address_of("group", group), []
    with clock(datetime.datetime(2026, 12, 10, 9, tzinfo=datetime.UTC)) as stands:
        for minutes in (0, 59, 2):
            stands.pass_minutes(minutes)
            found.append(b"X-WR-CALDESC" in client.get(address).content)

    assert found == [False, False, True]
