"""What is noticed of a change: by the moment that a record has, by `modified_after`, and by the ETag of a page."""

import datetime
import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from common.bounded_cache import CACHE
from groups.models import SupportGroup
from groups.open_referral import items, services
from groups.open_referral.modification import modified_since
from groups.open_referral.reader import read_minimal
from organisations.models import single_revision
from organisations.models.revision import history_model
from tests.factories import days_ago, make_check, make_contact, make_group, make_schedule, make_venue
from tests.groups.open_referral.feed import BASE, names, read, service_of

pytestmark = pytest.mark.django_db


def _old_group(**facts) -> SupportGroup:
    """A group of which nothing has changed for a year, nor of what belongs to it."""
    venue, other = make_venue(name="Example hall", postcode="CT9 1AE"), make_venue(name="Example other hall")
    group = make_group(venue=venue, topics=["Example topic"], **facts)
    contact = make_contact(organisation=group.organisation)
    group.contacts.add(contact)
    schedule = make_schedule(group, venue=other)
    long_ago = timezone.now() - datetime.timedelta(days=365)
    for row in (group, group.organisation, venue, other, contact, *group.topics.all()):
        type(row).objects.filter(pk=row.pk).update(updated_at=long_ago)
    history_model(SupportGroup).objects.update(history_date=long_ago)
    group.refresh_from_db()
    group.schedule = schedule
    return group


def _change_times(group: SupportGroup) -> None:
    with single_revision(group):
        group.schedule.starts_at = datetime.time(9)
        group.schedule.save()


def _save(row, **values) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


CHANGES = {
    "venue": lambda group: _save(group.venue, name="Example new hall"),
    "venue of a schedule": lambda group: _save(group.schedule.venue, name="Example new hall"),
    "times": _change_times,
    "contact": lambda group: _save(group.contacts.get(), email="new@example.org"),
    "contact taken back": lambda group: _save(group.contacts.get(), is_released=False),
    "organisation": lambda group: _save(group.organisation, summary="Another summary."),
    "group": lambda group: _save(group, summary="Another summary."),
    "check": lambda group: make_check(group, days_ago(0)),
    "term": lambda group: _save(group.topics.get(), name="Example other topic"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_change_is_noticed(client, change):
    group = _old_group()
    path = f"{BASE}/services"
    before = client.get(path)
    moment = timezone.now()
    assert (names(modified_after=moment.isoformat()), before.json()["contents"][0]["id"]) == ([], str(group.public_id))

    CHANGES[change](group)

    after = client.get(path, headers={"if-none-match": before["ETag"]})
    assert names(modified_after=moment.isoformat()) == [group.name]
    assert (after.status_code, after["ETag"] != before["ETag"]) == (200, True)
    assert datetime.datetime.fromisoformat(service_of(group)["last_modified"]) >= moment


def test_page_that_has_not_changed_is_not_sent_again(client):
    make_group(town="Chard")
    path = f"{BASE}/services?full=true&per_page=10"

    first = client.get(path)
    second = client.get(path, headers={"if-none-match": first["ETag"]})

    assert (first.status_code, second.status_code, second["Access-Control-Allow-Origin"]) == (200, 304, "*")


def test_page_that_is_cached_compressed_is_plain_for_a_client_that_does_not_take_gzip(client):
    make_group(town="Chard")
    path = f"{BASE}/services?page=1"

    compressed = client.get(path, headers={"accept-encoding": "gzip"})
    plain = client.get(path)

    headers = [response.get(name) for response in (compressed, plain) for name in ("Content-Encoding", "ETag")]
    assert headers == ["gzip", compressed["ETag"], None, compressed["ETag"]]
    assert plain.content == gzip.decompress(compressed.content)


@pytest.mark.one_database
def test_moment_of_a_record_is_the_first_at_which_it_counts_as_unchanged():
    groups = [_old_group(), make_group(town="Chard"), _old_group(closed=True)]

    found = read_minimal([group.pk for group in groups])
    moments = {pk: group.last_modified for pk, group in found.items()}

    for group in groups:
        assert group.pk in modified_since(moments[group.pk])
        assert group.pk not in modified_since(moments[group.pk] + datetime.timedelta(microseconds=1))


@pytest.mark.one_database
def test_group_that_has_ended_is_in_the_feed_for_a_year():
    make_group(name="Example a", ended=True, ended_on=days_ago(360))
    make_group(name="Example b", ended=True, ended_on=days_ago(370))
    make_group(name="Example c", ended=True)

    assert names() == ["Example a", "Example c"]


@pytest.mark.one_database
def test_page_of_services_takes_as_many_queries_for_many_as_for_few():
    counts = []
    for _ in range(2):
        for _ in range(6):
            group = make_group(venue=make_venue(postcode="CT9 1AE"), topics=["Example topic"])
            make_schedule(group)
        CACHE.clear()
        with CaptureQueriesContext(connection) as queries:
            read("/services", per_page=100)
        counts.append(len(queries))

    assert counts == [19, 19]


@pytest.mark.one_database
def test_item_is_made_once_until_its_organisation_changes(monkeypatch):
    """Another page of the same groups, after an edit of one organisation, makes that one's alone."""
    groups = [make_group() for _ in range(3)]
    made = []
    monkeypatch.setattr(items, "encode_service", lambda group, context: made.append(group.pk) or encode(group, context))
    encode = services.encode_service

    read("/services", per_page=10)
    _save(groups[1].organisation, summary="Another summary.")
    read("/services", per_page=11)

    assert made == [*(group.pk for group in sorted(groups, key=lambda group: group.name)), groups[1].pk]


@pytest.mark.one_database
@pytest.mark.parametrize("query", ["", "?per_page=50"])
def test_answer_is_compressed_for_who_takes_it_whatever_was_asked(client, query):
    make_group(town="Chard")
    path = f"{BASE}/services{query}"

    plain, compressed = client.get(path), client.get(path, headers={"accept-encoding": "gzip"})

    assert (plain.headers.get("Content-Encoding"), compressed["Content-Encoding"]) == (None, "gzip")
    assert gzip.decompress(compressed.content) == plain.content
    assert (plain["ETag"], plain["Vary"]) == (compressed["ETag"], compressed["Vary"])
