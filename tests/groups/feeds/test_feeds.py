"""Feeds of an area and of a search: what is in them, in what order, and what must not be."""

import datetime
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.choices import Joining, Stage
from groups.feeds import selection
from groups.feeds.changes import latest_changes
from groups.models import SupportGroup, Venue
from organisations.choices import Publication
from organisations.models.revision import single_revision
from tests.factories import make_group, make_organisation, make_schedule, make_venue

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def area_feed() -> str:
    return reverse("groups:area_feed", args=["somerset"])


def read(client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ElementTree.fromstring(response.content)


def titles(client, address: str) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in read(client, address).iter(f"{ATOM}entry")]


def old_group(**facts) -> SupportGroup:
    """A group that was there long before any feed begins."""
    group = make_group(**facts)
    SupportGroup.objects.filter(pk=group.pk).update(created_at=timezone.now() - datetime.timedelta(days=400))
    return SupportGroup.objects.get(pk=group.pk)


def change(row, **values) -> None:
    with single_revision(row):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def test_new_group_is_in_the_feed_of_its_area_as_it_is_now(client):
    group = make_group(name="Example tea & talk", summary="We talk.", venue=make_venue(name="The hall", town="Chard"))
    make_schedule(group)

    entry = read(client, area_feed()).find(f"{ATOM}entry")

    stamp = f"{SupportGroup.objects.get(pk=group.pk).created_at:%Y%m%dT%H%M%SZ}"
    facts = {name: entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "summary")}
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver{group.get_absolute_url()}"
    assert facts == {
        "id": f"urn:uuid:{group.public_id}:{stamp}",
        "title": "New group: Example tea & talk, Chard",
        "summary": f"<p>We talk.</p><p>{group.when[0]}</p><p>The hall, Chard</p><p>{group.joining_label}.</p>",
    }


def test_control_character_of_a_text_is_left_out_of_the_feed(client):
    make_group(summary="We\x0b talk <b>.", venue=make_venue(name="The hall", town="Chard"))

    entry = read(client, area_feed()).find(f"{ATOM}entry")

    assert entry.findtext(f"{ATOM}summary").startswith("<p>We talk &lt;b&gt;.</p>")


def test_changes_that_visitors_can_see_are_told_the_newest_first(client):
    hall, moving = make_venue(name="The hall", town="Chard"), make_venue(name="Old name", town="Chard")
    for name in ("quiet", "retimed", "moved", "paused", "ended", "back"):
        old_group(name=f"Example {name}", venue=hall)
    old_group(name="Example renamed venue", venue=moving)
    groups = {group.name.removeprefix("Example "): group for group in SupportGroup.objects.all()}
    change(groups["back"], stage=Stage.ENDED)

    change(groups["quiet"], what_it_is_like="Warm.")
    with single_revision(groups["retimed"]):
        make_schedule(groups["retimed"])
    change(groups["moved"], venue=make_venue(name="The chapel", town="Chard"))
    change(groups["paused"], stage=Stage.PAUSED)
    change(groups["ended"], stage=Stage.ENDED)
    change(groups["back"], stage=Stage.RUNNING)
    change(moving, getting_there="By bus.")
    change(moving, name="New name")

    assert titles(client, area_feed()) == [
        "Time or place changed: Example renamed venue, Chard",
        "New group: Example back, Chard",
        "Ended: Example ended, Chard",
        "Time or place changed: Example paused, Chard",
        "Time or place changed: Example moved, Chard",
        "Time or place changed: Example retimed, Chard",
    ]


def test_what_is_hidden_changes_without_a_word(client):
    hidden = {"town": "Chard", "confidential": True}
    first, second = make_venue(name="One", **hidden), make_venue(name="Two", **hidden)
    moved = old_group(name="Example moved", venue=first)
    withheld = old_group(name="Example withheld", times_are_withheld=True, venue=make_venue(name="Hall", town="Chard"))
    closed = old_group(name="Example closed", joining=Joining.CLOSED, venue=make_venue(name="Room", town="Chard"))
    draft = old_group(name="Example draft", publication=Publication.DRAFT, venue=make_venue(name="Barn", town="Chard"))

    change(moved, venue=second)
    change(Venue.objects.get(pk=second.pk), name="Three")
    change(closed, venue=make_venue(name="Other room", town="Chard"))
    change(draft, venue=make_venue(name="Other barn", town="Chard"))
    with single_revision(withheld):
        make_schedule(withheld)

    assert titles(client, area_feed()) == []


def test_draft_that_is_published_is_new(client):
    group = old_group(name="Example draft", publication=Publication.DRAFT, venue=make_venue(town="Chard"))

    change(group, publication=Publication.PUBLISHED)

    assert titles(client, area_feed()) == ["New group: Example draft, Chard"]


def test_feed_stays_the_same_until_something_changes(client):
    group = make_group(name="Example one", venue=make_venue(town="Chard"))
    first = client.get(area_feed())
    again = client.get(area_feed(), headers={"if-none-match": first["ETag"]})

    change(group, venue=make_venue(name="The chapel", town="Chard"))
    changed = client.get(area_feed(), headers={"if-none-match": first["ETag"]})

    assert (again.status_code, changed.status_code) == (304, 200)
    assert titles(client, area_feed()) == ["Time or place changed: Example one, Chard"]


def test_feed_of_a_search_has_what_it_finds_and_what_ended_near_there(client):
    make_group(name="Example near", venue=make_venue(town="Chard"))
    make_group(name="Example far", venue=make_venue(town="Margate"))
    ended = make_group(name="Example gone", venue=make_venue(town="Chard"))
    make_schedule(ended)
    change(ended, stage=Stage.ENDED)

    address = reverse("groups:search_feed")

    assert titles(client, f"{address}?near=Chard&within=5") == [
        "Ended: Example gone, Chard",
        "New group: Example near, Chard",
    ]
    assert titles(client, f"{address}?near=Margate&within=5") == ["New group: Example far, Margate"]
    assert titles(client, f"{address}?near=Chard&within=5&day=sunday") == ["Ended: Example gone, Chard"]


def test_after_a_change_only_the_ended_groups_that_it_touched_are_read_again(client, monkeypatch):
    listed = old_group(name="Example listed", venue=make_venue(town="Chard"))
    ended = {name: old_group(name=f"Example {name}", venue=make_venue(town="Chard")) for name in ("one", "two", "back")}
    for group in ended.values():
        change(group, stage=Stage.ENDED)
    address, read_again, entries = f"{reverse('groups:search_feed')}?near=Chard&within=5", [], selection.entries

    def spy(keys, *rest):
        read_again.append(keys)
        return entries(keys, *rest)

    monkeypatch.setattr(selection, "entries", spy)
    first = sorted(f"Ended: {group.name}, Chard" for group in ended.values())
    found = {"first": titles(client, address)}
    change(listed, summary="Another one.")
    found["listed changed"] = titles(client, address)
    change(ended["one"].venue, name="The chapel")
    change(ended["two"], name="Example three")
    found["ended changed"] = titles(client, address)
    change(ended["back"], stage=Stage.RUNNING)
    change(ended["one"], venue=make_venue(town="Margate"))
    found["one is back, one far"] = titles(client, address)

    assert {what: sorted(texts) for what, texts in found.items()} == {
        "first": first,
        "listed changed": first,
        "ended changed": ["Ended: Example back, Chard", "Ended: Example one, Chard", "Ended: Example three, Chard"],
        "one is back, one far": ["Ended: Example three, Chard", "New group: Example back, Chard"],
    }
    keys = {name: group.pk for name, group in ended.items()}
    assert read_again == [
        sorted(keys.values()),
        [listed.pk],
        sorted([keys["one"], keys["two"]]),
        sorted([keys["one"], keys["back"]]),
    ]


def test_address_of_the_feed_of_a_search_has_the_sector_alone(client):
    make_group(name="Example near", venue=make_venue(town="Chard"))

    page = client.get(reverse("groups:group_list"), {"near": "TA20 1AA", "sort": "name"}).content.decode()
    feed = read(client, f"{reverse('groups:search_feed')}?near=TA20+1AA")

    links = [link.get("href") for link in feed.findall(f"{ATOM}link")]
    assert 'href="/groups/changes.atom?near=TA20+1"' in page
    assert page.index("/areas/somerset/changes.atom") < page.index("/groups/changes.atom")
    assert links == [f"http://testserver/groups/{rest}?near=TA20+1" for rest in ("", "changes.atom")]


def test_area_page_links_its_calendar_and_its_feed(client):
    make_group(name="Example one", venue=make_venue(town="Chard"))

    page = client.get(reverse("groups:area_detail", args=["somerset"])).content.decode()

    assert '<a href="/areas/somerset/calendar.ics">' in page
    assert '<a href="/areas/somerset/changes.atom">' in page
    assert '<link rel="alternate" type="application/atom+xml" href="/areas/somerset/changes.atom"' in page


def test_feed_without_an_entry_is_a_feed(client):
    feed = read(client, area_feed())

    begins = timezone.localdate() - datetime.timedelta(days=90)
    assert feed.findtext(f"{ATOM}updated") == f"{begins:%Y-%m-%d}T00:00:00+00:00"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Alongside"


def test_what_is_not_public_any_more_has_no_change_though_the_directory_in_memory_has_it():
    draft = make_group(publication=Publication.DRAFT)
    orphan = make_group(organisation=make_organisation(publication=Publication.WITHDRAWN))
    public = make_group()

    keys = [draft.pk, orphan.pk, public.pk]

    changes = latest_changes(keys, keys, timezone.localdate(), 5)

    assert [change.group for change in changes] == [public.pk]


def test_search_for_a_place_that_may_be_several_has_no_feed(client):
    assert client.get(reverse("groups:search_feed"), {"near": "Newport"}).status_code == 404
