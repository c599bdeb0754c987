"""Browsing by area: what is in it, how much, and what is near by."""

import random

import pytest
from django.http import QueryDict
from django.urls import reverse

from groups.areas import page as area_pages
from groups.areas.counts import area_counts
from groups.areas.page import all_areas, area_page, group_trail
from groups.areas.request import AreaRequest
from groups.search.snapshot import snapshot
from groups.search.snapshot.snapshot import current_snapshot, invalidate
from places.models import Area
from tests.factories import area, days_ago, make_group, make_organisation, make_role
from tests.groups.search.random_directories import edit, fill
from tests.peersupport.html import parse, with_id, words

pytestmark = pytest.mark.django_db


def counts() -> dict[str, str]:
    """The sentence of every area that has anything, by its name."""
    names = {row.pk: row.name for row in type(area("Kent")).objects.all()}
    return {names[pk]: count.sentence for pk, count in area_counts(current_snapshot()).items()}


def current(name: str):
    return area_page(area(name))


def test_group_that_meets_somewhere_counts_there_and_not_for_all_of_an_area():
    make_group(town="Chard", areas=["Kent"])
    make_group(areas=["Kent"])

    assert current_snapshot().index.in_area(area("Kent").pk) == (0, 1)
    assert current_snapshot().index.in_area(area("Somerset").pk) == (1, 0)


def test_group_counts_in_every_area_it_meets_in():
    make_group(town="Loftus")

    in_them = (
        "England",
        "North East",
        "Redcar and Cleveland",
        "East Cleveland",
        "Tees Valley",
        "Teesside",
    )
    listed = set(Area.objects.listed().values_list("name", flat=True))
    assert {name: count for name, count in counts().items() if name in listed} == dict.fromkeys(in_them, "1 group")


def test_group_outside_the_part_that_belongs_does_not_count_in_the_informal_area():
    make_group(town="Redcar")

    assert "East Cleveland" not in counts()
    assert counts()["Teesside"] == "1 group"


def test_programme_counts_apart_in_every_area_that_overlaps_the_one_it_serves():
    make_group(areas=["East Kent"], stands_for_several=True)

    found = counts()

    assert set(found.values()) == {"1 group for the whole area"}
    assert {"East Kent", "Thanet", "Swale", "Kent", "Kent and Medway", "South East", "England"} <= set(found)
    assert not {"Medway", "Maidstone", "Surrey"} & set(found)


def test_programme_of_two_areas_counts_once_where_they_overlap():
    make_group(areas=["Thanet", "Dover"], stands_for_several=True)

    assert counts()["Kent"] == "1 group for the whole area"


@pytest.mark.parametrize("hidden", [{"draft": True}, {"ended": True}, {"checked": days_ago(500)}])
def test_what_is_not_listed_is_not_counted(hidden):
    make_group(town="Loftus", **hidden)

    assert counts() == {}


def test_count_says_groups_and_programmes_apart():
    make_group(town="Margate")
    make_group(town="Margate")
    make_group(areas=["Thanet"], stands_for_several=True)

    assert counts()["Thanet"] == "2 groups, 1 for the whole area"


def test_area_page_names_what_it_lies_in_and_what_lies_in_it():
    make_group(town="Margate")

    page = current("Kent")

    assert [label for label, _ in page.trail] == ["Areas", "England", "South East"]
    assert [child.area.name for child in page.children_with_groups] == ["Thanet"]
    assert len(page.children_without_groups) == 11
    assert [row.area.name for row in page.overlapping] == ["East Kent", "Kent and Medway"]


def test_informal_area_page_names_its_districts_and_what_it_covers(client):
    page = parse(client.get(area("East Kent").get_absolute_url())).find(".//main")

    assert "Swale" in [child.area.name for child in current("East Kent").children]
    assert (
        "It means the districts of Ashford, Canterbury, Dover, Folkestone and Hythe, and Thanet, with Faversham."
        in words(page)
    )


def test_area_page_names_areas_near_by_with_groups_nearest_first():
    make_group(town="Dover")
    make_group(town="Canterbury")
    make_group(town="Chard")

    assert [row.area.name for row in current("Thanet").near_by] == ["Dover", "Canterbury"]


def test_area_page_without_groups_shows_what_serves_it_and_whom_to_ask(client):
    make_group(name="For the county", areas=["Kent"], stands_for_several=True)
    organisation = make_organisation(name="Somebody to ask", areas=["Thanet"])
    make_role(title="Mentor", organisation=organisation, areas=["Thanet"], support_route="contact us")

    page = parse(client.get(area("Thanet").get_absolute_url()))

    assert "We know of no group that meets here yet" in words(page)
    assert "For the county" in words(page.find(".//section[@aria-labelledby='serving']"))
    other = words(page.find(".//section[@aria-labelledby='other-support']"))
    assert "Mentor" in other
    assert "Somebody to ask" in other


def test_regions_name_the_areas_in_them_and_a_border_crosser_once():
    make_group(town="Loftus")

    named = {region.area.name: [row.area.name for row in region.inside] for region in all_areas().regions}

    assert named["North East"] == ["East Cleveland", "Redcar and Cleveland", "Tees Valley", "Teesside"]
    assert named["Yorkshire and The Humber"] == []
    assert len(named) == 12


def test_home_counts_groups_by_region(client):
    make_group(town="Loftus")

    page = parse(client.get(reverse("home")))

    [region] = [row for row in page.iterfind(".//li") if words(row).startswith("North East")]
    assert words(region.find("p")) == "1 group"


def test_area_list_leads_to_every_region_and_informal_area(client):
    page = parse(client.get(reverse("groups:area_list"))).find(".//main")

    links = {words(link) for link in page.iter("a")}
    assert page.find(".//form[@role='search']") is not None
    assert {"South East", "Scotland", "Wales", "Northern Ireland", "East Kent", "Black Country"} <= links
    assert len(links) == 12 + Area.objects.informal().listed().count()


def test_area_list_folds_the_areas_of_a_region_and_says_what_is_listed(client):
    make_group(town="Loftus")

    page = parse(client.get(reverse("groups:area_list"))).find(".//main")

    [fold] = [fold for fold in page.iter("details") if words(fold).startswith("North East")]
    assert (fold.get("open"), words(fold.find("summary"))) == (None, "North East 1 group")
    assert [words(link) for link in fold.iter("a")] == [
        "All of North East",
        "East Cleveland",
        "Redcar and Cleveland",
        "Tees Valley",
        "Teesside",
    ]


def test_unknown_area_is_not_found(client):
    assert client.get(reverse("groups:area_detail", args=["atlantis"])).status_code == 404


def test_area_page_online_groups_come_last(client):
    make_group(name="From anywhere", online=True)

    page = parse(client.get(area("Thanet").get_absolute_url()))

    sections = [section.get("aria-labelledby") for section in page.find(".//main").iter("section")]
    assert sections[-1] == "online"
    assert words(with_id(page, "online")) == "Groups you can join from home"


def test_area_page_past_the_end_is_the_last_however_many_digits_are_asked_for():
    for number in range(21):
        make_group(name=f"Group {number}", town="Margate")

    pages = [
        area_page(area("Kent"), AreaRequest.read(QueryDict(f"page={number}"))).results.page.number
        for number in ("", "1", "2", "9" * 5000, "٣", "two")
    ]

    assert pages == [1, 1, 2, 2, 2, 1]


@pytest.mark.parametrize(
    "where, trail",
    [
        ({"town": "Margate"}, ["Areas", "England", "South East", "Kent", "Thanet"]),
        ({"areas": ["Kent"]}, ["Areas", "England", "South East", "Kent"]),
        ({"areas": ["East Kent"]}, ["Areas", "East Kent"]),
        ({}, ["Areas"]),
    ],
)
def test_group_stands_below_every_area_that_its_own_lies_in(where, trail):
    assert [label for label, _ in group_trail(make_group(**where), current_snapshot())] == trail


def test_regions_and_counts_after_edits_by_chance_are_those_of_a_fresh_directory(monkeypatch):
    chance = random.Random(12)
    fill(chance, 12)
    current, made_again = current_snapshot(), []

    for _ in range(8):
        before = area_pages._regions(current)
        for _ in range(chance.randint(1, 2)):
            edit(chance)
            current = current_snapshot()
        regions, counts = area_pages._regions(current), area_counts(current)
        invalidate()
        fresh = current_snapshot()
        assert (regions, counts) == (area_pages._regions(fresh), area_counts(fresh))
        monkeypatch.setattr(snapshot, "_current", current)
        made_again.append(sum(region is not was for region, was in zip(regions, before, strict=True)))

    # Those in which nothing has changed are the same objects, with what is drawn of them.
    assert (min(made_again) < 3, max(made_again) < len(regions)) == (True, True)
