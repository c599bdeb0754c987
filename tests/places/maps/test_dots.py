"""Results beside those with pins: dots, a ring for each rough place, and counts in squares where there are many."""

import pytest

from places.distance import Box
from places.maps.boxes import Space
from places.maps.dots import MOST_DOTS, SQUARE, others_of
from places.maps.frame import Frame

FRAME = Frame.around([], [Box(51.0, 0.0, 52.0, 1.5)])
HERE, THERE, OUTSIDE = (51.5, 0.5), (51.2, 1.0), (55.0, 0.5)


def test_each_exact_place_on_the_map_is_a_dot():
    others = others_of(FRAME, [(HERE, False), (THERE, False), (OUTSIDE, False)])

    assert others.dots.count("h0") == 2
    assert (others.total, others.rings, others.squares) == (2, (), ())


def test_rough_place_has_one_ring_however_many_are_there_and_none_where_it_has_a_pin():
    others = others_of(FRAME, [(HERE, True), (HERE, True), (THERE, True)], pinned=[THERE])

    assert (len(others.rings), others.dots, others.total) == (1, "", 3)


@pytest.mark.parametrize("more, is_counted", [(0, False), (1, True)])
def test_more_than_two_hundred_are_counted_in_squares(more, is_counted):
    places = [((51.3 + number / 1000, 0.5), False) for number in range(MOST_DOTS + more)]

    others = others_of(FRAME, places)

    assert (MOST_DOTS, bool(others.squares), bool(others.dots)) == (200, is_counted, not is_counted)
    assert sum(square.count for square in others.squares) == (201 if is_counted else 0)


def test_square_with_most_is_the_darkest():
    others = others_of(FRAME, [(HERE, False)] * 300 + [(THERE, False)] * 3)

    assert {square.count: square.shade for square in others.squares} == {300: "0.3", 3: "0.08"}


def test_number_of_a_square_gives_way_to_pins_and_to_names_if_it_can():
    [square] = others_of(FRAME, [(HERE, False)] * 300).squares
    middle = (square.left + 19, square.top + 19)
    free, half, full = Space(), Space(), Space()
    half.take((square.left, square.top, square.left + SQUARE, square.top + SQUARE / 2))
    full.take((square.left, square.top, square.left + SQUARE, square.top + SQUARE))

    assert square.number_at(free, free) == middle
    assert square.number_at(half, free)[1] > middle[1]
    assert square.number_at(free, half)[1] > middle[1]
    assert square.number_at(free, full) == middle
    assert square.number_at(full, free) is None
