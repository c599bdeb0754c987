"""The log that proves that no page asks another host tells of it when one does."""

import pytest

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.network import OURS, hosts_that_pages_asked, log_to

pytestmark = [pytest.mark.browser, pytest.mark.one_database]


def test_network_log_names_a_host_that_a_page_asks(browser, live_server, tmp_path):
    log = tmp_path / "log.json"
    another = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, log_to(log)])
    page = another.new_page()
    # A page of our own host, under no policy.
    page.route(
        "**/open/",
        lambda route: route.fulfill(
            content_type="text/html",
            body="<img src=https://picture.example/1.png><p>Words</p>",
        ),
    )
    page.goto(f"{live_server.url}/open/", wait_until="load")
    page.goto(f"{live_server.url}/about/")
    another.close()

    assert hosts_that_pages_asked(log) - set(OURS) == {"picture.example"}
