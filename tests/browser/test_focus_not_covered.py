"""What the keyboard is on lies under no bar that stays in its place: WCAG 2.4.11, and more than its "not wholly"."""

import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import Page, ViewportSize

from groups.models import JoiningRoute, SupportGroup
from tests.browser.layout_checks import DESKTOP, PHONE
from tests.factories import days_ago, make_change, make_check, make_contact, make_group, make_schedule, make_venue
from tests.staff.people import make_manager, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.django_db(transaction=True)]

#: A window in which the bar of buttons has several rows.
NARROW = ViewportSize(width=800, height=600)
#: More presses of a key than any of these pages has things to reach.
_MOST_STEPS = 400
#: What has the focus, and whether a bar that stays in its place lies over any of it, or all of it is out of the window.
_FOCUS = """() => {
    const focused = document.activeElement;
    window.visited ??= new Set();
    if (focused === document.body || window.visited.has(focused)) return null;
    window.visited.add(focused);
    const box = (focused.closest(".select2-selection") ?? focused).getBoundingClientRect();
    window.bars ??= [...document.querySelectorAll("body *")]
        .filter(each => ["sticky", "fixed"].includes(getComputedStyle(each).position));
    const bars = window.bars.filter(bar => !bar.contains(focused));
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const isUnderBar = [0.1, 0.5, 0.9].some(across => [1, (bottom - top) / 2, bottom - top - 1].some(down => {
        const point = document.elementFromPoint(box.left + box.width * across, top + down);
        return bars.some(bar => bar.contains(point));
    }));
    return {
        name: `${focused.outerHTML.slice(0, 70)} at ${Math.round(box.top)}-${Math.round(box.bottom)}`,
        isCovered: isUnderBar || bottom - top < 1,
    };
}"""


def covered(page: Page, key: str) -> tuple[int, list[str]]:
    """Return how many things a key leads to, once round the page, and those of them that are covered."""
    number, found = 0, []
    page.keyboard.press(key)
    while (focus := page.evaluate(_FOCUS)) or not number:
        if focus:
            number += 1
            found += [focus["name"]] if focus["isCovered"] else []
        assert number < _MOST_STEPS
        page.keyboard.press(key)
    return number, found


@pytest.fixture
def group() -> SupportGroup:
    """A group whose page in the admin is as long as they are."""
    contact = make_contact(phone="01632 960001")
    group = make_group(organisation=contact.organisation, contacts=[contact], areas=["Kent"], confidential=True)
    make_schedule(group, starts_at=datetime.time(14), venue=make_venue())
    make_change(group)
    JoiningRoute.objects.create(group=group, route="gp")
    make_check(group, days_ago(3))
    return group


@pytest.fixture
def page(page) -> Page:
    """Without sliding, so that a page is where it will be when we look."""
    page.emulate_media(reduced_motion="reduce")
    return page


@pytest.fixture
def staff(page, live_server, client) -> Page:
    sign_in(client, make_manager())
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    return page


@pytest.mark.parametrize("viewport", [DESKTOP, NARROW, PHONE], ids=lambda size: str(size["width"]))
def test_no_bar_of_the_page_of_a_group_for_staff_covers_what_has_the_focus(staff, live_server, group):
    found = {}
    for key in ("Tab", "Shift+Tab"):
        staff.goto(live_server.url + reverse("admin:groups_supportgroup_change", args=[group.pk]))
        number, found[key] = covered(staff, key)
        assert number > 80

    assert found == {"Tab": [], "Shift+Tab": []}


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=lambda size: str(size["width"]))
@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_no_bar_of_the_public_pages_covers_what_has_the_focus(page, live_server, group, key):
    found = {}
    for address in (
        group.get_absolute_url(),
        reverse("groups:group_list") + "?near=Chard",
        reverse("groups:group_report", args=[group.slug]),
    ):
        page.goto(live_server.url + address)
        number, found[address] = covered(page, key)
        assert number > 8

    assert {address: names for address, names in found.items() if names} == {}
