"""Pages on paper, as a browser prints them: all words are there, and help now, and where the page is to be found."""

import datetime
import io
from unicodedata import normalize

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from pypdf import PdfReader

from groups.choices import ChangeKind, Joining, Stage, Weekday
from tests.factories import (
    days_ago,
    make_change,
    make_contact,
    make_group,
    make_organisation,
    make_schedule,
    make_venue,
)
from tests.pages.addresses import list_of_all

pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.usefixtures("seed_directory")]


def printed(page: Page) -> str:
    """All that stands on the sheets, without spaces: where a line ends is the printer's choice."""
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    # Some letters are drawn as one: "ﬁ".
    return normalize("NFKC", "".join("".join(sheet.extract_text().split()) for sheet in sheets))


@pytest.fixture
def group():
    organisation = make_organisation(name="Example house", website="https://house.example/tea/")
    group = make_group(
        name="Example " + "walkers with a very long name " * 4,
        organisation=organisation,
        venue=make_venue(name="Example hall", town="Chard", postcode="TA20 1AA", access_note="A ramp. " * 20),
        joining=Joining.JUST_COME,
        what_it_is_like="We walk, slowly.\n" * 30,
        contacts=[make_contact(organisation=organisation, phone="01632 960001", email="hello@house.example")],
    )
    make_schedule(group)
    return group


def test_pages_are_whole_on_paper(page, live_server, group):
    addresses = {
        "result": reverse("groups:group_list") + "?near=Chard",
        "group": group.get_absolute_url(),
        "organisation": group.organisation.get_absolute_url(),
        "area": reverse("groups:area_detail", args=["somerset"]),
        "area to print": reverse("groups:area_print", args=["somerset"]),
        "list": reverse("groups:list_own") + list_of_all(6),
        "help": reverse("help_now"),
    }
    lost, without = {}, {}
    for name, address in addresses.items():
        page.goto(live_server.url + address)
        page.emulate_media(media="print")
        # As wide as the paper, so that what is folded away at that width is, in both.
        page.set_viewport_size({"width": 718, "height": 1000})
        page.wait_for_function("matchMedia('print').matches && innerWidth === 718")
        words = normalize("NFKC", page.locator("main").inner_text()).split()
        on_paper = printed(page)
        lost[name] = [word for word in words if word not in on_paper]
        without[name] = [number for number in ("999", "111", "116123", "SHOUT") if number not in on_paper]
        assert (name, "Leavethissite" in on_paper, len(words) > 50) == (name, False, True)

    assert {name: words for name, words in lost.items() if words} == {}
    assert {name: numbers for name, numbers in without.items() if numbers} == {}


def test_paper_says_where_a_page_and_its_links_are(page, live_server, group):
    page.goto(live_server.url + group.get_absolute_url())
    page.emulate_media(media="print")

    on_paper = printed(page)

    assert live_server.url + group.get_absolute_url() in on_paper
    assert "01632960001" in on_paper
    assert "hello@house.example" in on_paper
    last = group.page_dates(timezone.now()).rows[-1]
    assert "".join(last.day.split()) in on_paper


def test_paper_has_nothing_to_press_on_a_list_and_no_columns_in_a_card(page, live_server):
    """Firefox leaves out what is in columns, in cards on several sheets."""
    group = make_group(town="Chard")
    page.emulate_media(media="print")

    page.goto(f"{live_server.url}{reverse('groups:list_own')}?list={group.code}")
    shown = [page.locator(part).first.is_visible() for part in (".own-list__links", "#send", "[href='#send']")]
    page.goto(f"{live_server.url}{reverse('groups:group_list')}?near=Chard")
    columns = page.locator(".card__facts").first.evaluate("card => getComputedStyle(card).columnCount")

    assert (shown, columns) == ([False] * 3, "auto")


def test_paper_begins_with_what_one_needs_however_much_that_is(page, live_server, group):
    """A box that must stay in one piece, and is longer than a sheet, would leave the first one empty."""
    tomorrow = days_ago(-1)
    group.schedules.update(weekday=tomorrow.weekday())
    for week in range(60):
        make_change(
            group, kind=ChangeKind.OFF, date=tomorrow + datetime.timedelta(weeks=week), words="The hall is let."
        )
    page.goto(live_server.url + group.get_absolute_url())

    first = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages[0].extract_text()

    assert "Example hall, Chard TA20 1AA" in first


def test_headings_and_days_of_a_long_week_stay_with_what_follows(page, live_server, group):
    """Firefox keeps a heading with what follows only by room below it, which is given back."""
    for weekday in [*Weekday] * 2:
        make_schedule(group, weekday=weekday)
    page.goto(f"{live_server.url}{reverse('groups:list_print')}?list={group.code}&layout=week")
    page.emulate_media(media="print")

    below, days = page.evaluate(
        """() => {
            const shown = [...document.querySelectorAll('main h2, main h3')].filter((heading) => heading.offsetHeight);
            const after = shown.map((heading) => getComputedStyle(heading, '::after'));
            const days = [...document.querySelectorAll('.week-grid > li')].map((day) => getComputedStyle(day));
            const height = (style) => parseFloat(style.height);
            return [
                after.map((style) => [height(style) > 40, Math.round(height(style) + parseFloat(style.marginBottom))]),
                days.map((style) => `${style.display} ${style.breakInside}`),
            ];
        }"""
    )

    assert {tuple(each) for each in below} == {(True, 0)}
    assert days == ["list-item avoid"] * 7


def test_headings_of_a_list_keep_room_for_what_follows_them(page, live_server):
    """Chromium is told to keep them together. In Firefox the room below each does, in millimetres."""
    groups = [make_group(name=f"Example {number}", town="Chard") for number in range(12)]
    ended = make_group(town="Chard", stage=Stage.ENDED)
    codes = ".".join(group.code for group in [*groups, ended])
    page.goto(f"{live_server.url}{reverse('groups:list_print')}?list={codes}&by=day&layout=large")
    page.emulate_media(media="print")

    headings = page.evaluate(
        """() => [...document.querySelectorAll('.paper h2, .paper h3')].map((heading) => {
            const after = getComputedStyle(heading, '::after');
            const millimetres = (length) => Math.round(parseFloat(length) * 25.4 / 96);
            const room = [millimetres(after.height), millimetres(after.marginBottom)];
            return [heading.parentElement.className, getComputedStyle(heading).breakAfter, ...room];
        })"""
    )

    assert {tuple(each) for each in headings} == {
        ("paper__first", "avoid", 90, -90),
        ("entry__top", "avoid", 25, -25),
        ("paper__places", "avoid", 90, -90),
        ("paper__rest", "avoid", 12, -12),
    }
