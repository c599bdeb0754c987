"""The words on maps, in a real browser: none cut, none on another, and large enough on the smallest phone."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from playwright.sync_api import expect

from places.maps.drawing import Drawing
from places.maps.frame import Frame
from places.maps.pins import Marker
from places.maps.text_metrics import LETTERS, width_of
from places.maps.topology import topology
from places.models import Area, Town
from tests.browser.layout_checks import DESKTOP, PHONE
from tests.factories import make_group, make_venue

pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.django_db]

#: For each words that are shown on a map: what they are, and what they reach over, in its units; then the pins without
#: their words.
REACH = """svg => {
    const unit = svg.clientWidth / 360;
    const box = one => {
        const {x, y, width, height} = one.getBBox(), {a, d, e, f} = one.getCTM();
        return [a * x + e, d * y + f, a * (x + width) + e, d * (y + height) + f].map(length => length / unit);
    };
    const shown = [...svg.querySelectorAll(".names text, .scale text")].filter(one => one.getClientRects().length);
    const words = shown.map(one => [one.textContent, box(one)]);
    const pins = [...svg.querySelectorAll(".pin")].map(one => ["a pin", box(one.querySelector("rect"))]);
    const inside = [...svg.querySelectorAll(".pin")].every(pin => [...pin.querySelectorAll("text")].every(
        text => text.getBBox().width <= pin.querySelector("rect").getBBox().width));
    return [words, pins, inside];
}"""
WIDTHS = """([words, letters]) => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${letters}px system-ui, sans-serif`;
    return words.map(one => pen.measureText(one).width);
}"""


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desk"])
@pytest.mark.parametrize("slug", ["thanet", "kent", "cornwall", "england", "northern-ireland", "wales"])
def test_no_word_on_a_map_is_cut_or_stands_on_another(page, slug):
    codes = frozenset(Area.objects.get(slug=slug).parts.values_list("district__gss_code", flat=True))
    box = topology().box_of(codes)
    towns = Town.objects.filter(latitude__range=(box.south, box.north), longitude__range=(box.west, box.east))
    points = towns.order_by("-population").values_list("latitude", "longitude")[:12]
    marks = [Marker(number, point) for number, point in enumerate(points, 90)]
    drawing = Drawing(Frame.around([], [box]), "A map", markers=marks, area=codes, is_in_page=True)

    page.set_content(render_to_string("components/map.svg", {"drawing": drawing}))
    words, pins, is_in_its_pin = page.locator("svg").evaluate(REACH)

    assert len(words) > 3
    assert is_in_its_pin
    for name, (left, top, right, bottom) in words:
        assert (name, left >= 0, top >= 0, right <= 360, bottom <= 320) == (name, True, True, True, True)
    for at, (name, row) in enumerate(words):
        others = [other for other, box in words[at + 1 :] + pins if meet(row, box)]
        assert (name, others) == (name, [])


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


@pytest.mark.parametrize("viewport", [PHONE])
def test_pin_is_as_large_as_a_finger_hits_and_leads_to_its_card_by_keyboard(page, live_server):
    make_group(venue=make_venue(postcode="CT9 1AE"))
    make_group(confidential=True, town="Margate")

    page.goto(live_server.url + reverse("groups:group_list_map") + "?near=Margate")
    pins = page.locator(".drawing a")
    sizes = [(box["width"] >= 24, box["height"] >= 24) for box in (pin.bounding_box() for pin in pins.all())]
    card = pins.first.get_attribute("href")
    pins.first.focus()
    page.keyboard.press("Enter")

    assert sizes == [(True, True)] * 2
    assert page.evaluate("location.hash") == card
    expect(page.locator(f"{card} .card__title")).to_be_in_viewport()
