"""Whom to call or text now: every line is on the page, and every number is dialled as it is shown."""

import pytest
from django.urls import reverse

from organisations.help_lines import LIFELINE, SECTIONS, SHOUT, HelpLine
from tests.peersupport.html import parse, words

LINES = [line for section in SECTIONS for line in section.lines]

#: Written down a second time on purpose: a slip of a finger in the one place would be a wrong number for somebody.
NUMBERS = [
    ("Emergency services", "999"),
    ("Samaritans", "116 123"),
    ("Childline", "0800 1111"),
    ("NHS 111, mental health option", "111"),
    ("NHS 24, mental health hub", "111"),
    ("Breathing Space", "0800 83 85 87"),
    ("NHS 111 Wales, option 2", "111"),
    ("Samaritans in Welsh (Samaritans Cymru)", "0808 164 0123"),
    ("Lifeline", "0808 808 8000"),
    ("England: National Domestic Abuse Helpline (Refuge)", "0808 2000 247"),
    ("Scotland: Domestic Abuse and Forced Marriage Helpline", "0800 027 1234"),
    ("Wales: Live Fear Free", "0808 80 10 800"),
    ("Northern Ireland: Domestic and Sexual Abuse Helpline", "0808 802 1414"),
    ("For men: Men’s Advice Line (Respect)", "0808 801 0327"),
]


@pytest.fixture
def page(client):
    return parse(client.get(reverse("help_now")))


def test_help_now_has_the_right_numbers():
    assert [(line.name, line.number) for line in LINES if line.number] == NUMBERS


def test_help_now_shows_every_line_under_its_heading(page):
    shown = [words(heading) for heading in page.iter() if heading.tag in {"h2", "h3"} and heading.get("class") is None]

    expected = [title for section in SECTIONS for title in (section.title, *(line.name for line in section.lines))]
    assert shown[: len(expected)] == expected


def test_help_now_offers_each_number_as_a_button(page):
    buttons = [(a.get("href"), words(a)) for a in page.iter("a") if a.get("class") == "button"]

    assert buttons == [
        way
        for line in LINES
        for way in (
            [(line.call_link, f"Call {line.number}")] if line.number else [],
            [(line.text_link, f"Text {line.keyword} to {line.text_number}")] if line.text_number else [],
        )
        for way in way
    ]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_help_line_says_when_and_what_to_expect(line: HelpLine):
    assert (bool(line.hours), bool(line.expect)) == (True, True)
    assert bool(line.number or line.text_number or line.email or line.website) is True


def test_call_link_leaves_out_the_spaces():
    assert LIFELINE.call_link == "tel:08088088000"


def test_text_link_writes_the_word_for_you():
    assert SHOUT.text_link == "sms:85258?&body=SHOUT"


def test_text_link_without_a_word_is_the_number_alone():
    assert HelpLine(name="A line", text_number="60000", hours="-", expect="-").text_link == "sms:60000"
