"""Where somebody means is asked of the database once, as long as it is only the name of a place."""

import pytest

from groups.search.place_cache import locate_cached
from groups.search.snapshot.snapshot import directory, forget
from places.location.locate import locate
from tests.factories import town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_remembered():
    forget()


@pytest.mark.parametrize("name", ["Chard", "East Kent", "CT9 1", "ct9", "Newport", "Hull", "Newcastle"])
def test_name_of_a_place_is_looked_up_once(django_assert_num_queries, name):
    here, first = directory(), locate(name)

    assert locate_cached(name, here) == first
    with django_assert_num_queries(0):
        assert locate_cached(name, here) == first


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
        "Xyzzy",
    ],
)
def test_what_is_more_or_other_than_a_name_is_not_remembered(typed):
    here = directory()

    assert locate_cached(typed, here) == locate(typed)
    assert here.beside(("whereabouts",), dict) == {}


def test_place_is_looked_up_again_when_a_town_has_moved():
    before = locate_cached("Chard", directory())
    moved = town("Chard")
    moved.latitude += 0.1
    moved.save()

    after = locate_cached("Chard", directory())

    assert round(after.latitude - before.latitude, 6) == 0.1


def test_no_more_places_are_remembered_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr("groups.search.place_cache.MOST", 1)
    here = directory()

    found = [locate_cached(name, here) for name in ("Chard", "Margate")]

    assert found == [locate("Chard"), locate("Margate")]
    assert list(here.beside(("whereabouts",), dict)) == ["chard"]
