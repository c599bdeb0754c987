"""Names of towns on a map: the largest of where was searched, each in a room of its own."""

from itertools import combinations

import pytest

from places.distance import Box, bounding_box
from places.maps.boxes import Space, overlap
from places.maps.drawing import Drawing
from places.maps.frame import HEIGHT, WIDTH, Frame
from places.maps.outlines import cached_outlines_of
from places.maps.pins import Marker, pins_of
from places.maps.topology import topology
from places.maps.towns import labels_of
from tests.factories import area, town

#: The Isle of Thanet, Somerset and round about, and Great Britain.
FRAMES = [
    Frame.around([], [box])
    for box in (Box(51.30, 1.20, 51.40, 1.45), Box(50.8, -3.8, 51.4, -2.3), Box(49.9, -8.2, 60.9, 1.8))
]
each_frame = pytest.mark.parametrize("frame", FRAMES, ids=["near", "county", "country"])


def codes_of(name: str) -> frozenset[str]:
    return frozenset(area(name).parts.values_list("district__gss_code", flat=True))


def names_on(name: str, **more) -> list[str]:
    codes = codes_of(name)
    drawing = Drawing(Frame.around([], [topology().box_of(codes)]), "A map", area=codes, **more)
    return [label.name for label in drawing.labels]


@pytest.mark.django_db
@each_frame
@pytest.mark.parametrize("with_small", [False, True])
def test_names_of_towns_are_on_the_map_and_not_on_each_other(frame, with_small):
    taken = Space()
    # Something stands in its middle.
    middle = (WIDTH / 2 - 40, HEIGHT / 2 - 40, WIDTH / 2 + 40, HEIGHT / 2 + 40)
    taken.take(middle)

    rooms = [label.box for label in labels_of(frame, taken, is_inside=lambda point: True, with_small=with_small)]

    assert len(rooms) > 2
    assert not any(overlap(item, other) for item, other in combinations([*rooms, middle], 2))
    for left, top, right, bottom in rooms:
        assert (left >= 0, top >= 0, right <= WIDTH, bottom <= HEIGHT) == (True,) * 4


@pytest.mark.django_db
@each_frame
def test_largest_town_is_named_first(frame):
    rows = type(town("Chard")).objects.exclude(name="Saint Peters").order_by("name")
    towns = [item for item in rows if frame.holds((item.latitude, item.longitude))]
    populations = [item.population for item in towns]

    names = [label.name for label in labels_of(frame, Space())]

    assert populations != sorted(populations, reverse=True)
    assert names[0] == max(towns, key=lambda item: item.population).name


@pytest.mark.django_db
def test_map_of_a_county_names_its_own_towns_by_size_before_larger_ones_beside_it():
    towns = type(town("Margate")).objects.filter(district__gss_code__in=codes_of("Kent"))
    populations = dict(towns.order_by("population").values_list("name", "population"))

    names = names_on("Kent")

    assert {"Margate", "Canterbury", "Dover", "Folkestone", "Deal"} <= set(names)
    inside = [name for name in names if name in populations]
    assert names[: len(inside)] == inside
    assert len(names) - len(inside) <= 4
    assert inside == sorted(inside, key=populations.__getitem__, reverse=True)


@pytest.mark.django_db
def test_district_that_stands_among_towns_is_not_named_in_place_of_them():
    """GeoNames gives a village at Margate's edge the people of all Thanet."""
    assert names_on("Thanet")[0] == "Margate"
    assert "Saint Peters" not in names_on("Thanet", is_in_page=True)


@pytest.mark.django_db
def test_map_of_northern_ireland_names_its_towns_though_they_lie_in_no_district():
    assert "Derry" in names_on("Northern Ireland")
    assert {"Omagh"} <= set(names_on("Fermanagh and Omagh")[:3])


@pytest.mark.django_db
def test_map_of_a_circle_names_towns_in_it_first():
    deal = town("Deal")
    frame = Frame.around([], [bounding_box(deal.latitude, deal.longitude, 25)])
    drawing = Drawing(frame, "A map", middle=(deal.latitude, deal.longitude), miles=4)

    names = [label.name for label in drawing.labels]

    assert names.index("Deal") < names.index("Margate")


@pytest.mark.django_db
def test_wide_map_in_a_page_has_more_names_in_small_letters():
    shown, more = names_on("Kent"), names_on("Kent", is_in_page=True)

    assert more[: len(shown)] == shown
    assert len(more) > len(shown) + 5


def test_pin_at_the_edge_of_a_map_is_whole():
    frame = FRAMES[0]
    south, west, north, east = frame.box

    for number, corner in enumerate([(south, west), (south, east), (north, west), (north, east)]):
        [pin] = pins_of(frame, [Marker(number, corner)])
        left, top, right, bottom = pin.box
        assert (left >= 0, top >= 0, right <= WIDTH, bottom <= HEIGHT) == (True,) * 4


@pytest.mark.django_db
def test_town_that_a_pin_hides_is_named_beside_the_pin():
    margate = town("Margate")
    frame = Frame.around([], [bounding_box(margate.latitude, margate.longitude, 10)])
    point = (margate.latitude, margate.longitude)

    drawing = Drawing(frame, "A map", markers=[Marker(1, point), Marker(2, point)])

    [label] = [label for label in drawing.labels if label.name == "Margate"]
    assert label.dot is None
    assert not any(overlap(label.box, pin.box) for pin in drawing.pins)


@pytest.mark.parametrize("middle, cached", [((51.38, 1.39), 0), (None, 1)])
def test_frame_round_a_typed_place_is_not_remembered(middle, cached):
    cached_outlines_of.cache_clear()
    frame = Frame.around([], [bounding_box(51.38, 1.39, 10)])

    assert Drawing(frame, "A map", middle=middle, miles=10).outlines.land != ""
    assert cached_outlines_of.cache_info().currsize == cached
