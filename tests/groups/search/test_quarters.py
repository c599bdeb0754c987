"""A large city offers its parts, each with its number of groups."""

import pytest
from django.http import QueryDict

from groups.search.forms import GroupSearchForm
from groups.search.quarters import LARGE_CITY, quarters
from groups.search.service import find_matches
from places.models import Locality
from tests.factories import make_group, town

pytestmark = pytest.mark.django_db


def parts(question: str) -> list[tuple[str, str, int]]:
    form = GroupSearchForm(QueryDict(question))
    found = quarters(form, find_matches(form.query))
    return [*found.first, *found.more] if found else []


def make_quarter(name: str, north: float, city: str = "Leeds") -> None:
    whole = town(city)
    Locality.objects.create(
        name=name,
        folded_name=name.lower(),
        within=city,
        latitude=whole.latitude + north / 69,
        longitude=whole.longitude,
        population=5000,
        district=whole.district,
    )


def test_large_city_offers_the_quarters_that_have_groups_with_most_first():
    assert town("Leeds").population >= LARGE_CITY
    make_group(town="Leeds")
    make_group(town="Leeds", stage="paused")
    for name, north in (("Far away", 9), ("Near by", 1), ("At hand", 2)):
        make_quarter(name, north)

    found = [part for part in parts("near=Leeds&stage=running&within=5") if part[0] not in ("Beeston", "Headingley")]
    assert found == [
        ("At hand", "?stage=running&near=At+hand%2C+Leeds&within=3", 1),
        ("Near by", "?stage=running&near=Near+by%2C+Leeds&within=3", 1),
    ]


def test_small_town_another_area_and_a_search_everywhere_offer_none():
    for name, north in (("Near by", 0.5), ("At hand", 1)):
        make_quarter(name, north, city="Chard")
    for name in ("Chard", "Margate", "Dover"):
        make_group(town=name)

    assert [parts(question) for question in ("near=Chard", "near=Kent", "q=art")] == [[], [], []]


def test_london_offers_its_boroughs():
    for name in ("Camden Town", "Peckham", "Peckham"):
        make_group(town=name)

    assert parts("near=London") == [("Southwark", "?area=southwark", 2), ("Camden", "?area=camden", 1)]
