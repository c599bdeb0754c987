"""The outlines as they are read: every district, rings that close, and what the file is known to lack."""

import json
from itertools import pairwise

import pytest

from places.maps.topology import read_topology, topology
from places.models import Area
from tests.factories import area, town

#: Two squares side by side, the left one with a square hole, and a border with another country on the left.
#:
#:   (0,4) a (4,4) b (8,4)
#:   (0,0)   (4,0)   (8,0)
SMALL = json.dumps(
    {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.25], "translate": [-2, 50]},
        "objects": {
            "districts": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "MultiPolygon", "id": "N1", "arcs": [[[0, 1, 2], [4]]]},
                    {"type": "MultiPolygon", "id": "N2", "arcs": [[[-2, 3]]]},
                ],
            }
        },
        "land_border": [0],
        "arcs": [
            [[0, 0], [0, 4]],
            [[4, 4], [0, -4]],
            [[4, 0], [-4, 0]],
            [[4, 4], [4, 0], [0, -4], [-4, 0]],
            [[1, 1], [1, 0], [0, 1], [-1, 0], [0, -1]],
        ],
    },
    separators=(",", ":"),
)


@pytest.fixture
def small():
    # The arc from (0, 4) to (4, 4) is part of the first in the picture above.
    return read_topology(SMALL.replace("[[0,0],[0,4]]", "[[0,0],[0,4],[4,0]]"))


def test_arcs_are_sums_of_their_steps(small):
    assert [list(arc) for arc in small.arcs[:2]] == [[0, 0, 0, 4, 4, 4], [4, 4, 4, 0]]
    assert small.land_border == {0}
    assert [list(ring) for ring in small.rings["N1"]] == [[0, 1, 2], [4]]


def test_boundary_of_two_districts_is_without_the_border_between_them_and_keeps_the_hole(small):
    assert small.users[1] == ("N1", "N2")
    assert sorted(sorted(ring) for ring in small.boundary(["N1", "N2"])) == [[0, 2, 3], [4]]
    assert [list(ring) for ring in small.boundary(["N2"])] == [[-2, 3]]
    assert small.boundary(["E1"]) == []


def test_box_is_in_degrees(small):
    assert small.box_of(["N1", "N2"]) == (50, -2, 51, 2)
    assert small.box_of(["E1"]) is None


@pytest.mark.parametrize(
    "latitude, longitude, is_in", [(50.6, -0.3, True), (50.6, 0.3, False), (50.38, -1.3, False), (50.6, -2.3, False)]
)
def test_point_is_in_a_district_and_not_in_its_hole(small, latitude, longitude, is_in):
    assert small.holds(["N1"], (latitude, longitude)) is is_in


def test_file_that_is_no_topology_is_refused():
    with pytest.raises(ValueError, match="substring not found"):
        read_topology('{"type": "Topology"}')


@pytest.mark.django_db
def test_every_district_has_outlines_and_nothing_else_has():
    assert set(topology().rings) == set(Area.objects.districts().values_list("gss_code", flat=True))


def test_every_ring_of_a_district_closes_and_no_arc_is_unused():
    shapes = topology()

    def ends(index: int) -> tuple:
        arc = shapes.arcs[index if index >= 0 else ~index]
        ends = (arc[0], arc[1]), (arc[-2], arc[-1])
        return ends if index >= 0 else ends[::-1]

    rings = [*(ring for rings in shapes.rings.values() for ring in rings), *shapes.boundary(shapes.rings)]
    assert len(rings) > 804
    assert [ring for ring in rings if any(ends(a)[1] != ends(b)[0] for a, b in pairwise([*ring, ring[0]]))] == []
    assert [index for index, codes in enumerate(shapes.users) if len(codes) not in (1, 2)] == []


def test_border_with_ireland_is_of_northern_ireland_and_no_coast():
    shapes = topology()

    assert len(shapes.land_border) == 5
    assert {code[0] for index in shapes.land_border for code in shapes.users[index]} == {"N"}


@pytest.mark.django_db
@pytest.mark.parametrize("district, place", [("Thanet", "Margate"), ("Belfast", "Belfast"), ("Highland", "Inverness")])
def test_district_holds_its_town_and_lies_round_it(district, place):
    there, codes = town(place), [area(district).gss_code]

    box = topology().box_of(codes)

    assert topology().holds(codes, (there.latitude, there.longitude))
    assert (box.south < there.latitude < box.north, box.west < there.longitude < box.east) == (True, True)
    assert not topology().holds(codes, (51.5, -0.12))
