"""Leaving fast: what stays behind in the browser's history."""

import pytest
from django.conf import settings
from django.urls import reverse

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("seed_directory")]


def test_leaving_gives_up_its_place_in_the_history(page, live_server, requests_elsewhere):
    weather = "<!doctype html><title>Weather</title>"
    page.route(settings.QUICK_EXIT_URL, lambda route: route.fulfill(body=weather, content_type="text/html"))
    page.goto(live_server.url + reverse("help_now"))
    page.goto(live_server.url + reverse("groups:group_list"))

    page.get_by_role("link", name="Leave this site").click()
    page.wait_for_url(settings.QUICK_EXIT_URL)
    page.go_back()

    assert page.url == live_server.url + reverse("help_now")
    requests_elsewhere.clear()
