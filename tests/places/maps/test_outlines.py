"""Land, borders and the outline of an area on a map: cut to it, no finer than can be seen, and closed."""

import re
from array import array
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.distance import bounding_box
from places.maps.clipping import clipped_ring, runs_inside
from places.maps.frame import HEIGHT, WIDTH, Frame
from places.maps.outlines import STEPS, outlines_of
from places.maps.simplification import simplified
from places.maps.topology import GridBox, topology

BOX = GridBox(0, 0, 10, 10)
MARGATE, CHARD, BIRMINGHAM, NORTH_SEA = (51.385, 1.386), (50.873, -2.964), (52.48, -1.9), (55.5, 3.0)


def test_ring_is_cut_where_it_leaves_the_box():
    ring = clipped_ring([(5, 5), (15, 5), (15, 8), (5, 8)], BOX)

    assert sorted(ring) == [(5, 5), (5, 8), (10, 5), (10, 8)]


def test_ring_round_the_box_is_the_box_and_a_ring_beside_it_is_nothing():
    assert sorted(clipped_ring([(-5, -5), (20, -5), (20, 20), (-5, 20)], BOX)) == [(0, 0), (0, 10), (10, 0), (10, 10)]
    assert clipped_ring([(12, 0), (15, 0), (15, 5)], BOX) == []


COORDINATE = st.integers(-20, 30)


@given(ring=st.lists(st.tuples(COORDINATE, COORDINATE), min_size=3, max_size=12))
def test_cut_ring_is_in_the_box_and_a_ring_inside_is_as_it_was(ring):
    assert all(-1e-6 <= x <= 10 + 1e-6 and -1e-6 <= y <= 10 + 1e-6 for x, y in clipped_ring(ring, BOX))
    inside = [(x % 11, y % 11) for x, y in ring]
    assert clipped_ring(inside, BOX) == inside


def test_line_that_leaves_the_box_and_comes_back_is_two_and_what_is_beside_it_is_left_out():
    line = [(-9, 5), (-5, 5), (5, 5), (15, 5), (20, 9), (15, 9), (5, 9)]

    assert runs_inside(line, BOX) == [[(-5, 5), (5, 5), (15, 5)], [(15, 9), (5, 9)]]


def test_line_across_the_whole_box_without_a_point_in_it_is_kept():
    assert runs_inside([(-5, 5), (15, 5)], BOX) == [[(-5, 5), (15, 5)]]


def test_simplified_line_loses_what_is_nearer_than_the_tolerance_and_keeps_its_ends():
    line = array("H", [0, 0, 10, 1, 20, 0, 30, 9, 40, 0])

    assert list(simplified(line, 2)) == [0, 0, 20, 0, 30, 9, 40, 0]
    assert list(simplified(line, 100)) == [0, 0, 40, 0]


def test_simplified_ring_keeps_its_farthest_point():
    ring = array("H", [0, 0, 10, 0, 10, 10, 0, 10, 0, 0])

    assert list(simplified(ring, 12)) == [0, 0, 10, 10, 0, 0]


def rings_of(path: str) -> list[list[tuple[float, float]]]:
    """The points of each part of a path, in units."""
    rings = []
    for x, y, steps in re.findall(r"M(-?\d+) (-?\d+)l([-\d ]+)", path):
        points = [(int(x), int(y))]
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            points.append((points[-1][0] + across, points[-1][1] + down))
        rings.append([(x / STEPS, y / STEPS) for x, y in points])
    return rings


def is_land(frame: Frame, point: tuple[float, float]) -> bool:
    """Whether the path fills a point, by the rule "evenodd"."""
    x, y = frame.place(point)
    crossings = 0
    for ring in rings_of(outlines_of(frame).land):
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            crossings += (y1 > y) is not (y2 > y) and x1 + (y - y1) / (y2 - y1) * (x2 - x1) > x
    return crossings % 2 == 1


@pytest.mark.parametrize(
    "middle, miles, land, sea",
    [
        (MARGATE, 10, (51.35, 1.35), (51.45, 1.40)),
        (CHARD, 2, CHARD, None),
        (BIRMINGHAM, 60, BIRMINGHAM, None),
        ((54.5, -3), 400, BIRMINGHAM, (53.8, 1.5)),
        (NORTH_SEA, 5, None, NORTH_SEA),
    ],
    ids=["coast", "town", "inland", "country", "sea"],
)
def test_land_is_land_and_sea_is_sea_at_every_scale(middle, miles, land, sea):
    frame = Frame.around([], [bounding_box(*middle, miles)])

    assert land is None or is_land(frame, land)
    assert sea is None or not is_land(frame, sea)


@pytest.mark.parametrize("code", ["E10000016", "E06000046", "S12000017", "S12000027", "N09000003", "E08000027"])
def test_paths_are_cut_to_the_map_and_no_finer_than_can_be_seen(code):
    codes = ["E07000112", "E07000113"] if code == "E10000016" else [code]
    frame = Frame.around([], [topology().box_of(codes)])

    outlines = outlines_of(frame, codes)

    rings = rings_of(outlines.land) + rings_of(outlines.area)
    assert rings_of(outlines.area) != []
    for x, y in (point for ring in rings for point in ring):
        assert (-8 <= x <= WIDTH + 8, -8 <= y <= HEIGHT + 8) == (True, True)
    steps = [dist(step, other) for ring in rings for step, other in zip(ring, ring[1:], strict=False)]
    assert min(steps) >= 1 / STEPS


def test_map_of_a_county_has_the_borders_in_it_and_one_of_the_country_only_those_of_nations():
    thanet, canterbury, dover = "E07000114", "E07000106", "E07000108"
    near = Frame.around([], [topology().box_of([thanet, canterbury, dover])])
    country = Frame.around([], [topology().box])

    assert len(rings_of(outlines_of(near, [thanet, canterbury, dover]).borders)) >= 2
    assert len(rings_of(outlines_of(country).borders)) < 40
    assert outlines_of(country, ["N09000003"]).land_border != ""
    assert outlines_of(near).land_border == ""


@pytest.mark.parametrize("code", ["E", "S", "S12000017", "S12000013", "W", ""])
def test_paths_of_the_longest_coasts_are_as_light_as_others(code):
    codes = [each for each in topology().rings if each.startswith(code)]
    outlines = outlines_of(Frame.around([], [topology().box_of(codes)]), codes)

    assert 1000 < outlines.length <= 6000


def test_more_borders_than_can_be_told_apart_are_left_out():
    outlines = outlines_of(Frame.around([], [bounding_box(*BIRMINGHAM, 50)]))

    assert (outlines.borders, outlines.land != "") == ("", True)
