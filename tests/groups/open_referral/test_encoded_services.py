"""Records stored ahead are those of the groups as they are: of any day until the one that they are stored for."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from common.bounded_cache import CACHE
from groups.choices import ChangeKind
from groups.models import EncodedService, SupportGroup
from groups.open_referral import items
from tests.factories import days_ago, make_change, make_check, make_group, make_schedule, make_venue
from tests.groups.open_referral.feed import BASE, pages, record_of

pytestmark = pytest.mark.django_db

#: The 30th of November: fifteen months after a check on it is the end of a February.
FIRST_DAY = datetime.date(2026, 11, 30)
SOME_DAY = datetime.date(2027, 1, 12)


def _encode() -> str:
    output = StringIO()
    call_command("encode_services", stdout=output)
    CACHE.clear()
    return output.getvalue().strip()


@pytest.fixture
def made(monkeypatch):
    """The names of the groups of which the feed makes a record."""
    names = []
    encode_service = items.encode_service

    def note(group, context):
        names.append(group.name)
        return encode_service(group, context)

    monkeypatch.setattr(items, "encode_service", note)
    return names


@pytest.fixture
def on_day(monkeypatch):
    """Sets the day, at noon."""

    def set_day(day: datetime.date) -> None:
        moment = datetime.datetime(day.year, day.month, day.day, 12, tzinfo=datetime.UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_day


def test_stored_records_are_the_same_bytes_on_pages_and_as_lines(made):
    group = make_group(name="Example a", venue=make_venue(postcode="CT9 1AE"), meets_online=True)
    make_schedule(group, venue=make_venue(town="Chard"))
    make_group(name="Example b", town="Chard", topics=["Example topic"])
    make_group(name="Example c", closed=True)
    lists = [f"{BASE}/{kind}" for kind in ("services", "service_at_locations")]
    addresses = [
        f"{address}{query}" for address in lists for query in ("?per_page=10", "?per_page=2&page=2", "?format=ndjson")
    ]

    def contents() -> list[bytes]:
        CACHE.clear()
        return [b"".join(Client().get(address)) for address in addresses]

    fresh = contents()
    output = _encode()
    made.clear()

    assert (contents(), made, output) == (fresh, [], "3 records were stored.")


def test_only_what_changed_is_made_and_stored_again(made):
    groups = [make_group(name=f"Example {name}") for name in "abc"]
    _encode()
    groups[1].organisation.summary = "Another summary."
    groups[1].organisation.save()

    [page] = pages("/services")

    assert [item["organization"].get("description") for item in page["contents"]][1] == "Another summary."
    assert (made, _encode(), _encode()) == (["Example b"], "1 records were stored.", "0 records were stored.")


def test_record_is_made_again_for_another_address_of_the_site(made, settings):
    make_group(name="Example a")
    _encode()
    settings.SITE_ADDRESS = "https://groups.example"

    [page] = pages("/services")

    assert (page["contents"][0]["url"].partition("/groups/")[0], made) == ("https://groups.example", ["Example a"])


@pytest.mark.one_database
def test_record_is_made_again_from_its_last_day_on(made, on_day):
    on_day(FIRST_DAY)
    make_schedule(make_group(name="Example a"), last_date=SOME_DAY)
    _encode()
    found = []

    for days in (0, 1):
        on_day(SOME_DAY + datetime.timedelta(days=days))
        CACHE.clear()
        [page] = pages("/services")
        found.append((page["contents"][0]["schedules"][0].get("valid_to"), [*made]))

    assert found == [(SOME_DAY.isoformat(), []), (None, ["Example a"])]


@pytest.mark.one_database
def test_record_of_a_group_that_left_the_feed_is_deleted():
    group, other = make_group(name="Example a"), make_group(name="Example b")
    _encode()
    group.publication = "withdrawn"
    group.save()

    _encode()

    assert [*EncodedService.objects.values_list("pk", flat=True)] == [other.pk]


def _dated_groups() -> list[SupportGroup]:
    """Groups of which each has days that come and go."""
    groups = [make_group(name="Example plain"), make_group(name="Example end", ended=True, ended_on=days_ago(3))]
    for facts in ({}, {"forming": True}):
        make_check(group := make_group(name=f"Example checked {facts}", **facts), FIRST_DAY)
        groups.append(group)
    for dates in ({"first_date": SOME_DAY}, {"last_date": SOME_DAY}, {"first_date": FIRST_DAY, "last_date": SOME_DAY}):
        make_schedule(group := make_group(name=f"Example from {dates}", forming="last_date" in dates), **dates)
        groups.append(group)
    later, hall = SOME_DAY + datetime.timedelta(days=9), make_venue(town="Chard")
    for kind, dates in {
        ChangeKind.EXTRA: {"venue": hall},
        ChangeKind.OFF: {},
        ChangeKind.OFF_RANGE: {"until": later},
        ChangeKind.MOVED: {"new_date": later, "venue": hall},
        ChangeKind.ON: {},
    }.items():
        make_change(group := make_group(name=f"Example {kind}"), kind=kind, date=SOME_DAY, **dates)
        groups.append(group)
    return groups


@pytest.mark.one_database
def test_stored_record_is_that_of_each_day_until_its_last(on_day):
    on_day(day := FIRST_DAY)
    groups = _dated_groups()
    different, days = [], []
    while day < FIRST_DAY + datetime.timedelta(days=500):
        on_day(day)
        _encode()
        records = {group.pk: record_of(group) for group in groups}
        until = EncodedService.objects.order_by("until")[0].until
        for later in (day + (until - day) // 2, until - datetime.timedelta(days=1)):
            on_day(later)
            different += [(later, group.name) for group in groups if record_of(group) != records[group.pk]]
        days.append(day := until)

    assert different == []
    of_changes, of_checks = ["2027-01-12", "2027-01-13", "2027-01-22"], ["2027-06-01", "2027-09-01", "2028-03-01"]
    assert [day.isoformat() for day in days] == [*of_changes, *of_checks, "9999-12-31"]


@pytest.mark.one_database
def test_record_of_a_group_on_a_break_is_stored_for_a_day():
    make_group(paused=True)

    _encode()

    assert EncodedService.objects.get().until == days_ago(-1)
