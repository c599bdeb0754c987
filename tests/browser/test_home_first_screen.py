"""The first screen of the home page: what to do there, without scrolling, on an old phone and on a desk."""

import pytest
from django.urls import reverse
from playwright.sync_api import ViewportSize

pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.usefixtures("seed_directory")]

OLD_PHONE = ViewportSize(width=320, height=568)
DESK = ViewportSize(width=1280, height=900)

#: In CSS pixels: how many lines the heading has, and where things end or, of what comes next, begin.
_MEASURE = """() => {
    const box = selector => document.querySelector(selector).getBoundingClientRect();
    const heading = document.querySelector("h1");
    const words = document.createRange();
    words.selectNodeContents(heading);
    return {
        lines: new Set([...words.getClientRects()].map(row => row.top)).size,
        heading: box("h1").bottom,
        field: box("#search_near").bottom,
        button: box(".search button:not([type])").bottom,
        next: box("#talk-or-do").bottom,
        areas: box("#by-area").bottom,
        wide: document.documentElement.scrollWidth,
    };
}"""


@pytest.mark.parametrize("viewport", [OLD_PHONE])
def test_old_phone_shows_one_line_of_heading_the_box_and_its_button(page, live_server, viewport):
    page.goto(live_server.url + reverse("home"))

    seen = page.evaluate(_MEASURE)

    assert seen["lines"] == 1
    assert seen["heading"] < seen["field"] < seen["button"] <= viewport["height"]
    assert seen["wide"] == viewport["width"]


@pytest.mark.parametrize("viewport", [DESK])
def test_desk_shows_what_comes_after_the_box_too(page, live_server, viewport):
    page.goto(live_server.url + reverse("home"))

    seen = page.evaluate(_MEASURE)

    assert seen["lines"] == 1
    assert seen["field"] < seen["next"] < seen["areas"] <= viewport["height"]
