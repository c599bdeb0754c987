"""Leaving fast: by a press, without scripts, or by Shift three times; and what stays behind in the history."""

import pytest
from django.conf import settings
from django.urls import reverse

from tests.browser.navigation import follow

pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.usefixtures("seed_directory")]

#: It asks for no icon, which would be a request more.
WEATHER = "<!doctype html><title>Weather</title><link rel=icon href=data:,>"


@pytest.fixture
def page(page, live_server, requests_elsewhere):
    """A page of groups, that somebody came to from another of ours; and where the way out leads to."""
    page.route(settings.QUICK_EXIT_URL, lambda route: route.fulfill(body=WEATHER, content_type="text/html"))
    page.clock.install()
    page.goto(live_server.url + reverse("help_now"))
    page.goto(live_server.url + reverse("groups:group_list"))
    yield page
    requests_elsewhere.clear()


def test_leaving_gives_up_its_place_in_the_history(page, live_server, requests_elsewhere):
    follow(page.get_by_role("link", name="Leave this site"))

    assert page.url == settings.QUICK_EXIT_URL
    assert requests_elsewhere == [settings.QUICK_EXIT_URL]

    page.go_back()

    assert page.url == live_server.url + reverse("help_now")


@pytest.mark.parametrize("javascript", [False])
def test_leaving_needs_no_script(page, requests_elsewhere, javascript):
    follow(page.get_by_role("link", name="Leave this site"))

    assert page.url == settings.QUICK_EXIT_URL
    assert requests_elsewhere == [settings.QUICK_EXIT_URL]


def test_shift_three_times_leaves(page, requests_elsewhere):
    page.clock.pause_at("2100-01-01")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    with page.expect_navigation():
        page.keyboard.press("Shift")

    assert page.url == settings.QUICK_EXIT_URL
    assert requests_elsewhere == [settings.QUICK_EXIT_URL]


@pytest.mark.parametrize("between", ["", "a"], ids=["slowly", "with a letter between"])
def test_shift_as_people_type_does_not_leave(page, requests_elsewhere, between):
    """Capitals, or a key that is held down to think."""
    page.clock.pause_at("2100-01-01")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    if between:
        page.keyboard.press(between)
    else:
        page.clock.run_for(1500)
    page.keyboard.press("Shift")
    page.wait_for_timeout(300)

    assert page.locator("html").is_visible()
    assert requests_elsewhere == []


def test_way_out_in_the_panel_of_abuse_leaves_as_the_one_at_the_top_does(page, live_server, requests_elsewhere):
    page.goto(f"{live_server.url}{reverse('groups:group_list')}?q=he+hits+me")

    follow(page.get_by_role("region", name="You have a right to be safe").get_by_role("link", name="Leave this site"))
    page.go_back()

    assert page.url == live_server.url + reverse("groups:group_list")


@pytest.mark.parametrize(
    "typed", ["i want to die", "took an overdose", "he hits me", "my son is suicidal", "i am not safe"]
)
def test_first_number_of_a_panel_is_on_the_first_screen_of_a_small_phone(page, live_server, typed):
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(f"{live_server.url}{reverse('groups:group_list')}?q={typed.replace(' ', '+')}")

    box = page.locator(".call-list a").first.bounding_box()

    assert box["y"] + box["height"] <= 568
    assert box["height"] >= 44
