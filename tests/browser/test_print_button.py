"""The button that prints a page: where a script can offer it, with the sentence on how to where it cannot."""

import pytest

from tests.browser.layout_checks import PHONE
from tests.factories import make_group

pytestmark = [pytest.mark.browser, pytest.mark.one_database]

BUTTON = "Print this page"
SENTENCE = "To print this page, open the menu of your browser"


@pytest.fixture
def address(live_server) -> str:
    return f"{live_server.url}/lists/print/?list={make_group(town='Chard').code}"


@pytest.mark.parametrize("viewport", [PHONE])
def test_button_prints_and_the_sentence_comes_back_where_nothing_happens(page, address, viewport):
    page.add_init_script("window.print = () => { window.printed = (window.printed || 0) + 1; }")
    page.goto(address)
    button, sentence = page.get_by_role("button", name=BUTTON), page.get_by_text(SENTENCE)
    assert (button.is_visible(), sentence.is_visible()) == (True, False)
    box = button.bounding_box()
    assert box["y"] + box["height"] <= viewport["height"]

    button.click()
    sentence.wait_for()

    assert page.evaluate("window.printed") == 1
    page.evaluate("window.print = () => window.dispatchEvent(new Event('beforeprint'))")
    button.click()
    sentence.wait_for(state="hidden")
    page.emulate_media(media="print")
    assert (button.is_visible(), page.get_by_text("Change your list").is_visible()) == (False, False)


@pytest.mark.parametrize("javascript", [False])
def test_sentence_says_how_to_print_without_a_script(page, address, javascript):
    page.goto(address)

    assert (page.get_by_text(SENTENCE).is_visible(), page.get_by_role("button", name=BUTTON).count()) == (True, 0)


def test_sentence_stays_in_a_browser_that_cannot_print(page, address):
    page.add_init_script("window.print = undefined")

    page.goto(address)

    assert (page.get_by_text(SENTENCE).is_visible(), page.get_by_role("button", name=BUTTON).count()) == (True, 0)
