"""Numbers on a map: all there, none on another."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from places.maps.boxes import overlap
from places.maps.frame import HEIGHT, WIDTH, Frame
from places.maps.pins import Marker, pins_of, ranges

MARGATE, LEEDS = (51.3813, 1.3862), (53.7965, -1.5478)
#: Groups stand in the same town, or in the same house.
PLACES = st.sampled_from([MARGATE, (51.3820, 1.3900), (51.3330, 1.4167), (51.28, 1.08), LEEDS])
MARKS = st.lists(st.tuples(PLACES, st.booleans()), min_size=1, max_size=60)


@given(markers=MARKS)
def test_each_number_is_on_one_pin_and_no_pin_stands_on_another(markers):
    numbered = [Marker(number, point, is_about) for number, (point, is_about) in enumerate(markers, 1)]
    frame = Frame.around(token.point for token in numbered)

    pins = pins_of(frame, numbered)

    assert sorted(number for pin in pins for number in pin.numbers) == [token.number for token in numbered]
    assert not any(overlap(row.box, other.box) for row, other in combinations(pins, 2))
    for pin in pins:
        left, top, right, bottom = pin.box
        assert min(left, top) >= 0
        assert (right <= WIDTH, bottom <= HEIGHT) == (True, True)


def test_a_pin_is_never_surer_than_the_least_sure_of_its_groups():
    frame = Frame.around([MARGATE, LEEDS])

    pins = pins_of(frame, [Marker(1, MARGATE), Marker(2, MARGATE, is_about=True), Marker(3, LEEDS)])

    assert [(pin.numbers, pin.is_about) for pin in pins] == [((1, 2), True), ((3,), False)]


def test_a_pin_of_many_says_all_its_numbers_in_lines():
    frame = Frame.around([MARGATE])

    [pin] = pins_of(frame, [Marker(number, MARGATE) for number in (1, 2, 3, 5, 8, 9, 14, 20, 31)])

    assert pin.lines == ("1–3 5 8 9", "14 20 31")


def test_what_is_not_on_the_map_has_no_pin():
    frame = Frame.around([MARGATE])

    assert pins_of(frame, [Marker(1, LEEDS)]) == []


def test_only_runs_of_three_or_more_are_shortened():
    assert ranges([1, 2, 4, 5, 6, 9]) == ["1", "2", "4–6", "9"]
