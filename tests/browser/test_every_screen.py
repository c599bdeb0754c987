"""Every public page in every state, in a real browser: on a phone and on a desk, in light and in the dark.

Each is loaded once and looked at in many ways, and each test asks for what one of them found.
"""

from collections import defaultdict

import pytest

from tests.browser.conftest import watch
from tests.browser.layout_checks import PHONE, SCRIPTS, faults, open_state
from tests.pages.addresses import REDIRECTS, names_of_pages
from tests.pages.full_directory import fill
from tests.pages.states import State, states
from tests.table_copies import reset_database

# What is drawn follows from the HTML, and that is the same from both databases: test_two_databases.py holds them to
# that, and so does every test of a page, which runs on both.
pytestmark = [pytest.mark.browser, pytest.mark.one_database]


@pytest.fixture(scope="module")
def directory(django_db_setup, django_db_blocker, seed_copies) -> list[State]:
    """Every state of a full directory, for all tests of this file; afterwards it is empty again."""
    with django_db_blocker.unblock():
        seed_copies.restore()
        fill()
        yield states()
        reset_database()


@pytest.fixture(scope="module")
def found(browser, live_server, directory) -> dict[str, dict[str, list]]:
    """What is wrong: by what was asked, and by page."""
    found, kinds, elsewhere = defaultdict(dict), set(), []
    context = browser.new_context(viewport=PHONE, locale="en-GB", reduced_motion="reduce")
    context.add_init_script(SCRIPTS)
    broken = watch(context, elsewhere)
    page = context.new_page()
    for state in directory:
        open_state(page, live_server.url, state)
        for question, answer in faults(page, is_first_of_kind=state.kind not in kinds):
            found[question].setdefault(state.name, []).extend(answer)
        kinds.add(state.kind)
        if page.context.cookies():
            found["cookies"][state.name] = page.context.cookies()
    page.emulate_media(reduced_motion="no-preference")
    found["gliding"] = {"": page.evaluate("look.moving()")}
    context.close()
    found["broken"] = {"": [*broken, *elsewhere]}
    return found


@pytest.fixture
def wrong(found):
    """The pages of which something was found, for the questions that begin with some words."""

    def among(*questions: str) -> dict[str, dict[str, list]]:
        asked = {name: pages for name, pages in found.items() if name.startswith(questions)}
        assert asked != {}
        return {
            name: rows for name, pages in asked.items() if (rows := {row: pages[row] for row in pages if pages[row]})
        }

    return among


def test_every_page_is_looked_at(directory, found):
    pages = {name.rpartition(":")[2] for name in names_of_pages() if name not in REDIRECTS}

    assert pages - {state.kind for state in directory} == set()
    assert set(found["axe on a phone"]) == {state.name for state in directory}
    assert len({state.name for state in directory}) == len(directory)


def test_no_page_keeps_anybody_out(wrong):
    assert wrong("axe") == {}


def test_no_page_scrolls_sideways_or_cuts_words_off(wrong):
    """A window of 1280 pixels at 400 % is one of 320."""
    assert wrong("sideways", "cut off") == {}


def test_words_that_are_spaced_out_are_all_there(wrong):
    assert wrong("spaced") == {}


def test_nothing_is_lost_in_large_letters(wrong):
    """Twice as large, in a window that is half as wide: WCAG 1.4.4."""
    assert wrong("large letters") == {}


def test_little_at_a_time_covers_nothing_that_the_keyboard_is_on(wrong):
    """A window of 1280 by 1024 at 400 %: WCAG 1.4.10 and 2.4.11."""
    assert wrong("close") == {}


def test_nothing_moves_for_whom_motion_makes_ill(found, wrong):
    """For everybody else a page glides to where a link in it leads."""
    assert [row.partition(" ")[0] for row in found["gliding"][""]] == ["<html"]
    assert wrong("moving") == {}


def test_focus_is_seen_in_colours_of_their_own(wrong):
    assert wrong("focus in few colours") == {}


def test_everything_is_large_enough_to_hit(wrong):
    assert wrong("too small") == {}


def test_edges_of_controls_are_seen_in_any_colours(wrong):
    assert wrong("faint", "few colours", "more contrast") == {}


def test_no_page_breaks_asks_another_host_or_sets_a_cookie(wrong):
    assert wrong("broken") == {}
