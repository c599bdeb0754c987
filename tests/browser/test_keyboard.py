"""Whole journeys with nothing but a keyboard, and without scripts: each step is seen, and no step is a trap."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect

from groups.choices import Joining
from groups.feedback.models.report import Report
from peersupport.accounts.second_factor import confirm, unconfirmed_telephone
from tests.browser.layout_checks import PHONE
from tests.factories import make_contact, make_group, make_organisation, make_venue
from tests.staff.people import PASSWORD, make_manager

pytestmark = [
    pytest.mark.one_database,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("viewport", [PHONE]),
    pytest.mark.parametrize("javascript", [False]),
]

#: More presses of a key than any page has things to reach.
_MOST_STEPS = 150
#: Where the focus is: what it is called, whether it is seen, and what it is.
_FOCUS = """() => {
    const one = document.activeElement;
    // A box for several choices has its ring around the choices, too.
    const style = getComputedStyle(one.closest(".select2-selection") ?? one);
    const box = one.getBoundingClientRect();
    const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
    // A link may go on in the next line: its first piece is asked.
    const piece = one.getClientRects()[0] ?? box;
    const across = (piece.left + piece.right) / 2;
    const middle = document.elementFromPoint(across, (piece.top + Math.min(piece.bottom, innerHeight)) / 2);
    const words = one.ariaLabel || one.ariaLabelledByElements?.[0]?.innerText || (one.labels?.[0] ?? one).innerText;
    return {
        words: (words || one.title || (one.type === "submit" ? one.value : "")).replace(/\\s+/g, " ").trim(),
        isNothing: one === document.body,
        ring,
        inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        covered: !(middle && (one.contains(middle) || middle.contains(one) || one.labels?.[0]?.contains(middle))),
    };
}"""


@pytest.fixture
def page(page) -> Page:
    """Without sliding, so that a page is where it will be when we look."""
    page.emulate_media(reduced_motion="reduce")
    return page


def go_to(page: Page, words: str, key: str = "Tab") -> None:
    """Press a key until the focus is on what is called so (or, with "…", begins so). It is seen all the way there."""
    passed = []
    for _ in range(_MOST_STEPS):
        page.keyboard.press(key)
        focus = page.evaluate(_FOCUS)
        if focus["isNothing"]:
            # Round again, by way of the browser's own bar.
            continue
        passed.append(focus["words"])
        unseen = [fault for fault in ("ring", "inView") if not focus[fault]] + ["covered"] * focus["covered"]
        assert (focus["words"], unseen) == (focus["words"], [])
        if focus["words"] == words or (words.endswith("…") and focus["words"].startswith(words[:-1])):
            return
    pytest.fail(f"The keyboard does not lead to “{words}”: {passed}")


def press(page: Page, words: str, key: str = "Enter") -> None:
    """Go to a link or a button, and use it."""
    go_to(page, words)
    with page.expect_navigation():
        page.keyboard.press(key)


@pytest.fixture
def group():
    organisation = make_organisation(name="Example house")
    make_group(name="Example talkers", organisation=organisation, venue=make_venue(town="Chard"), focus="talking")
    return make_group(
        name="Example walkers",
        organisation=organisation,
        venue=make_venue(name="Example hall", town="Chard", postcode="TA20 1AA"),
        joining=Joining.JUST_COME,
        focus="doing",
        contacts=[make_contact(organisation=organisation, phone="01632 960001")],
    )


def test_keyboard_leads_from_a_search_to_a_printed_list(page, live_server, group):
    page.goto(live_server.url + reverse("home"))

    go_to(page, "Skip to the page")
    page.keyboard.press("Enter")
    go_to(page, "Town or postcode")
    page.keyboard.type("Chard")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("article h2").count() == 2

    go_to(page, "Skip to the page")
    page.keyboard.press("Enter")
    go_to(page, "Change your search…")
    page.keyboard.press("Enter")
    go_to(page, "Talking or doing?")
    page.keyboard.press("Enter")
    go_to(page, "Either")
    for _ in range(4):
        if page.evaluate("document.activeElement.value") == "doing":
            break
        page.keyboard.press("ArrowDown")
    press(page, "Show 2 groups")
    assert page.locator("article h2").all_inner_texts() == ["Example walkers"]

    press(page, "Example walkers")
    assert page.get_by_role("heading", level=1).inner_text() == "Example walkers"
    press(page, "Add to my list…")
    press(page, "Print it…")
    press(page, "Page to print…")
    assert page.url == f"{live_server.url}{reverse('groups:list_print')}?list={group.code}"


def test_keyboard_reports_a_problem_and_is_led_to_what_is_wrong_first(page, live_server, group, monkeypatch):
    monkeypatch.setattr("groups.feedback.forms.MIN_AGE", 0)
    page.goto(live_server.url + group.get_absolute_url())

    press(page, "Is something wrong?…")
    press(page, "Send")
    expect(page.locator(".error-summary")).to_be_focused()

    go_to(page, "Choose what is wrong.…")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.type") == "radio"
    page.keyboard.press("Space")
    go_to(page, "What is right instead?")
    page.keyboard.type("It is at 7pm now.")
    press(page, "Send")

    assert page.url.partition("#")[0] == live_server.url + reverse("groups:report_thanks")
    assert Report.objects.get().what_is_right == "It is at 7pm now."


def test_keyboard_signs_in_to_the_staff_pages(page, live_server):
    telephone: TOTPDevice = unconfirmed_telephone(make_manager("ann"))
    confirm(telephone)
    page.goto(live_server.url + reverse("admin:index"))

    go_to(page, "E-mail address…")
    page.keyboard.type("ann@example.org")
    go_to(page, "Password…")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    code = TOTP(telephone.bin_key, telephone.step, telephone.t0, telephone.digits, telephone.drift)
    code.time = timezone.now().timestamp()
    go_to(page, "Code…")
    page.keyboard.type(f"{code.token():06}")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url == live_server.url + reverse("admin:index")
