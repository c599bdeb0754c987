import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.distance import bounding_box, distance_miles

MARGATE = (51.3813, 1.3862)
LATITUDES = st.floats(49.8, 60.9)
LONGITUDES = st.floats(-8.7, 1.8)


@pytest.mark.parametrize(
    "start,end,miles",
    [
        # London (Charing Cross) to Edinburgh (Waverley): 331.5 miles as the crow flies.
        ((51.5081, -0.1248), (55.9521, -3.1890), 331.5),
        ((51.5081, -0.1248), (51.5081, -0.1248), 0.0),
        # A degree of latitude is 69.09 miles on a sphere of the Earth's mean radius.
        ((51.0, 0.0), (52.0, 0.0), 69.1),
    ],
)
def test_distance_miles_measures_as_the_crow_flies(start, end, miles):
    assert round(distance_miles(*start, *end), 1) == miles


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_distance_miles_is_the_same_both_ways(lat1, lon1, lat2, lon2):
    assert distance_miles(lat1, lon1, lat2, lon2) == pytest.approx(distance_miles(lat2, lon2, lat1, lon1))


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES, st.floats(0.1, 50))
def test_bounding_box_holds_every_point_within_the_distance(lat1, lon1, lat2, lon2, miles):
    box = bounding_box(lat1, lon1, miles)

    inside = box.south <= lat2 <= box.north and box.west <= lon2 <= box.east
    assert inside or distance_miles(lat1, lon1, lat2, lon2) > miles - 1e-6


def test_bounding_box_is_no_larger_than_it_needs_to_be():
    box = bounding_box(*MARGATE, 10)

    assert round(distance_miles(*MARGATE, box.north, MARGATE[1]), 3) == 10
    assert round(distance_miles(*MARGATE, MARGATE[0], box.east), 1) == 10


def test_bounding_box_refuses_a_negative_distance():
    with pytest.raises(ValueError, match=r"^A distance cannot be negative\.$"):
        bounding_box(*MARGATE, -1)
