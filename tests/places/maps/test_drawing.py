"""What a map has beside its pins: names of towns, each in a room of its own, and ground no finer than can be seen."""

import re
from itertools import combinations

import pytest

from places.distance import Box
from places.maps.areas import box_of
from places.maps.boxes import Space, overlap
from places.maps.density import MOST_ACROSS, ground_of
from places.maps.frame import HEIGHT, WIDTH, Frame
from places.maps.pins import Marker, pins_of
from places.maps.text_metrics import LETTERS, width_of
from places.maps.towns import Label, labels_of
from tests.factories import area, town

#: The Isle of Thanet, Somerset and round about, and Great Britain.
FRAMES = [
    Frame.around([], [box])
    for box in (Box(51.30, 1.20, 51.40, 1.45), Box(50.8, -3.8, 51.4, -2.3), Box(49.9, -8.2, 60.9, 1.8))
]
#: West of Margate's middle, through which its edge goes.
BESIDE = Frame.around([(51.385, 1.355)])
each_frame = pytest.mark.parametrize("frame", FRAMES, ids=["near", "county", "country"])


def room_of(label: Label) -> tuple[float, float, float, float]:
    """Where the words of a label are drawn, as widely as any font does."""
    width = width_of(label.name)
    left = {"start": label.x, "middle": label.x - width / 2, "end": label.x - width}[label.anchor]
    return left, label.y - LETTERS / 2, left + width, label.y + LETTERS / 2


@pytest.mark.django_db
@each_frame
def test_names_of_towns_are_on_the_map_and_not_on_each_other(frame):
    taken = Space()
    # Something stands in its middle.
    middle = (WIDTH / 2 - 40, HEIGHT / 2 - 40, WIDTH / 2 + 40, HEIGHT / 2 + 40)
    taken.take(middle)

    rooms = [room_of(label) for label in labels_of(frame, taken)]

    assert len(rooms) > 2
    assert not any(overlap(item, other) for item, other in combinations([*rooms, middle], 2))
    for left, top, right, bottom in rooms:
        assert (left >= 0, top >= 0, right <= WIDTH, bottom <= HEIGHT) == (True,) * 4


@pytest.mark.django_db
@each_frame
def test_largest_town_is_named_first(frame):
    populations = [town.population for town in _towns_of(frame)]

    names = [label.name for label in labels_of(frame, Space())]

    assert populations != sorted(populations, reverse=True)
    assert names[0] == max(_towns_of(frame), key=lambda town: town.population).name


def _towns_of(frame: Frame) -> list:
    return [
        item for item in type(town("Chard")).objects.order_by("name") if frame.holds((item.latitude, item.longitude))
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("frame", [*FRAMES, BESIDE], ids=["near", "county", "country", "beside"])
def test_ground_is_no_finer_than_can_be_seen_and_reaches_no_further_than_the_map(frame):
    ground = ground_of(frame)

    dots = [dot for _, path in ground.paths for dot in _dots(path)]
    assert dots != []
    assert WIDTH / ground.cell_width <= MOST_ACROSS + 1
    # Cells at an edge may reach beyond it.
    for row, column in dots:
        left, top = ground.left + column * ground.cell_width, ground.top + row * ground.cell_height
        assert (-ground.cell_width <= left <= WIDTH, -ground.cell_height <= top <= HEIGHT) == (True, True)


def _dots(path: str) -> list[tuple[int, int]]:
    """The row and the column of each dot, counted from the corner."""
    found, row, column = [], 0, 0
    for across, down in re.findall(r"m(-?\d+) (-?\d+)h0", path):
        row, column = row + int(down), column + int(across)
        found.append((row, column))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("name, place", [("Thanet", "Margate"), ("Belfast", "Belfast")])
def test_area_reaches_round_its_towns_with_postcodes_or_without(name, place):
    there = town(place)

    box = box_of(area(name))

    assert (box.south <= there.latitude <= box.north, box.west <= there.longitude <= box.east) == (True, True)


def test_pin_at_the_edge_of_a_map_is_whole():
    frame = FRAMES[0]
    south, west, north, east = frame.box

    for number, corner in enumerate([(south, west), (south, east), (north, west), (north, east)]):
        [pin] = pins_of(frame, [Marker(number, corner)])
        left, top, right, bottom = pin.box
        assert (left >= 0, top >= 0, right <= WIDTH, bottom <= HEIGHT) == (True,) * 4
