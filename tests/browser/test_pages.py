"""The public pages in a real browser: for a small phone, a keyboard, a screen reader, and somebody without scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from groups.choices import Joining
from tests.browser.layout_checks import DESKTOP, PHONE
from tests.browser.navigation import follow, press
from tests.factories import make_contact, make_group, make_organisation, make_schedule, make_venue

pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.usefixtures("seed_directory")]


@pytest.mark.parametrize("viewport", [PHONE])
def test_first_result_is_on_the_first_screen_of_a_small_phone(page, live_server, viewport):
    page.goto(f"{live_server.url}{reverse('groups:group_list')}?near=Chard")

    title = page.get_by_role("link", name="WATCH Thursday Project", exact=True).bounding_box()

    assert title["y"] + title["height"] <= viewport["height"]


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_somebody_types_a_town_and_finds_a_group_they_can_go_to(page, live_server, javascript, viewport):
    organisation = make_organisation(name="Example house")
    contact = make_contact(organisation=organisation, role_title="Welcome desk", phone="01632 960001")
    group = make_group(
        name="Example Thursday tea",
        organisation=organisation,
        venue=make_venue(name="Example hall", town="Chard", postcode="TA20 1AA"),
        joining=Joining.JUST_COME,
        contacts=[contact],
    )
    make_schedule(group)

    page.goto(live_server.url + reverse("home"))
    page.get_by_label("Town or postcode").fill("ta20 1aa")
    press(page, "Find groups")
    follow(page.get_by_role("link", name="Example Thursday tea", exact=True))

    assert page.get_by_role("heading", level=1).inner_text() == "Example Thursday tea"
    assert page.get_by_text("Usually: Every Thursday. Ask for the time.").is_visible()
    assert page.get_by_text("Example hall, Chard TA20 1AA").is_visible()
    assert page.get_by_text("01632 960001").is_visible()


@pytest.mark.parametrize("javascript", [False])
def test_filters_work_without_script(page, live_server, javascript):
    page.goto(live_server.url + reverse("groups:group_list"))
    page.get_by_text("More to choose from").click()
    page.get_by_text("Talking or doing?").click()
    page.get_by_role("radio", name="Doing").check()
    press(page, "Show 7 groups")

    assert [title.inner_text() for title in page.locator("#results .card__title").all()] == ["Take Off doing groups"]

    follow(page.get_by_role("link", name="Remove Doing"))

    assert page.locator("#results .card__title").count() == 7


def test_keyboard_reaches_the_page_past_everything_above_it(page, live_server):
    page.goto(live_server.url + reverse("groups:group_list"))
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.innerText") == "Skip to the page"

    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


def test_paper_keeps_the_numbers_to_call_and_drops_the_menu(page, live_server):
    page.goto(f"{live_server.url}{reverse('groups:group_list')}?near=Chard")
    page.emulate_media(media="print")

    assert page.get_by_text("116 123").first.is_visible()
    assert not page.get_by_role("link", name="Organisations").first.is_visible()
    assert page.get_by_text("Printed from Alongside on").is_visible()
