"""Numbers on a map: all there, none on another, each beside its place."""

from itertools import combinations
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.maps.boxes import overlap
from places.maps.frame import HEIGHT, WIDTH, Frame
from places.maps.pins import SIZE, Marker, pins_of

MARGATE, RAMSGATE, LEEDS = (51.3813, 1.3862), (51.3330, 1.4167), (53.7965, -1.5478)
#: Groups stand in the same town, or in the same house.
PLACES = st.sampled_from([MARGATE, (51.3820, 1.3900), RAMSGATE, (51.28, 1.08), LEEDS])
#: As many as are on a page of results.
MARKS = st.lists(st.tuples(PLACES, st.booleans()), min_size=1, max_size=12)


def numbered(markers: list[tuple[tuple[float, float], bool]]) -> list[Marker]:
    return [Marker(number, point, is_about) for number, (point, is_about) in enumerate(markers, 1)]


@given(markers=MARKS)
def test_each_number_is_on_one_pin_and_no_pin_stands_on_another(markers):
    given_markers = numbered(markers)
    frame = Frame.around(marker.point for marker in given_markers)

    pins = pins_of(frame, given_markers)

    assert sorted(number for pin in pins for number in pin.numbers) == [marker.number for marker in given_markers]
    assert not any(overlap(pin.box, other.box) for pin, other in combinations(pins, 2))
    for pin in pins:
        left, top, right, bottom = pin.box
        assert min(left, top) >= 0
        assert (right <= WIDTH, bottom <= HEIGHT) == (True, True)


def test_exact_place_has_a_pin_for_each_group_and_a_rough_one_has_one_for_all_of_its_groups():
    frame = Frame.around([MARGATE, LEEDS])

    pins = pins_of(frame, numbered([(MARGATE, False), (LEEDS, True), (MARGATE, False), (LEEDS, True), (MARGATE, True)]))

    assert [(pin.numbers, pin.is_about) for pin in pins] == [
        ((1,), False),
        ((2, 4), True),
        ((3,), False),
        ((5,), True),
    ]


def test_pin_that_gives_way_stays_near_and_a_line_leads_to_its_place():
    frame = Frame.around([MARGATE, LEEDS])

    first, second = pins_of(frame, numbered([(MARGATE, False), (MARGATE, False)]))

    x, y = frame.place(MARGATE)
    assert (first.is_moved, first.leader) == (False, "")
    assert second.leader == f"M{x:g} {y:g}L{second.x} {second.y}"
    assert SIZE <= dist((first.x, first.y), (second.x, second.y)) < SIZE * 1.7


def test_exact_pin_keeps_its_place_and_the_rough_one_of_a_smaller_number_gives_way():
    frame = Frame.around([MARGATE, LEEDS])

    rough, exact = pins_of(frame, numbered([(MARGATE, True), (MARGATE, False)]))

    assert (rough.is_about, rough.is_moved, exact.is_moved) == (True, True, False)


@pytest.mark.parametrize("count, extent", [(1, (1, 1)), (4, (4, 1)), (5, (4, 2)), (12, (4, 3))])
def test_numbers_of_a_rough_place_stand_in_rows_of_four_each_as_large_as_a_finger_hits(count, extent):
    frame = Frame.around([MARGATE])

    [pin] = pins_of(frame, numbered([(MARGATE, True)] * count))

    assert (pin.width / SIZE, pin.height / SIZE) == extent
    boxes = [(x - SIZE / 2, y - SIZE / 2, x + SIZE / 2, y + SIZE / 2) for x, y, _ in pin.cells]
    assert not any(overlap(box, other) for box, other in combinations(boxes, 2))
    assert [marker.number for _, _, marker in pin.cells] == list(range(1, count + 1))


def test_number_of_three_digits_has_a_wider_pin():
    frame = Frame.around([MARGATE])

    widths = [pins_of(frame, [Marker(number, MARGATE)])[0].width for number in (9, 99, 100, 3611)]

    assert widths == [30, 30, 42, 52]


def test_what_is_not_on_the_map_has_no_pin():
    frame = Frame.around([MARGATE])

    assert pins_of(frame, [Marker(1, LEEDS)]) == []


def test_map_that_is_full_still_has_every_pin():
    places = [(51.3 + number / 1000, 1.3) for number in range(12)]

    pins = pins_of(Frame.around(places), [Marker(number, place, True) for place in places for number in range(12)])

    assert len(pins) == 12
    assert any(overlap(pin.box, other.box) for pin, other in combinations(pins, 2))
