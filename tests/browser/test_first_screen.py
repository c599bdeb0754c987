"""What stands on the first screen of results, measured: on an old phone and on a desk, and in large letters.

One page is loaded for each question, and looked at in several ways.
"""

import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import Page, ViewportSize

from groups.choices import Joining, Weekday
from groups.models import SupportGroup
from tests.browser.layout_checks import DESKTOP, LOOK_SCRIPT
from tests.browser.navigation import follow
from tests.factories import days_ago, make_group, make_role, make_schedule, make_venue

pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.django_db(transaction=True)]

OLD_PHONE = ViewportSize(width=320, height=568)
#: A window of 1280 by 900 at 400 %.
CLOSE = ViewportSize(width=320, height=225)
#: Top and bottom, in CSS pixels, of what is seen of a selector.
_EDGES = """selector => [...document.querySelectorAll(selector)].filter(one => one.checkVisibility())
    .map(one => one.getBoundingClientRect()).map(box => [box.top, box.bottom])"""
_LARGE = "document.documentElement.style.fontSize = '200%'"
_LOST = "[...look.tooWide(), ...look.cutOff()]"
#: How wide the narrowest name on a card is: what has room for one letter in a line is no longer read.
_NARROWEST = (
    "Math.min(...[...document.querySelectorAll('.card__title a')].map(one => one.getBoundingClientRect().width))"
)
#: The words of a selector that stand in two lines.
_BROKEN = """selector => {
    const broken = [], words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = words.nextNode(); text; text = words.nextNode()) {
        if (!text.parentElement.closest(selector) || !text.parentElement.checkVisibility()) continue;
        for (const word of text.data.matchAll(/[A-Za-z]{3,}/g)) {
            const range = document.createRange();
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) broken.push(word[0]);
        }
    }
    return broken;
}"""


@pytest.fixture
def groups() -> list[SupportGroup]:
    """Six groups as most are: a name of two lines on a phone, a hall, a date, a sentence, a check."""
    hall = make_venue(name="Community Centre", town="Chard", postcode="TA20 1AA")
    made = []
    for number in range(6):
        group = make_group(
            name=f"Example Chard Good Company {number}",
            summary="Cards, quizzes and a proper chat. We ring you if you cannot come.",
            venue=hall,
            joining=Joining.JUST_COME,
            checked=days_ago(3),
        )
        make_schedule(group, weekday=Weekday.WEDNESDAY, starts_at=datetime.time(19))
        made.append(group)
    return made


@pytest.fixture
def page(page) -> Page:
    """Without sliding, so that a page is where it will be when we look."""
    page.emulate_media(reduced_motion="reduce")
    page.add_init_script(LOOK_SCRIPT)
    return page


def address(live_server, asked: str) -> str:
    return f"{live_server.url}{reverse('groups:group_list')}{asked}"


@pytest.mark.parametrize("viewport", [OLD_PHONE])
@pytest.mark.parametrize("javascript", [False])
def test_box_and_its_button_are_on_the_first_screen_of_an_old_phone(page, live_server, viewport):
    page.goto(address(live_server, ""))

    edges = page.evaluate(_EDGES, "#id_near, .search__box .button")

    assert len(edges) == 2
    assert [edge for edge in edges if edge[1] > viewport["height"]] == []


@pytest.mark.parametrize("viewport", [OLD_PHONE])
def test_first_card_is_whole_above_the_bar_of_an_old_phone(page, live_server, groups, viewport):
    page.goto(address(live_server, f"?near=Chard&list={groups[0].code}"))

    [first, *others] = page.evaluate(_EDGES, "#results .card")
    [[bar, foot]] = page.evaluate(_EDGES, ".list-bar")
    [[chips, _]] = page.evaluate(_EDGES, ".chips")

    assert (first[0] <= 320, first[1] <= bar, foot == viewport["height"]) == (True, True, True), (first, bar, foot)
    assert max(bottom - top for top, bottom in [first, *others]) <= 220
    assert chips < first[0]
    # The row of choices is moved sideways to what stands farther on in it.
    quick = page.get_by_role("link", name="I can just turn up")
    quick.scroll_into_view_if_needed()
    box = quick.bounding_box()
    assert (box["x"] >= 0, box["x"] + box["width"] <= viewport["width"]) == (True, True)


@pytest.mark.parametrize("viewport", [OLD_PHONE])
@pytest.mark.parametrize("javascript", [False])
def test_adding_is_seen_on_the_card_that_was_pressed(page, live_server, groups):
    page.goto(address(live_server, "?near=Chard"))
    assert page.locator(".list-bar").count() == 0

    card = page.locator(f"#g-{groups[3].code}")
    follow(card.get_by_role("link", name="Add to my list"))

    top, bottom = page.evaluate(_EDGES, f"#g-{groups[3].code}")[0]
    [[bar, _]] = page.evaluate(_EDGES, ".list-bar")
    [[_, head]] = page.evaluate(_EDGES, ".masthead__bar")
    assert card.get_by_role("link", name="Added ✓").is_visible()
    assert head <= top < bottom <= bar
    assert page.locator(".list-bar").inner_text().split("\n") == ["Your list: 1.", "Print it"]


@pytest.mark.parametrize("viewport", [OLD_PHONE])
def test_button_of_the_open_fold_stays_in_sight_in_place_of_the_bar(page, live_server, groups, viewport):
    page.goto(address(live_server, f"?near=Chard&list={groups[0].code}"))
    assert page.get_by_role("button", name="Show 6 groups").is_visible() is False

    page.get_by_text("Change your search").click()

    [[top, bottom]] = page.evaluate(_EDGES, ".search__show")
    [[fold, end]] = page.evaluate(_EDGES, ".search-fold")
    assert (top > 0, bottom <= viewport["height"], page.evaluate(_EDGES, ".list-bar")) == (True, True, [])
    # Everything that can be chosen was 5,031 high and 87 controls.
    assert end - fold < 1600
    assert len(page.evaluate(_EDGES, ".search-fold :is(input, select, button, summary)")) < 25
    page.evaluate("document.querySelector('.search__more').lastElementChild.scrollIntoView()")
    assert page.evaluate(_EDGES, ".search__show")[0][1] <= viewport["height"]


@pytest.mark.parametrize("viewport", [DESKTOP])
def test_four_cards_are_whole_on_a_desk_beside_the_map(page, live_server, groups, viewport):
    page.goto(address(live_server, f"?near=Chard&list={groups[0].code}"))

    cards = page.evaluate(_EDGES, "#results .card")
    [[bar, _]] = page.evaluate(_EDGES, ".list-bar")
    place, first = page.locator("#map").bounding_box(), page.locator("#results .card").first.bounding_box()

    assert len([bottom for _, bottom in cards if bottom <= bar]) >= 4
    assert max(bottom - top for top, bottom in cards) <= 150
    assert (place["x"] >= first["x"] + first["width"], place["y"] < bar) == (True, True)


@pytest.mark.parametrize("viewport", [OLD_PHONE])
def test_every_number_to_call_is_whole_in_letters_twice_as_large(page, live_server, viewport):
    page.goto(live_server.url + reverse("help_now"))
    page.evaluate(_LARGE)

    assert page.evaluate("look.tooWide()") == []


@pytest.mark.parametrize("viewport", [OLD_PHONE])
def test_nothing_is_lost_in_letters_twice_as_large_or_at_four_times_the_size(page, live_server, groups):
    page.goto(address(live_server, f"?near=Chard&list={groups[0].code}"))
    lost, widths = {}, {}

    for name, window, is_large in (
        ("phone", OLD_PHONE, True),
        ("desk", DESKTOP, True),
        ("close", CLOSE, False),
    ):
        page.set_viewport_size(window)
        page.evaluate(_LARGE if is_large else "document.documentElement.style.fontSize = ''")
        # On a desk the bar of a phone draws no box, so that nothing can be asked to be in it.
        lost[name] = page.evaluate("look.tooWide()" if window is DESKTOP else _LOST)
        # Wide enough for a word, and not a letter.
        widths[name] = page.evaluate(_NARROWEST) >= 100
        way_out = page.locator(".quick-exit").first.bounding_box()
        assert (name, way_out["x"] >= 0, way_out["x"] + way_out["width"] <= window["width"]) == (name, True, True)

    assert lost == {"phone": [], "desk": [], "close": []}
    assert widths == {"phone": True, "desk": True, "close": True}
    # Who sees so little at a time sees no bar over it.
    assert page.evaluate("getComputedStyle(document.querySelector('.list-bar')).position") == "static"


@pytest.mark.parametrize("viewport", [OLD_PHONE])
def test_no_word_is_broken_where_a_browser_makes_letters_twice_as_large(page, live_server, groups):
    make_role(organisation=groups[0].organisation)
    browser = page.context.new_cdp_session(page)
    browser.send("Page.enable")
    broken = {}

    for name in ("group_list", "group_week"):
        page.goto(f"{live_server.url}{reverse(f'groups:{name}')}?near=Chard")
        browser.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
        broken[name] = page.evaluate(_BROKEN, "main h2, main h3, main .card")

    assert broken == {"group_list": [], "group_week": []}
