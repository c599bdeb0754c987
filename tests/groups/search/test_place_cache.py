"""Where somebody means is asked of the database once, as long as it is only the name of a place."""

import pytest

from groups.search.place_cache import locate_cached
from groups.search.snapshot.snapshot import current_snapshot, invalidate
from places.loading.localities import save_localities
from places.location.locate import locate
from tests.factories import town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_remembered():
    invalidate()


@pytest.mark.parametrize("name", ["Chard", "East Kent", "CT9 1", "ct9", "Newport", "Hull", "Newcastle"])
def test_name_of_a_place_is_looked_up_once(django_assert_num_queries, name):
    page, first = current_snapshot(), locate(name)

    assert locate_cached(name, page) == first
    with django_assert_num_queries(0):
        assert locate_cached(name, page) == first


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
    page = current_snapshot()

    assert locate_cached(typed, page) == locate(typed)
    assert page.cached(("places",), dict) == {}


def test_place_is_looked_up_again_when_a_town_has_moved():
    before = locate_cached("Chard", current_snapshot())
    moved = town("Chard")
    moved.latitude += 0.1
    moved.save()

    after = locate_cached("Chard", current_snapshot())

    assert round(after.latitude - before.latitude, 6) == 0.1


def test_place_is_looked_up_again_when_localities_have_been_loaded():
    before = locate_cached("Dalston", current_snapshot())

    save_localities([], {}, [], {}, [])

    after = locate_cached("Dalston", current_snapshot())
    assert (before.area.name, after.area.name) == ("Hackney", "Cumberland")


def test_no_more_places_are_remembered_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr("groups.search.place_cache.MAX_PLACES", 1)
    page = current_snapshot()

    found = [locate_cached(name, page) for name in ("Chard", "Margate")]

    assert found == [locate("Chard"), locate("Margate")]
    assert list(page.cached(("places",), dict)) == ["chard"]
