"""A care coordinator without scripts: from a search to a sheet of paper, as a browser prints it."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from groups.choices import Joining, Weekday
from tests.browser.navigation import follow, press
from tests.factories import make_contact, make_group, make_organisation, make_schedule, make_venue

pytestmark = [pytest.mark.browser, pytest.mark.one_database]

#: The size of the smallest letters on a page, in points.
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.paper *')]
    .filter(one => !one.closest('svg') && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .map(one => parseFloat(getComputedStyle(one).fontSize) * 0.75))"""


def some_groups() -> list:
    """Ten groups with much to say of each, so that they need several pages."""
    organisation = make_organisation(name="Example house")
    contact = make_contact(organisation=organisation, role_title="Welcome desk", phone="01632 960001")
    hall = make_venue(name="Example hall", town="Chard", postcode="TA20 1AA", access_note="A ramp. " * 5)
    groups = [
        make_group(
            name=f"Example {number} " + "with a long name " * 5 * (number % 2),
            organisation=organisation,
            venue=hall,
            joining=Joining.JUST_COME,
            joining_note="Ring the blue bell. " * number,
            contacts=[contact],
        )
        for number in range(10)
    ]
    for group in groups:
        make_schedule(group, weekday=Weekday.MONDAY)
    return groups


@pytest.mark.parametrize("javascript", [False])
def test_list_is_made_ordered_and_printed_without_scripts(page, live_server):
    groups = some_groups()

    page.goto(f"{live_server.url}{reverse('groups:group_list')}?near=Chard")
    for name in ("Example 0", "Example 2"):
        follow(page.locator("article").filter(has_text=name).get_by_role("link", name="Add to my list"))
    page.get_by_text("Change your search").click()
    page.get_by_label("In what order?").select_option("name")
    press(page, "Show 10 groups")
    follow(page.get_by_role("link", name="Print it"))
    follow(page.locator(".own-list__links").get_by_role("link", name="Up"))
    follow(page.get_by_role("link", name="Page to print").first)

    first, second = groups[2].code, groups[0].code
    assert page.url == f"{live_server.url}/lists/print/?list={first},{second}"
    assert page.locator(".entry h2").all_inner_texts() == ["Example 2", "Example 0"]
    assert page.context.cookies() == []


def test_each_layout_prints_each_group_once_with_help_now_on_every_page(page, live_server):
    groups = some_groups()
    codes = ",".join(group.code for group in groups)

    for layout in ("standard", "large", "easy", "week"):
        page.goto(f"{live_server.url}/lists/print/?list={codes}&by=day&layout={layout}")
        page.emulate_media(media="print")
        sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
        texts = [" ".join(sheet.extract_text().split()) for sheet in sheets]
        words = " ".join(texts)

        # A week of up to 14 meetings is one page.
        assert (layout, len(sheets) == 1, len(sheets) > 2) == (layout, layout == "week", layout != "week")
        assert (layout, [text.count("116 123") for text in texts]) == (layout, [1] * len(sheets))
        assert (layout, [words.count(f"/g/{group.code}") for group in groups]) == (layout, [1] * 10)
        assert (layout, words.count("Please check before you travel.")) == (layout, 1)
        # Nothing of the screen, no head without a group, and no page with hardly anything on it but its foot.
        assert (layout, "/g/" in texts[0]) == (layout, True)
        assert (layout, "Page to print" in words, "Leave this site" in words) == (layout, False, False)
        assert (layout, [text for text in texts if len(text) < 200]) == (layout, [])
        lie = {sheet.mediabox.width > sheet.mediabox.height for sheet in sheets}
        assert (layout, lie) == (layout, {layout == "week"})
        assert (layout, page.evaluate(SMALLEST) >= {"large": 18, "easy": 12}.get(layout, 8)) == (layout, True)
