"""A real Chromium for the tests in this folder: one browser, a fresh context for each test, and no way out."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize, sync_playwright

from tests.conftest import CHROMIUM, NEEDS

PHONE = ViewportSize(width=320, height=640)
DESKTOP = ViewportSize(width=1280, height=900)
FLAGS = [
    "--no-sandbox",  # CI runs as root, where Chromium's sandbox cannot.
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as Debian packages it."""
    if not CHROMIUM:
        pytest.fail(NEEDS["browser"][2])
    with pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread, and Django would refuse the database in it.
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
            yield chromium
            chromium.close()


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
    faults: list[str] = []

    def let_through(route: Route) -> None:
        if urlsplit(route.request.url).hostname in {"localhost", "127.0.0.1"}:
            route.continue_()
        else:
            requests_elsewhere.append(route.request.url)
            route.abort()

    def note_refusals(message) -> None:
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    context = browser.new_context(
        viewport=viewport, java_script_enabled=javascript, locale="en-GB", timezone_id="Europe/London"
    )
    context.route("**/*", let_through)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", note_refusals)
    yield page
    context.close()
    assert requests_elsewhere == []
    assert faults == []
