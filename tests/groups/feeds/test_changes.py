"""What a feed costs, and that what is cached of it goes out of date with what it is of."""

import datetime
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from groups.choices import Stage
from groups.feeds import revisions, selection
from groups.feeds.changes import Kind, latest_changes
from groups.models import SupportGroup
from organisations.models.revision import single_revision
from tests.factories import make_group, make_venue

pytestmark = pytest.mark.django_db


def area_feed() -> str:
    return reverse("groups:area_feed", args=["somerset"])


@pytest.fixture
def groups():
    """Groups that are each moved to another venue, whose name is changed."""
    hall = make_venue(name="The hall", town="Chard")
    made = [make_group(name=f"Example {number}", venue=make_venue(town="Chard")) for number in range(20)]
    for group in made:
        with single_revision(group):
            group.venue = hall
            group.save()
    with single_revision(hall):
        hall.name = "The old hall"
        hall.save()
    return made


@pytest.mark.one_database("no page asks which database it reads: the ORM makes the same queries on each")
@pytest.mark.parametrize("count", [1, 20])
def test_feed_asks_as_often_for_one_group_as_for_twenty_and_less_often_again(client, groups, count):
    for group in groups[count:]:
        group.delete()
    # The directory, and the statements of another number of groups, are read and compiled once.
    client.get(area_feed())
    revisions.CACHE.clear()

    numbers = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(area_feed()).content.count(b"<entry>") == count
        numbers.append(len(asked))

    assert numbers == [11, 7]


def test_feed_of_very_many_groups_says_the_same(groups, monkeypatch):
    SupportGroup.objects.update(created_at=timezone.now() - datetime.timedelta(days=400))
    with single_revision(groups[3]):
        groups[3].stage = Stage.ENDED
        groups[3].save()
    keys = [group.pk for group in groups]

    def changes():
        return latest_changes({*keys}, keys[:5], timezone.localdate(), 30)

    of_few = changes()
    monkeypatch.setattr(revisions, "MOST_KEYS", 0)

    assert changes() == of_few
    assert [change.kind for change in of_few] == [Kind.ENDED, *[Kind.CHANGED] * 19]


def test_entry_that_was_encoded_before_is_encoded_anew_after_a_change(client, groups):
    def counts() -> list[int]:
        content = client.get(area_feed()).content
        return [content.count(words) for words in (b"The old hall", b"Another summary", b"<entry>")]

    before = counts()
    groups[1].summary = "Another summary."
    groups[1].save()
    after_a_summary = counts()
    groups[0].venue.address_is_confidential = True
    groups[0].venue.save()

    assert [before, after_a_summary, counts()] == [[20, 0, 20], [20, 1, 20], [0, 1, 20]]


def test_entries_are_encoded_anew_while_the_directory_is_read_again(client, groups, monkeypatch):
    client.get(area_feed())
    stale = replace(selection.current_snapshot(), is_current=False, _cache={})
    monkeypatch.setattr(selection, "current_snapshot", lambda: stale)
    groups[0].summary = "Another summary."
    groups[0].save()

    assert client.get(area_feed()).content.count(b"Another summary.") == 1
