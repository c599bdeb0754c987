"""The words on maps, in a real browser: none cut, none on another, and large enough on the smallest phone."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from places.maps.areas import box_of
from places.maps.drawing import Drawing
from places.maps.frame import Frame
from places.maps.pins import Marker
from places.maps.text_metrics import LETTERS, width_of
from places.models import Area, Town
from tests.browser.layout_checks import PHONE
from tests.factories import make_group, make_venue

pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.django_db]

#: For each words on a map: what they are, and what they reach over; then the pins without their words.
REACH = """svg => {
    const box = one => { const {x, y, width, height} = one.getBBox(); return [x, y, x + width, y + height]; };
    const words = [...svg.querySelectorAll(".town text, .scale text")].map(one => [one.textContent, box(one)]);
    const pins = [...svg.querySelectorAll(".pin rect")].map(one => ["a pin", box(one)]);
    const inside = [...svg.querySelectorAll(".pin")].every(pin => [...pin.querySelectorAll("text")].every(
        text => text.getBBox().width <= pin.querySelector("rect").getBBox().width));
    return [words, pins, inside];
}"""
WIDTHS = """([words, letters]) => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${letters}px system-ui, sans-serif`;
    return words.map(one => pen.measureText(one).width);
}"""


@pytest.mark.parametrize("slug", ["thanet", "kent", "cornwall", "england", "northern-ireland", "wales"])
def test_no_word_on_a_map_is_cut_or_stands_on_another(page, slug):
    box = box_of(Area.objects.get(slug=slug))
    towns = Town.objects.filter(latitude__range=(box.south, box.north), longitude__range=(box.west, box.east))
    points = towns.order_by("-population").values_list("latitude", "longitude")[:20]
    marks = [Marker(number, point) for number, point in enumerate(points, 90)]
    drawing = Drawing(Frame.around([], [box]), "A map", markers=marks)

    page.set_content(render_to_string("components/map.svg", {"drawing": drawing}))
    words, pins, is_in_its_pin = page.locator("svg").evaluate(REACH)

    assert len(words) > 3
    assert is_in_its_pin
    for name, (left, top, right, bottom) in words:
        assert (name, left >= 0, top >= 0, right <= 360, bottom <= 320) == (name, True, True, True, True)
    for at, (name, row) in enumerate(words):
        others = [other for other, box in words[at + 1 :] + pins if meet(row, box)]
        assert (name, others) == (name, [])
    # A name has no dot only where a pin hides it.
    hidden = [label for label in drawing.labels if not label.has_dot]
    assert all(any(pin.box[0] <= label.dot_x <= pin.box[2] for pin in drawing.pins) for label in hidden)


def meet(row: list[float], other: list[float]) -> bool:
    """Whether two boxes of words share more than the room between lines."""
    return row[0] < other[2] and other[0] < row[2] and row[1] + 2 < other[3] - 2 and other[1] + 2 < row[3] - 2


def test_no_name_of_a_town_is_wider_than_the_room_that_a_map_keeps_for_it(page):
    names = sorted(Town.objects.values_list("name", flat=True).distinct())

    widths = page.evaluate(WIDTHS, [names, LETTERS])

    assert [name for name, width in zip(names, widths, strict=True) if width > width_of(name)] == []


@pytest.mark.parametrize("viewport", [PHONE])
def test_words_on_a_map_can_be_read_on_the_smallest_phone(page, live_server):
    make_group(venue=make_venue(postcode="CT9 1AE"))

    page.goto(live_server.url + reverse("groups:area_detail", args=["thanet"]))
    shown = page.locator(".map img").bounding_box()["width"]

    assert page.viewport_size["width"] == 320
    assert LETTERS * shown / Drawing.width >= 11
