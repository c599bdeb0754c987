"""What the page of results says of what was typed as a place: a postcode among words, a number, a place not covered."""

import pytest
from django.urls import reverse

from common.crisis_line_lookup import lines_with_number
from common.crisis_lines import SECTIONS, SHOUT, URGENT_LINES
from tests.peersupport.html import parse, with_id, words

pytestmark = pytest.mark.django_db

LIST = reverse("groups:group_list")


def page_of(client, typed: str):
    return client.get(LIST, {"near": typed})


def panel(page):
    """The part of a page that offers to call the number that was typed, or None."""
    return page.find(".//section[@aria-labelledby='typed-number']")


def links_of(part) -> list[tuple[str, str]]:
    return [(words(link), link.get("href")) for link in part.iter("a")]


def test_page_says_that_the_postcode_was_taken_and_not_the_town_and_offers_the_town(client):
    response = page_of(client, "CT9 1AE, Chard")

    page = parse(response)
    message = [words(notice) for notice in page.iterfind(".//div[@class='notice notice--warning']")]
    assert message == ["You typed a postcode and Chard, which is somewhere else. We looked near CT9 1, Thanet."]
    assert "near CT9 1" in words(page.find(".//h1"))
    choices = page.find(".//section[@aria-labelledby='which-place']")
    assert links_of(choices) == [("Chard, Somerset", "?near=Chard")]


@pytest.mark.parametrize("typed", ["CT9 1AE, Margate", "near CT9 1AE", "CT9 1AE, Chard", "postcode: CT9 1AE"])
def test_no_link_carries_more_than_the_sector(client, typed):
    page = parse(page_of(client, typed))

    links = [link.get("href") for tag in ("a", "link") for link in page.iter(tag) if link.get("href")]
    assert [link for link in links if "1AE" in link.upper()] == []


def test_page_says_that_a_postcode_beside_a_town_is_not_known(client):
    message = [
        words(notice)
        for notice in parse(page_of(client, "Chard ZZ9 9ZZ")).iterfind(".//div[@class='notice notice--warning']")
    ]

    assert message == ["We do not know that postcode, so we looked near Chard."]


@pytest.mark.parametrize("typed", ["85258", "text SHOUT to 85258"])
def test_number_of_a_line_typed_as_a_place_is_offered_to_text(client, typed):
    part = panel(parse(page_of(client, typed)))

    assert links_of(part) == [
        ("Text SHOUT to 85258", SHOUT.text_link),
        ("More people to call or text", reverse("help_now")),
    ]


@pytest.mark.parametrize("typed, link", [("999", "tel:999"), ("116123", "tel:116123"), ("0800 1111", "tel:08001111")])
def test_number_of_a_line_typed_as_a_place_is_offered_to_call(client, typed, link):
    assert [address for _, address in links_of(panel(parse(page_of(client, typed))))] == [link, reverse("help_now")]


@pytest.mark.parametrize("typed", ["111", "NHS 111", "1 1 1"])
def test_111_is_offered_once_with_what_to_do_in_each_nation_and_what_to_call_where_there_is_none(client, typed):
    part = panel(parse(page_of(client, typed)))

    distinct = dict.fromkeys(line.call_link for line in URGENT_LINES.values())
    assert [address for _, address in links_of(part)] == [*distinct, reverse("help_now")]
    message = words(part)
    assert "In Wales, call 111 and press 2, for mental health." in message
    assert "Northern Ireland: Lifeline." in message


@pytest.mark.parametrize("typed", ["1111111", "12", "Margate", "Flat 111, Margate", "CT9 1AE", ""])
def test_other_numbers_and_places_offer_no_line(client, typed):
    assert panel(parse(page_of(client, typed))) is None


@pytest.mark.parametrize("line", [line for section in SECTIONS for line in section.lines])
def test_number_of_every_line_in_the_table_finds_it(line):
    for number in filter(None, (line.number, line.text_number)):
        assert line in lines_with_number(number)


@pytest.mark.parametrize("text", ["", "no digits", "0", "8525"])
def test_what_is_no_number_of_a_line_finds_none(text):
    assert lines_with_number(text) == ()


@pytest.mark.parametrize("typed, place", [("Jersey", "Jersey"), ("Isle of Man", "the Isle of Man")])
def test_island_by_name_says_that_it_is_not_covered_and_offers_no_other_place(client, typed, place):
    page = parse(page_of(client, typed))

    [error] = page.iterfind(".//p[@class='field__error']")
    assert words(error).endswith(f"This directory does not cover {place}. You can still look at online groups.")
    assert page.find(".//section[@aria-labelledby='which-place']") is None


@pytest.mark.parametrize(
    "asked, says_so",
    [({"q": "mens group near me"}, True), ({"q": "local", "near": "Chard"}, False), ({"q": "walking"}, False)],
)
def test_near_me_is_answered_with_what_to_type(client, asked, says_so):
    page = parse(client.get(LIST, asked))

    assert ("We do not know where you are." in words(page.find(".//main"))) is says_so


def test_postcode_among_the_words_that_cannot_be_located_is_said_as_in_the_box_for_places(client):
    page = parse(client.get(LIST, {"q": "walking BT1 5GS"}))

    assert "We cannot look up postcodes in Northern Ireland." in words(with_id(page, "id_near_error"))
    assert words(page.find(".//h1")) == "Walking groups"
