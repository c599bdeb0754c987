"""A real Chromium for the tests in this folder: one browser, a fresh context for each test, and no way out."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from tests.browser.layout_checks import DESKTOP
from tests.browser.network import NOWHERE, OURS, hosts_that_pages_asked, log_to
from tests.conftest import CHROMIUM, NEEDS

FLAGS = [
    "--no-sandbox",  # CI runs as root, where Chromium's sandbox cannot.
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # It would describe our forms to its makers.
    "--disable-features=AutofillServerCommunication",
    NOWHERE,
]

#: How long a page has for what it should do, in milliseconds: long, for a machine that has much else to do. Only what
#: never comes is waited for so long.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser(tmp_path_factory) -> Iterator[Browser]:
    """Chromium as Debian packages it. When all tests are done, its own log of the network must name nobody else."""
    if not CHROMIUM:
        pytest.fail(NEEDS["browser"][2])
    log = tmp_path_factory.mktemp("network") / "log.json"
    with pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread, and Django would refuse the database in it.
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=[*FLAGS, log_to(log)])
            yield chromium
            chromium.close()
    # The tests of the way out press it; nothing else goes anywhere.
    asked = hosts_that_pages_asked(log)
    assert asked & set(OURS) != set()  # Or else nothing was written down.
    assert asked - {*OURS, urlsplit(settings.QUICK_EXIT_URL).hostname} == set()


@pytest.fixture
def viewport() -> ViewportSize:
    """The size of the window. A test chooses another: `@pytest.mark.parametrize("viewport", [PHONE, DESKTOP])`."""
    return DESKTOP


@pytest.fixture
def javascript() -> bool:
    """Whether scripts run. A test says no: `@pytest.mark.parametrize("javascript", [False])`."""
    return True


@pytest.fixture
def requests_elsewhere() -> list[str]:
    """The addresses on other hosts that the page asked for; each was refused. A test that wants one clears it."""
    return []


@pytest.fixture
def page(browser: Browser, viewport: ViewportSize, javascript: bool, requests_elsewhere: list[str]) -> Iterator[Page]:
    """An empty page of a browser that has never been here. The test fails if it asks another host, or breaks."""
    context = browser.new_context(
        viewport=viewport, java_script_enabled=javascript, locale="en-GB", timezone_id="Europe/London"
    )
    faults = watch(context, requests_elsewhere)
    yield context.new_page()
    context.close()
    assert requests_elsewhere == []
    assert faults == []


def watch(context: BrowserContext, requests_elsewhere: list[str]) -> list[str]:
    """Note what the pages of a context ask of other hosts; and give a list that will hold what breaks in them."""
    faults: list[str] = []

    def note_request(request) -> None:
        # What a style sheet holds itself (data:) goes nowhere.
        if request.url.startswith(("http:", "https:", "ws")) and urlsplit(request.url).hostname not in OURS:
            requests_elsewhere.append(request.url)

    def note_refusals(message) -> None:
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    context.set_default_timeout(PATIENCE)
    context.on("request", note_request)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("console", note_refusals)
    return faults
