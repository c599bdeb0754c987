"""The grid of points finds what measuring every distance finds."""

import random
from collections import Counter

import pytest

from groups.search.index.bitset import SlotSet, bits_of, slots_of
from groups.search.index.geo_grid import Grid
from places.distance import Box, distance_miles

#: From the Isles of Scilly to Shetland, in degrees.
SOUTH, NORTH, WEST, EAST = 49.9, 60.8, -8.1, 1.7
#: Points that lie closer than the cells of the grid are wide, and others as thin as over the whole country.
CLOSE = 0.6


@pytest.fixture(scope="module")
def points() -> dict[int, tuple[float, float]]:
    chance = random.Random(29)
    far = [(chance.uniform(SOUTH, NORTH), chance.uniform(WEST, EAST)) for _ in range(300)]
    near = [(chance.uniform(51, 51 + CLOSE), chance.uniform(-0.4, -0.4 + CLOSE)) for _ in range(300)]
    north = [(chance.uniform(60, 60 + CLOSE), chance.uniform(-1.5, -1.5 + CLOSE)) for _ in range(300)]
    return dict(enumerate([*far, *near, *north]))


@pytest.mark.parametrize("box", [Box(49, -9, 61, 2), Box(51.05, -0.3, 51.5, 0.1), Box(60.1, -3, 62, -1.2)])
def test_points_are_counted_by_square_as_if_each_was_looked_at(points, box):
    chance = random.Random(3)
    columns, rows, found = 9, 8, {slot for slot in points if chance.random() < 0.8}

    counts = Grid(points).by_square(bits_of(found), box, columns, rows)

    inside = [points[slot] for slot in found if box.south <= points[slot][0] <= box.north]
    squares = Counter(
        (
            int((longitude - box.west) / (box.east - box.west) * columns),
            int((box.north - latitude) / (box.north - box.south) * rows),
        )
        for latitude, longitude in inside
        if box.west <= longitude <= box.east
    )
    assert counts == squares


def test_corners_of_no_points_are_none_and_of_some_hold_them_all(points):
    grid = Grid(points)

    assert grid.corners(0) == []
    assert grid.corners(0b101) == [
        (min(points[0][0], points[2][0]), min(points[0][1], points[2][1])),
        (max(points[0][0], points[2][0]), max(points[0][1], points[2][1])),
    ]


@pytest.mark.parametrize("miles", [0.5, 3, 10, 15, 50, 300])
@pytest.mark.parametrize("middle", [(51.3, -0.1), (60.3, -1.2), (54.0, -3.0)])
def test_grid_finds_what_is_within_a_distance_nearest_first(points, middle, miles):
    measured = sorted((round(distance_miles(*middle, *point), 3), slot) for slot, point in points.items())
    within = [slot for distance, slot in measured if distance <= miles]
    grid, everything = Grid(points), SlotSet((1 << len(points)) - 1, len(points))

    assert sorted(slots_of(grid.within(middle, miles))) == sorted(within)
    found = [slot for distance, slot in grid.nearest(middle, miles, everything) if distance <= miles]
    assert found == within


@pytest.mark.parametrize("most_measured", [0, 1000])
def test_slots_of_a_bitset_are_counted_within_each_of_some_distances(points, most_measured, monkeypatch):
    monkeypatch.setattr("groups.search.index.geo_grid._MANY", most_measured)
    grid, middle, among = Grid(points), (54.0, -3.0), bits_of(slot for slot in points if slot % 3)

    counts = grid.counts_within(middle, (0.5, 10, 50, 300), among)

    assert counts == [(grid.within(middle, miles) & among).bit_count() for miles in (0.5, 10, 50, 300)]
    assert counts[-1] > 0


@pytest.mark.parametrize("most_measured", [0, 1000])
@pytest.mark.parametrize("middle", [(51.3, -0.1), (60.3, -1.2), (54.0, -3.0)])
def test_slots_of_a_bitset_are_the_same_measured_one_by_one_and_by_cells(points, middle, most_measured, monkeypatch):
    monkeypatch.setattr("groups.search.index.geo_grid._SPARSE", most_measured)
    # Several at one point are as near as each other.
    points = points | {len(points) + number: points[number % 3] for number in range(9)}
    members = [slot for slot in points if slot % 3 != 1]
    miles = {slot: round(distance_miles(*middle, *points[slot]), 3) for slot in members}
    grid, last = Grid(points), sorted(miles.values())[4]

    near, closest = grid.among(bits_of(members), middle, 50), grid.closest(bits_of(members), middle, 5)

    assert [*slots_of(near)] == [slot for slot in members if miles[slot] <= 50]
    assert {slot for slot in closest if miles[slot] <= last} == {slot for slot in members if miles[slot] <= last}
    assert (grid.among(0, middle, 50), grid.closest(0, middle, 5)) == (0, [])
