"""The strip at the top: room for it is dear, so it is no higher than it must be, and no number in it is broken."""

import pytest
from django.urls import reverse

from tests.browser.layout_checks import DESKTOP, PHONE
from tests.factories import make_group

pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.usefixtures("seed_directory")]

#: On a phone two rows, the higher of three lines; where no place is known, three.
TWO_ROWS, THREE_ROWS = 144, 176
ONE_ROW = 48
_SPLIT = "[...document.querySelectorAll('.help-now b')].filter(one => one.getClientRects().length > 1).length"


@pytest.mark.parametrize("place", ["", "england", "wales", "scotland", "northern-ireland"])
def test_strip_is_low_and_breaks_no_number(page, live_server, place):
    where = reverse("groups:area_detail", args=[place]) if place else reverse("about")
    most = {PHONE["width"]: TWO_ROWS if place else THREE_ROWS, DESKTOP["width"]: ONE_ROW}

    for viewport in (PHONE, DESKTOP):
        page.set_viewport_size(viewport)
        page.goto(live_server.url + where)
        height = page.locator(".help-now").bounding_box()["height"]

        assert (viewport["width"], height <= most[viewport["width"]]) == (viewport["width"], True), height
        assert page.evaluate(_SPLIT) == 0


def test_strip_of_northern_ireland_calls_lifeline(page, live_server):
    group = make_group(town="Belfast")

    page.goto(live_server.url + group.get_absolute_url())

    assert page.get_by_role("link", name="Call Lifeline 0808 808 8000 free, day or night").is_visible()
    assert page.locator(".help-now a[href='tel:111']").count() == 0
