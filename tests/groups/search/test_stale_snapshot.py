"""Whatever goes wrong with knowing that the directory is old: what is about to be shown is asked for once more."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.choices import Joining
from groups.models import SupportGroup, Venue
from groups.search.query import Query
from groups.search.service import MOST_ORGANISATIONS, find_matches, matching_codes, search
from groups.search.snapshot.snapshot import current_snapshot
from organisations.models import Organisation
from places.choices import AreaKind
from places.models import Area
from tests.factories import area, make_group, make_organisation, make_schedule, make_venue
from tests.peersupport.html import parse

pytestmark = pytest.mark.django_db


@pytest.fixture
def stays_old(monkeypatch):
    """The directory as it is when this is called, whatever changes after; to the search page too."""

    def keep():
        old = current_snapshot()
        monkeypatch.setattr("groups.search.forms.current_snapshot", lambda: old)
        return old

    return keep


@pytest.mark.parametrize("change", ["withdrawn", "confidential", "closed"])
def test_page_never_shows_what_an_old_directory_still_holds(client, stays_old, change):
    venue = make_venue(name="Example secret house", town="Chard")
    group = make_group(name="Example group to hide", venue=venue)
    address = reverse("groups:group_list") + "?near=Chard"
    assert "Example secret house" in client.get(address).content.decode()
    stays_old()

    if change == "withdrawn":
        SupportGroup.objects.filter(pk=group.pk).update(publication="withdrawn")
    elif change == "closed":
        SupportGroup.objects.filter(pk=group.pk).update(joining=Joining.CLOSED)
    else:
        Venue.objects.update(address_is_confidential=True)

    page = client.get(address)
    assert "Example secret house" not in page.content.decode()
    assert parse(page).findall(".//article") == []


def test_pages_of_an_area_that_an_old_directory_lacks_are_there_without_its_place_among_areas(client, monkeypatch):
    old = current_snapshot()
    for module in ("groups.search.service", "groups.areas.whats_on", "groups.areas.venue", "groups.views"):
        monkeypatch.setattr(f"{module}.current_snapshot", lambda: old)
    added = Area.objects.create(name="Example Vale", slug="example-vale", kind=AreaKind.INFORMAL)
    group = make_group(online=True)
    group.areas_served.add(added)

    addresses = [added.get_absolute_url(), reverse("groups:area_week", args=[added.slug]), group.get_absolute_url()]

    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]


@pytest.mark.parametrize("where", [{"areas": ["Somerset"]}, {"online": True}], ids=["for an area", "from home"])
def test_blocks_beside_the_results_show_nothing_that_has_been_withdrawn(stays_old, where):
    make_group(name="Example withdrawn", **where)
    old = stays_old()
    query = Query(area=area("Somerset"))
    before = search(query, snapshot=old)

    SupportGroup.objects.update(publication="withdrawn")
    after = search(query, snapshot=old)

    assert len([*before.area_wide, *before.online]) == 1
    assert [*after.area_wide, *after.online] == []


def test_organisation_that_has_been_withdrawn_is_not_named_by_an_old_directory(stays_old):
    organisation = make_organisation(name="Example lighthouse")
    old, query = stays_old(), Query(words=("lighthouse",))
    before = search(query, snapshot=old).named_organisations

    Organisation.objects.update(publication="withdrawn")

    assert (before, search(query, snapshot=old).named_organisations) == ([organisation], [])


def test_group_that_has_been_withdrawn_is_put_on_no_list_by_an_old_directory(stays_old):
    groups = [make_group(name=f"Example {number}") for number in range(2)]
    old = stays_old()

    SupportGroup.objects.filter(pk=groups[0].pk).update(publication="withdrawn")

    assert matching_codes(Query(), old) == [groups[1].code]


def test_organisation_that_is_renamed_is_found_by_its_new_name():
    organisation = make_organisation(name="Example lighthouse")
    old_name, new_name = Query(words=("lighthouse",)), Query(words=("harbour",))
    assert search(old_name).named_organisations == [organisation]

    organisation.name = "Example harbour"
    organisation.save()

    assert (search(old_name).named_organisations, search(new_name).named_organisations) == ([], [organisation])


def test_no_more_organisations_are_named_than_anybody_reads():
    for number in range(MOST_ORGANISATIONS + 1):
        make_organisation(name=f"Example lighthouse {number:02}")

    named = [row.name for row in search(Query(words=("lighthouse",))).organisations]

    assert named == [f"Example lighthouse {number:02}" for number in range(MOST_ORGANISATIONS)]


def test_card_is_drawn_again_when_the_meeting_that_it_names_has_begun(monkeypatch):
    make_schedule(make_group(), starts_at=datetime.time(18), ends_at=datetime.time(20))
    current, now = current_snapshot(), timezone.now()
    [begins] = [match.begins for match in find_matches(Query(), now, current).found.matches]
    later = begins + datetime.timedelta(minutes=1)

    first = search(Query(), now=now, snapshot=current).cards
    again = search(Query(), now=now + datetime.timedelta(seconds=1), snapshot=current).cards
    monkeypatch.setattr(timezone, "now", lambda: later)
    after = search(Query(), now=later, snapshot=current).cards

    assert first == again
    assert first != after
