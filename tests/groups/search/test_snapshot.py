"""Knowing that the directory is old: whichever way a row is written, the next search knows."""

import datetime
import gc
import json
import weakref

import pytest
from django.core import serializers
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from common.bounded_cache import CACHE
from groups.choices import Frequency, Weekday
from groups.models import (
    AccessFeature,
    Activity,
    Audience,
    DirectoryChange,
    DirectoryState,
    GroupCheck,
    Schedule,
    ScheduleChange,
    SupportGroup,
    Topic,
    Venue,
)
from groups.search.index.index import Index
from groups.search.index.types import IndexQuery
from groups.search.snapshot import building, change_log
from groups.search.snapshot import snapshot as module
from groups.search.snapshot.change_log import AFFECTED_GROUPS, note_change
from groups.search.snapshot.loader import load
from groups.search.snapshot.snapshot import current_snapshot
from organisations.models import Organisation
from tests.factories import (
    area,
    days_ago,
    make_check,
    make_group,
    make_role,
    make_schedule,
    make_terms,
    make_venue,
    town,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    """A group with everything that a record is made from."""
    venue = make_venue(town="Chard", postcode="TA20 1AA")
    venue.access_features.set(make_terms(AccessFeature, ["Ramp"]))
    group = make_group(venue=venue, topics=["Anxiety"], activities=["Art"], audiences=["Men"], areas=["Somerset"])
    make_schedule(group)
    make_check(group, days_ago(3))
    make_group(name="Example bystander", town="Margate")
    return group


def moved(group: SupportGroup) -> None:
    Schedule.objects.filter(group=group).update(group=SupportGroup.objects.get(name="Example bystander"))


#: Every way in which a row that a record is made from can be written.
WRITES = {
    "save a group": lambda group: _set(group, name="Renamed"),
    "update groups": lambda group: SupportGroup.objects.filter(pk=group.pk).update(name="Renamed"),
    "bulk update groups": lambda group: SupportGroup.objects.bulk_update([_changed(group, name="Renamed")], ["name"]),
    "bulk create groups": lambda group: SupportGroup.objects.bulk_create(
        [SupportGroup(name="New", slug="new", summary="New.", organisation=group.organisation, publication="published")]
    ),
    "update through the organisation": lambda group: group.organisation.groups.update(name="Renamed"),
    "delete a group": lambda group: group.delete(),
    "delete groups": lambda group: SupportGroup.objects.filter(pk=group.pk).delete(),
    "save an organisation": lambda group: _set(group.organisation, former_names=["Formerly"]),
    "withdraw an organisation": lambda group: Organisation.objects.filter(groups=group).update(publication="withdrawn"),
    "save a venue": lambda group: _set(group.venue, address_is_confidential=True),
    "update venues": lambda group: Venue.objects.update(address_is_confidential=True),
    "give it another venue": lambda group: _set(group, venue=make_venue(town="Margate")),
    "rename a town": lambda group: _set(town("Chard"), name="Group"),
    "add to a vocabulary": lambda group: _set(Topic.objects.get(name="Anxiety"), other_words=["worry"]),
    "update activities": lambda group: Activity.objects.update(name="Painting"),
    "update audiences": lambda group: Audience.objects.filter(name="Men").update(slug="lads"),
    "rename an access feature": lambda group: AccessFeature.objects.filter(name="Ramp").update(name="Slope"),
    "delete a topic": lambda group: Topic.objects.filter(name="Anxiety").delete(),
    "set topics": lambda group: group.topics.set([]),
    "add a topic": lambda group: group.topics.add(*make_terms(Topic, ["Grief"])),
    "remove a topic": lambda group: group.topics.remove(*group.topics.all()),
    "clear topics": lambda group: group.topics.clear(),
    "clear the groups of a topic": lambda group: Topic.objects.get(name="Anxiety").groups.clear(),
    "remove the group from a topic": lambda group: Topic.objects.get(name="Anxiety").groups.remove(group),
    "add the group to a topic": lambda group: make_terms(Topic, ["Grief"])[0].groups.add(group),
    "clear areas served": lambda group: group.areas_served.clear(),
    "take an access feature from the venue": lambda group: group.venue.access_features.clear(),
    "add a schedule": lambda group: make_schedule(group, weekday=Weekday.MONDAY),
    "save a schedule": lambda group: _set(group.schedules.get(), weekday=Weekday.MONDAY),
    "delete schedules": lambda group: group.schedules.all().delete(),
    "move a schedule to another group": moved,
    "call a meeting off": lambda group: ScheduleChange.objects.create(
        group=group, kind="off for a range", date=days_ago(-1), until=days_ago(-30)
    ),
    "check a group": lambda group: make_check(group, days_ago(0)),
    "delete checks": lambda group: GroupCheck.objects.all().delete(),
    "change an area": lambda group: _set(area("Somerset"), name="Group"),
    "change the parts of an area": lambda group: area("Somerset").parts.all().delete(),
    "load a fixture": lambda group: _load_fixture(group),
}


def _set(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def _changed(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    return row


def _load_fixture(group) -> None:
    data = json.loads(serializers.serialize("json", [group]))
    data[0]["fields"]["name"] = "From a backup"
    for item in serializers.deserialize("json", json.dumps(data)):
        item.save()


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_directory_knows_of_every_way_to_write(group, write):
    before, key = current_snapshot(), group.pk

    write(group)

    today = timezone.localdate()
    now = current_snapshot()
    fresh = Index(load(today), today)
    keys = {key, *SupportGroup.objects.values_list("pk", flat=True)}
    assert now.version != before.version
    assert _known(now.index, keys) == _known(fresh, keys)
    assert _known(before.index, keys) != _known(fresh, keys)


def _known(index: Index, groups: set[int]) -> dict[int, tuple]:
    """All that an index knows of some groups."""
    return {pk: (index.document(pk), [set(keys) for keys in index.keys(pk) or ()]) for pk in groups}


def test_every_model_that_a_record_is_made_from_is_listened_to():
    make_group(venue=make_venue(town="Chard"))

    def note(execute, sql, params, many, context):
        tables.update(part.split('"')[1] for part in sql.split(" FROM ")[1:] if '"' in part)
        tables.update(part.split('"')[1] for part in sql.split(" JOIN ")[1:] if '"' in part)
        return execute(sql, params, many, context)

    tables: set[str] = set()
    with connection.execute_wrapper(note):
        list(load(timezone.localdate()))

    through = {
        getattr(owner, name).through._meta.db_table
        for owner, name in [
            (SupportGroup, "topics"),
            (SupportGroup, "activities"),
            (SupportGroup, "audiences"),
            (SupportGroup, "languages"),
            (SupportGroup, "areas_served"),
            (Venue, "access_features"),
        ]
    }
    assert "groups_schedule" in tables
    assert tables - through <= {model._meta.db_table for model in AFFECTED_GROUPS}


def test_role_that_is_withdrawn_leaves_the_block_beside_the_results(client):
    role = make_role(title="Example mentor", areas=["Somerset"], support_route="contact us")
    address = reverse("groups:area_detail", args=["somerset"])
    assert "Example mentor" in client.get(address).content.decode()

    role.publication = "withdrawn"
    role.save()

    assert "Example mentor" not in client.get(address).content.decode()


def test_few_changes_mend_the_index_and_many_make_it_anew(monkeypatch, group):
    made, make = [], building.build
    monkeypatch.setattr(building, "build", lambda digest, today: made.append(digest) or make(digest, today))
    current_snapshot()
    made.clear()

    group.name = "Mended"
    group.save()
    current_snapshot()
    assert made == []

    note_change(range(1, 500))
    current_snapshot()
    assert len(made) == 1

    note_change(None)
    current_snapshot()
    assert len(made) == 2


def test_state_that_only_looks_the_same_is_not_taken_for_it(group):
    """After a restored backup or a rolled-back test the same number may stand for something else."""
    current = current_snapshot()
    DirectoryState.objects.update(token="another")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE groups_supportgroup SET name = 'Behind its back' WHERE id = %s", [group.pk])

    assert current_snapshot().version != current.version
    assert current_snapshot().index.document(group.pk).name_key == "behind its back"


def test_change_that_is_rolled_back_is_not_seen(group):
    before = current_snapshot()

    with transaction.atomic():
        group.name = "Never"
        group.save()
        assert current_snapshot().index.document(group.pk).name_key == "never"
        transaction.set_rollback(True)

    assert current_snapshot().version == before.version
    assert current_snapshot().index.document(group.pk) == before.index.document(group.pk)


def test_log_of_changes_stays_short(monkeypatch):
    monkeypatch.setattr(change_log, "LOG_LENGTH", 5)
    monkeypatch.setattr(change_log, "PRUNE_EVERY", 1)

    for _ in range(12):
        note_change([1])

    assert DirectoryChange.objects.count() == 5


def test_next_day_everything_is_read_again(monkeypatch, group):
    current_snapshot()
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)

    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)

    assert current_snapshot().index.today == tomorrow


def test_search_for_nothing_asks_for_no_more_than_it_must():
    make_group()
    current_snapshot()
    asked = []

    with connection.execute_wrapper(lambda execute, sql, *rest: asked.append(sql) or execute(sql, *rest)):
        current_snapshot().index.search(IndexQuery(), timezone.now())

    assert len(asked) == 1


def test_frequency_of_a_schedule_that_says_ask_is_no_day_to_be_found_by():
    group = make_group(town="Chard")
    make_schedule(group, weekday=Weekday.MONDAY, frequency=Frequency.ASK)

    assert ("day", "monday") not in current_snapshot().index.keys(group.pk).options


def test_page_is_whole_when_older_cards_make_room(client, monkeypatch):
    for number in range(8):
        make_group(name=f"Example {number}", town="Chard")
    monkeypatch.setattr(CACHE, "max_bytes", 20_000)
    client.get(reverse("groups:group_list") + "?q=1")

    page = client.get(reverse("groups:group_list")).content.decode()

    assert page.count('class="card__title"') == 8


def test_collector_of_rubbish_passes_over_the_directory_and_takes_an_old_one(settings):
    settings.SNAPSHOT_LOADS_IN_BACKGROUND = True
    make_group(town="Chard")
    module.invalidate()
    current = current_snapshot()
    seen_by_collector = any(item is current.index for item in gc.get_objects())
    old = weakref.ref(current.lookups)

    del current
    module.invalidate()
    current_snapshot()
    is_gone = old() is None
    gc.unfreeze()

    assert (seen_by_collector, is_gone) == (False, True)
