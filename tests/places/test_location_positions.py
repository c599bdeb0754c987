"""Positions that a browser gives, over the real sectors and towns."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from places.choices import LocationKind
from places.location.locate import locate
from places.location.positions import ELSEWHERE_REASON
from places.location.results import LocatedPlace, PlaceNotFound
from places.models import Area

pytestmark = pytest.mark.django_db


def test_locate_finds_where_somebody_is():
    found = locate("51.38,1.39")

    assert found == LocatedPlace(
        name="where you are",
        kind=LocationKind.POSITION,
        latitude=51.38,
        longitude=1.39,
        area=Area.objects.get(name="Thanet"),
        sector="CT9 1",
        outward_code="CT9",
        query="51.38,1.39",
        label="where you are, near Margate",
    )
    assert not found.is_area


@pytest.mark.parametrize("typed", ["51.3812345,1.3861999", "51.38, 1.39", "+51.384 1.385001", " 51.38 , 1.39 "])
def test_locate_rounds_a_position_before_it_is_used(typed):
    assert locate(typed) == locate("51.38,1.39")


def test_locate_puts_a_position_in_northern_ireland_where_the_nearest_town_is():
    found = locate("54.60,-5.93")

    assert (found.area.name, found.sector, found.outward_code) == ("Belfast", "", "")
    assert found.label == "where you are, near Belfast"


@pytest.mark.parametrize(
    "typed", ["50.95,1.85", "53.35,-6.26", "54.15,-4.48", "49.21,-2.13", "0.00,0.00", "99.9,999.9"]
)
def test_locate_says_that_a_position_is_elsewhere(typed):
    assert locate(typed) == PlaceNotFound(typed, ELSEWHERE_REASON)


@pytest.mark.parametrize("typed", ["51,1", "51.38", "51.38,1.39,2.40", "51.38,x"])
def test_locate_takes_nothing_else_for_a_position(typed):
    answer = locate(typed)

    assert not (isinstance(answer, LocatedPlace) and answer.kind == LocationKind.POSITION)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(49.9, 60.8), st.floats(-8.2, 1.8))
def test_locate_finds_a_position_again_by_its_query(latitude, longitude):
    answer = locate(f"{latitude:.6f},{longitude:.6f}")

    if isinstance(answer, LocatedPlace):
        assert answer.query == f"{round(latitude, 2):.2f},{round(longitude, 2):.2f}"
        assert locate(answer.query) == answer
    else:
        assert answer.reason == ELSEWHERE_REASON


def test_locate_asks_few_questions_about_a_position(django_assert_num_queries):
    with django_assert_num_queries(2):
        locate("51.38,1.39")
