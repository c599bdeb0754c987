"""The button that fills the box with the browser's own position: only with script, only on request, only roughly."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.browser.layout_checks import PHONE
from tests.browser.navigation import press

pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.usefixtures("seed_directory")]

BUTTON = "Use where I am now"


@pytest.fixture
def asked(page) -> list[str]:
    """The addresses that the page asked for, in order."""
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    return addresses


def allow(page, latitude: float, longitude: float) -> None:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": latitude, "longitude": longitude})


@pytest.mark.parametrize("name", ["home", "groups:group_list"])
@pytest.mark.parametrize("viewport", [PHONE])
def test_near_me_fills_the_box_with_a_rounded_position(page, live_server, asked, name, viewport):
    allow(page, 50.872345, -2.961234)
    page.goto(live_server.url + reverse(name))
    before = len(asked)

    page.get_by_role("button", name=BUTTON).click()
    page.get_by_text("Press “Find groups” to look there.").wait_for()

    assert page.get_by_label("Town or postcode").input_value() == "50.87,-2.96"
    assert [address for address in asked[before:] if not address.endswith("favicon.svg")] == []
    assert Axe().run(page).response["violations"] == []

    press(page, "Find groups")

    assert page.get_by_role("heading", level=1).inner_text() == "Groups near where you are"
    assert "near=50.87%2C-2.96" in page.url
    assert [address for address in asked if "50.872" in address or "2.961" in address] == []


def test_near_me_takes_a_refusal_kindly(page, live_server):
    page.context.clear_permissions()
    page.goto(live_server.url + reverse("home"))

    page.get_by_role("button", name=BUTTON).click()

    message = page.get_by_role("status").filter(has_text="did not tell us")
    message.wait_for()
    assert message.inner_text() == (
        "Your browser did not tell us where you are. That is fine. Type your town or postcode instead."
    )
    assert page.get_by_label("Town or postcode").input_value() == ""
    assert page.get_by_role("button", name=BUTTON).is_enabled()


def test_near_me_says_so_when_no_position_can_be_found(page, live_server):
    page.add_init_script(
        "navigator.geolocation.getCurrentPosition = (found, failed) => failed({code: 2, PERMISSION_DENIED: 1})"
    )
    page.goto(live_server.url + reverse("home"))

    page.get_by_role("button", name=BUTTON).click()

    assert page.get_by_role("status").inner_text() == (
        "We could not find out where you are. Type your town or postcode instead."
    )


def test_near_me_asks_nobody_until_somebody_presses_it(page, live_server):
    page.add_init_script("navigator.geolocation.getCurrentPosition = () => { throw new Error('asked unbidden') }")

    page.goto(live_server.url + reverse("home"))

    assert page.get_by_role("button", name=BUTTON).is_visible()
    assert page.get_by_label("Town or postcode").input_value() == ""


@pytest.mark.parametrize("javascript", [False])
@pytest.mark.parametrize("name", ["home", "groups:group_list"])
def test_near_me_is_not_there_without_script(page, live_server, name, javascript):
    page.goto(live_server.url + reverse(name))

    assert page.get_by_label("Town or postcode").is_visible()
    assert page.get_by_text(BUTTON).count() == 0


def test_near_me_is_not_offered_by_a_browser_that_cannot(page, live_server):
    page.add_init_script("Object.defineProperty(navigator, 'geolocation', {value: undefined})")

    page.goto(live_server.url + reverse("home"))

    assert page.get_by_role("button", name=BUTTON).count() == 0
