"""What the keyboard is on lies under no bar that stays in its place: WCAG 2.4.11, and more than its "not wholly"."""

import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import Page, ViewportSize

from groups.models import JoiningRoute, SupportGroup
from tests.browser.layout_checks import DESKTOP, PHONE
from tests.browser.navigation import sign_in_browser
from tests.factories import days_ago, make_change, make_check, make_contact, make_group, make_schedule, make_venue
from tests.staff.people import make_manager

pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.django_db(transaction=True)]

#: A window in which the bar of buttons has several rows.
NARROW = ViewportSize(width=800, height=600)
#: More presses of a key than any of these pages has things to reach.
_MOST_STEPS = 400
#: How often a key is pressed before the page is asked what that led to: each question to a browser takes its time.
_AT_ONCE = 20
#: From now on the page itself notes, at each press, where the one before has led: what had the focus, and whether a bar
#: that stays in its place lay over any of it, or all of it was out of the window. Once round the page it stops.
_WATCH = """() => {
    const bars = [...document.querySelectorAll("body *")]
        .filter(each => ["sticky", "fixed"].includes(getComputedStyle(each).position));
    const visited = new Set();
    const seen = { number: 0, covered: [], isRound: false };
    let isPressed = false;
    const note = () => {
        const focused = document.activeElement;
        if (!isPressed || seen.isRound) return;
        isPressed = false;
        if (focused === document.body || visited.has(focused)) {
            seen.isRound = seen.number > 0;
            return;
        }
        visited.add(focused);
        seen.number += 1;
        const box = (focused.closest(".select2-selection") ?? focused).getBoundingClientRect();
        const others = bars.filter(bar => !bar.contains(focused));
        const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
        const isUnderBar = [0.1, 0.5, 0.9].some(across => [1, (bottom - top) / 2, bottom - top - 1].some(down => {
            const point = document.elementFromPoint(box.left + box.width * across, top + down);
            return others.some(bar => bar.contains(point));
        }));
        if (isUnderBar || bottom - top < 1)
            seen.covered.push(
                `${focused.outerHTML.slice(0, 70)} at ${Math.round(box.top)}-${Math.round(box.bottom)}`);
    };
    addEventListener("keydown", event => {
        if (event.key !== "Tab") return;
        note();
        isPressed = true;
    }, true);
    window.seenByKeyboard = () => {
        note();
        return seen;
    };
}"""


def covered(page: Page, key: str) -> tuple[int, list[str]]:
    """Return how many things a key leads to, once round the page, and those of them that are covered."""
    page.evaluate(_WATCH)
    for _ in range(_MOST_STEPS // _AT_ONCE):
        for _ in range(_AT_ONCE):
            page.keyboard.press(key)
        seen = page.evaluate("seenByKeyboard()")
        if seen["isRound"]:
            return seen["number"], seen["covered"]
    raise AssertionError("The page has no end.")


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
def staff(page, live_server) -> Page:
    sign_in_browser(page, live_server.url, make_manager())
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
