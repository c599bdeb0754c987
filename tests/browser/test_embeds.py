"""A list of ours in a page of another site, in a real browser: with a script and without, and where it may not be."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from groups.models import EmbedHost
from tests.browser.layout_checks import PHONE
from tests.factories import make_group, make_schedule

pytestmark = [pytest.mark.browser, pytest.mark.one_database]

COUNCIL = "https://www.example.gov.uk/help/"


@pytest.fixture
def lines(client, live_server) -> list[str]:
    """The lines of HTML for Somerset, as the site makes them, of the server that runs."""
    for number in range(9):
        make_schedule(make_group(name=f"Example group {number}", town="Chard"))
    page = client.get(reverse("groups:embed_line"), {"near": "Somerset"}, secure=True, headers={"host": "localhost"})
    return page.context["lines"]


@pytest.fixture
def council(page, live_server, requests_elsewhere):
    """Opens the page of a council that has the lines."""

    def open_page(*wanted: str):
        frame = _open_council(page, live_server.url, wanted)
        assert requests_elsewhere == [COUNCIL]
        requests_elsewhere.clear()
        return frame

    yield open_page
    # An answer on its way to a page that is closed would be an error in the next test.
    page.context.unroute_all(behavior="wait")


def _open_council(page, server: str, wanted):
    """Return the frame in the page of a council. Both sites have https, as far as the browser knows."""
    body = f"<!doctype html><title>Council</title><h1>Help</h1>{''.join(wanted)}<p>The end.</p>"
    page.context.route("https://localhost/**", _answer_of(server))
    page.route("https://www.example.gov.uk/**", lambda route: route.fulfill(content_type="text/html", body=body))
    page.goto(COUNCIL)
    return page.frame_locator("iframe")


def _answer_of(server: str):
    """Return what answers for the site at its address with https."""
    return lambda route: route.fulfill(response=route.fetch(url=route.request.url.replace("https://localhost", server)))


@pytest.mark.parametrize("viewport", [PHONE])
def test_listed_site_shows_the_list_as_high_as_it_is(page, council, lines):
    EmbedHost.objects.create(host="www.example.gov.uk")

    frame = council(*lines)

    expect(frame.get_by_role("heading", level=1)).to_have_text("Groups in Somerset")
    page.wait_for_function("document.querySelector('iframe').clientHeight > 900")
    inside = frame.locator("html").evaluate("page => [page.scrollHeight, page.clientHeight, page.scrollWidth]")
    assert (inside[0], inside[2]) == (inside[1], page.locator("iframe").evaluate("frame => frame.clientWidth"))


@pytest.mark.parametrize("javascript", [False])
def test_list_is_there_without_a_script_and_opens_the_site_in_a_new_tab(page, council, lines):
    EmbedHost.objects.create(host="www.example.gov.uk")

    frame = council(*lines)

    expect(frame.get_by_role("link", name="Call 999")).to_be_visible()
    with page.context.expect_page() as opened:
        frame.get_by_role("link", name="Example group 1").click()
    expect(opened.value).to_have_title("Example group 1, Chard | Alongside")
    assert page.url == COUNCIL


def test_site_that_is_not_listed_is_refused_by_the_browser(browser, live_server, lines):
    EmbedHost.objects.create(host="other.example.gov.uk")
    context = browser.new_context()
    page = context.new_page()

    with page.expect_console_message(lambda message: "Framing" in message.text) as refused:
        frame = _open_council(page, live_server.url, lines[:1])

    assert "frame-ancestors 'self' https://other.example.gov.uk" in refused.value.text
    assert frame.get_by_text("Groups in Somerset").count() == 0
    context.unroute_all(behavior="wait")
    context.close()


@pytest.mark.parametrize("javascript", [True, False])
def test_page_about_our_data_shows_a_list_in_a_frame(page, live_server):
    make_schedule(make_group(name="Example group", town="Chard"))

    page.goto(live_server.url + reverse("data"))
    page.locator("iframe").scroll_into_view_if_needed()

    expect(page.frame_locator("iframe").get_by_role("link", name="Example group")).to_be_visible()
    size = page.locator("iframe").evaluate("frame => [frame.offsetHeight, frame.offsetWidth <= innerWidth]")
    assert size == [480, True]
