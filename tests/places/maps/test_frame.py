"""What a map shows, and where on it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.distance import Box, distance_miles
from places.maps.frame import HEIGHT, LEAST_MILES, WIDTH, Frame

MARGATE, RAMSGATE, LEEDS = (51.3813, 1.3862), (51.3330, 1.4167), (53.7965, -1.5478)
POINTS = st.lists(st.tuples(st.floats(49.9, 60.8), st.floats(-8.6, 1.7)), min_size=1, max_size=20)


def test_nothing_has_no_frame():
    assert Frame.around([]) is None


@given(points=POINTS)
def test_everything_is_on_the_map_with_room_to_spare(points):
    frame = Frame.around(points)

    for x, y in map(frame.place, points):
        assert WIDTH * 0.08 <= x <= WIDTH * 0.92
        assert HEIGHT * 0.08 <= y <= HEIGHT * 0.92


def test_one_point_alone_is_in_the_middle_of_a_map_that_is_not_too_near():
    frame = Frame.around([MARGATE])

    across = distance_miles(MARGATE[0], frame.box.west, MARGATE[0], frame.box.east)
    assert frame.place(MARGATE) == (WIDTH / 2, HEIGHT / 2)
    assert across == pytest.approx(LEAST_MILES, rel=0.01)


def test_north_is_up_and_east_is_right():
    frame = Frame.around([MARGATE, RAMSGATE])

    (left, top), (right, bottom) = frame.place(MARGATE), frame.place(RAMSGATE)
    assert top < bottom
    assert left < right


def test_miles_are_as_long_each_way():
    frame = Frame.around([MARGATE, LEEDS])
    middle = (frame.box.south + frame.box.north) / 2
    wide = distance_miles(middle, frame.box.west, middle, frame.box.east)
    high = distance_miles(frame.box.south, 0, frame.box.north, 0)

    assert wide / high == pytest.approx(WIDTH / HEIGHT, rel=0.01)
    assert frame.length_of(high) == pytest.approx(HEIGHT, rel=0.001)


@pytest.mark.parametrize(
    "box, words",
    [
        (Box(51.37, 1.38, 51.39, 1.40), "half a mile"),
        (Box(51.3, 1.2, 51.4, 1.45), "2 miles"),
        (Box(50, -5.7, 55.8, 1.7), "100 miles"),
    ],
)
def test_a_scale_says_a_round_length_that_fits(box, words):
    scale = Frame.around([], [box]).scale

    assert scale.words == words
    assert scale.length <= WIDTH / 3
