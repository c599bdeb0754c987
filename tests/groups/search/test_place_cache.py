"""Where somebody means is asked of the database once, as long as it is only the name of a place."""

import pytest

from common.bounded_cache import CACHE
from groups.search.place_cache import locate_cached
from groups.search.rows_at_slugs import area_at
from places.loading.localities import save_localities
from places.location.locate import locate
from places.models import Area
from tests.factories import town

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["Chard", "East Kent", "CT9 1", "ct9", "Newport", "Hull", "Newcastle"])
def test_name_of_a_place_is_looked_up_once(django_assert_num_queries, name):
    first = locate(name)

    assert locate_cached(name) == first
    # Whether places have changed.
    with django_assert_num_queries(1):
        assert locate_cached(name) == first


@pytest.mark.parametrize(
    "typed",
    [
        "CT9 1AE",
        "51.38,1.39",
        "Guisbro",
        "Newprt",
        "9 Newport Road, Newport",
        "Rose Cottage, Margate",
        "Joan Smith, Chard",
        "Margate near Joan Smith",
        "Xyzzy",
    ],
)
def test_what_is_more_or_other_than_a_name_is_not_remembered(typed):
    assert locate_cached(typed) == locate(typed)
    assert len(CACHE) == 0


def test_place_is_looked_up_again_when_a_town_has_moved():
    before = locate_cached("Chard")
    moved = town("Chard")
    moved.latitude += 0.1
    moved.save()

    after = locate_cached("Chard")

    assert round(after.latitude - before.latitude, 6) == 0.1


def test_area_of_a_link_is_looked_up_once_until_an_area_has_changed(django_assert_num_queries):
    before = area_at("kent")
    with django_assert_num_queries(1):
        again = area_at("kent")
    Area.objects.filter(slug="kent").update(name="Kent by the sea")

    assert (before.name, again.name, area_at("kent").name) == ("Kent", "Kent", "Kent by the sea")


def test_slug_of_no_area_is_not_remembered():
    assert area_at("example-typed") is None
    assert len(CACHE) == 0


def test_place_is_looked_up_again_when_localities_have_been_loaded():
    before = locate_cached("Dalston")

    save_localities([], {}, [], {}, [])

    after = locate_cached("Dalston")
    assert (before.area.name, after.area.name) == ("Hackney", "Cumberland")
