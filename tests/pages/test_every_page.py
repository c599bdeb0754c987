"""House rules that hold on every public page. They walk the URLconf, so a new page is under them at once."""

import io
import re
from collections import Counter
from xml.etree.ElementTree import Element

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tinyhtml5.parser import HTMLParser

from tests.pages.addresses import ABOUT, REDIRECTS, addresses, addresses_and_searches, names_of_pages
from tests.peersupport.html import parse, words

pytestmark = pytest.mark.usefixtures("seed_directory")

#: Each page is asked for, and may only read, on each database. How its HTML is built hangs on the templates alone.
built_by_templates = pytest.mark.one_database

_CONTROLS = ("input", "select", "textarea")
_ELSEWHERE = re.compile(r"^(https?:)?//")


_walked: dict[str, HttpResponse] = {}
_parsed: dict[str, tuple[Element, list[tuple]]] = {}


@pytest.fixture
def responses(seed_directory, only_selects) -> dict[str, HttpResponse]:
    """Every public page as it answered, by its address: one walk for all tests of this file, which may only read."""
    if not _walked:
        with only_selects():
            _walked.update((address, Client().get(address)) for address in addresses_and_searches())
    return _walked


@pytest.fixture
def parsed(responses) -> dict[str, tuple[Element, list[tuple]]]:
    """Every public page as it was read, and where the parser found a fault in it, by its address."""
    for address, response in responses.items() if not _parsed else ():
        parser = HTMLParser(namespace_html_elements=False)
        page = parser.parse(io.StringIO(response.content.decode()))
        _parsed[address] = page, [(where, fault) for where, fault, _ in parser.errors]
    return _parsed


@pytest.fixture
def pages(parsed) -> dict[str, Element]:
    """Every public page as it was read, by its address."""
    return {address: page for address, (page, _) in parsed.items()}


def test_every_page_about_one_thing_is_walked():
    about_one_thing = {
        name for name in names_of_pages() if name.endswith(("_detail", "area_week", "area_print", "_report"))
    }

    assert about_one_thing == set(ABOUT)
    assert set(names_of_pages()) >= REDIRECTS


def test_every_page_answers_and_only_reads(responses):
    statuses = {address: response.status_code for address, response in responses.items()}

    assert {address: status for address, status in statuses.items() if status != 200} == {}
    assert len(statuses) > 40


@built_by_templates
def test_every_page_is_well_formed_html(parsed):
    assert {address: faults for address, (_, faults) in parsed.items() if faults} == {}
    assert len(parsed) > 40


@built_by_templates
def test_every_page_has_one_heading_one_main_and_no_skipped_level(pages):
    for address, page in pages.items():
        levels = [int(element.tag[1]) for element in page.iter() if re.fullmatch("h[1-6]", str(element.tag))]
        within_main = [
            int(element.tag[1]) for element in page.find(".//main").iter() if re.fullmatch("h[1-6]", element.tag)
        ]
        skipped = [pair for pair in zip(within_main, within_main[1:], strict=False) if pair[1] > pair[0] + 1]

        assert (address, levels.count(1), len(list(page.iter("main"))), within_main[0]) == (address, 1, 1, 1)
        assert (address, skipped) == (address, [])


@built_by_templates
def test_every_page_has_a_title_of_its_own(pages):
    titles = {address: words(pages[address].find(".//title")) for address in addresses()}
    shared = [title for title, times in Counter(titles.values()).items() if times > 1]

    assert shared == []
    assert [title for title in titles.values() if not title.endswith(f" | {settings.SITE_NAME}")] == []
    assert [title for title in titles.values() if title.casefold().startswith("mental health")] == []


def test_group_title_is_its_name_and_town(client):
    page = parse(client.get(reverse("groups:group_list") + "?q=thursday"))
    [address] = [link.get("href") for link in page.iterfind(".//article/h2/a") if "thursday" in link.get("href")]

    assert words(parse(client.get(address)).find(".//title")) == "WATCH Thursday Project, Chard | Alongside"


@built_by_templates
def test_every_page_labels_its_controls(pages):
    for address, page in pages.items():
        labelled = {label.get("for") for label in page.iter("label")}
        controls = [row for tag in _CONTROLS for row in page.iter(tag) if row.get("type") != "hidden"]
        held = {control for label in page.iter("label") for control in label.iter() if words(label)}
        unlabelled = [row.get("name") for row in controls if row.get("id") not in labelled and row not in held]

        assert (address, unlabelled) == (address, [])


@built_by_templates
def test_every_page_uses_each_id_once_and_points_at_ids_that_exist(pages):
    for address, page in pages.items():
        ids = Counter(element.get("id") for element in page.iter() if element.get("id"))
        referenced_rows = {
            id_
            for element in page.iter()
            for name in ("for", "aria-describedby", "aria-labelledby")
            for id_ in (element.get(name) or "").split()
        }
        referenced_rows |= {link.get("href")[1:] for link in page.iter("a") if (link.get("href") or "").startswith("#")}

        assert (address, [id_ for id_, times in ids.items() if times > 1]) == (address, [])
        assert (address, sorted(referenced_rows - set(ids))) == (address, [])


@built_by_templates
def test_every_page_begins_with_the_way_to_skip_and_help_now(pages):
    """Which page has the urgent line of which nation is in `test_help_now_by_nation.py`."""
    first, last = ["#main", "tel:999"], ["tel:116123", "sms:85258?&body=SHOUT", reverse("help_now")]
    nhs, lifeline = "tel:111", "tel:08088088000"
    for address, page in pages.items():
        links = [link.get("href") for link in page.iter("a")]
        urgent = links[len(first) : links.index("tel:116123")]

        assert (address, urgent in ([nhs], [lifeline], [nhs, lifeline])) == (address, True)
        assert (address, links[: len(urgent) + 5]) == (address, [*first, *urgent, *last])


@built_by_templates
def test_every_page_has_the_quick_exit_once(pages):
    for address, page in pages.items():
        exits = [link.get("href") for link in page.iterfind(".//a[@class='quick-exit']")]

        assert (address, exits) == (address, [settings.QUICK_EXIT_URL])


def test_every_page_sets_no_cookie_and_varies_by_none(responses):
    for address, response in responses.items():
        assert (address, dict(response.cookies), "Cookie" in response.get("Vary", "")) == (address, {}, False)


@built_by_templates
def test_every_page_asks_no_other_host_for_anything(pages):
    for address, page in pages.items():
        asked = [
            element.get(name)
            for element in page.iter()
            for name in ("src", "srcset", "action", "data", "poster")
            if element.get(name)
        ]
        # The canonical address is a whole one, of this site.
        asked += [link.get("href").removeprefix("http://testserver") for link in page.iter("link")]

        assert (address, [url for url in asked if _ELSEWHERE.match(url)]) == (address, [])


@built_by_templates
def test_every_link_of_our_own_leads_somewhere(pages, client):
    hrefs = {link.get("href") or "" for page in pages.values() for link in page.iter("a")}
    # With a list behind it, or in another layout, it is the same page; tests/groups/printing follows those.
    links = {re.split(r"#|\?list=|\?by=|\?layout=", href)[0] for href in hrefs if href.startswith("/")}
    broken = {
        link: status for link in links if link and (status := client.get(link).status_code) not in (200, 301, 302)
    }

    assert broken == {}


def test_no_page_link_carries_a_whole_postcode(client):
    page = parse(client.get(reverse("groups:group_list"), {"near": "CT9 1AE", "q": "a"}))
    addresses_in_page = [
        element.get(name) or "" for element in page.iter() for name in ("href", "action") if element.get(name)
    ]

    assert [url for url in addresses_in_page if re.search(r"CT9(\+|%20|\s)*1AE", url, re.IGNORECASE)] == []
    assert [url for url in addresses_in_page if "near=CT9+1" in url] != []
