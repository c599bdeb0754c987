"""Whom to call or text now: every line is on the page, and every number is dialled as it is shown."""

import pytest
from django.urls import reverse

from common import crisis_lines
from common.crisis_lines import (
    ABUSE_LINE_ENGLAND,
    ABUSE_LINE_NORTHERN_IRELAND,
    ABUSE_LINE_SCOTLAND,
    ABUSE_LINE_WALES,
    ABUSE_LINES,
    LIFELINE,
    MENS_ADVICE_LINE,
    NHS_24_SCOTLAND,
    NHS_111_ENGLAND,
    SECTIONS,
    SHOUT,
    URGENT_LINES,
    CrisisLine,
    HelpSection,
    abuse_lines,
    first_lines,
    urgent_lines,
)
from common.nations import Nation
from tests.peersupport.html import parse, words

LINES = [line for section in SECTIONS for line in section.lines]

#: Written down a second time on purpose: a slip of a finger in the one place would be a wrong number for somebody.
NUMBERS = [
    ("EMERGENCY", "999"),
    ("SAMARITANS", "116 123"),
    ("SHOUT", "85258"),
    ("CHILDLINE", "0800 1111"),
    ("NHS_111_ENGLAND", "111"),
    ("NHS_24_SCOTLAND", "111"),
    ("BREATHING_SPACE", "0800 83 85 87"),
    ("NHS_111_WALES", "111"),
    ("SAMARITANS_IN_WELSH", "0808 164 0123"),
    ("LIFELINE", "0808 808 8000"),
    ("ABUSE_LINE_ENGLAND", "0808 2000 247"),
    ("ABUSE_LINE_SCOTLAND", "0800 027 1234"),
    ("ABUSE_LINE_WALES", "0808 80 10 800"),
    ("ABUSE_LINE_NORTHERN_IRELAND", "0808 802 1414"),
    ("MENS_ADVICE_LINE", "0808 801 0327"),
]


@pytest.fixture
def page(client):
    return parse(client.get(reverse("help_now")))


def test_help_now_has_the_right_numbers():
    names = {value: name for name, value in vars(crisis_lines).items() if isinstance(value, CrisisLine)}

    assert [(names[line], line.number or line.text_number) for line in LINES if line.call_link or line.text_link] == (
        NUMBERS
    )


def test_each_nation_has_lines_of_its_own_where_the_digits_are_the_same_too():
    for lines in (URGENT_LINES, {nation: lines[0] for nation, lines in ABUSE_LINES.items()}):
        assert set(lines) == set(Nation)
        assert [line.nation for line in lines.values()] == list(lines)


@pytest.mark.parametrize("nation, line", [*URGENT_LINES.items()])
def test_urgent_line_is_that_of_the_nation(nation, line):
    assert urgent_lines(nation) == (line,)


def test_urgent_lines_of_no_known_nation_are_all_that_have_a_number_of_their_own():
    assert urgent_lines(None) == (NHS_111_ENGLAND, LIFELINE)


def test_first_lines_are_those_of_every_nation_where_none_is_known():
    assert [line.paper_row for line in first_lines(set())] == [
        ("In an emergency, call", "999"),
        ("NHS, mental health option, call", "111"),
        ("Lifeline in Northern Ireland, call", "0808 808 8000"),
        ("Samaritans, call", "116 123"),
        ("Shout, text SHOUT to", "85258"),
    ]


def test_first_lines_have_the_line_of_each_nation():
    assert first_lines({Nation.NORTHERN_IRELAND, Nation.SCOTLAND})[1:-2] == (NHS_24_SCOTLAND, LIFELINE)


def test_abuse_lines_are_those_of_the_nation_and_of_every_nation_where_none_is_known():
    assert abuse_lines(Nation.NORTHERN_IRELAND) == (ABUSE_LINE_NORTHERN_IRELAND,)
    assert abuse_lines(Nation.WALES) == (ABUSE_LINE_WALES, MENS_ADVICE_LINE)
    assert abuse_lines(None) == (
        ABUSE_LINE_ENGLAND,
        ABUSE_LINE_SCOTLAND,
        ABUSE_LINE_WALES,
        ABUSE_LINE_NORTHERN_IRELAND,
        MENS_ADVICE_LINE,
    )


def test_nation_is_called_by_its_name():
    assert [nation.label for nation in Nation] == ["England", "Wales", "Scotland", "Northern Ireland"]


def names_in(section: HelpSection) -> list[str]:
    return [line.name_with_nation if section.names_nations else line.name for line in section.lines]


def test_help_now_shows_every_line_under_its_heading(page):
    shown = [words(heading) for heading in page.iter() if heading.tag in {"h2", "h3"} and heading.get("class") is None]

    expected = [title for section in SECTIONS for title in (section.title, *names_in(section))]
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
def test_help_line_says_when_and_what_to_expect(line: CrisisLine):
    assert (bool(line.hours), bool(line.expect)) == (True, True)
    assert bool(line.number or line.text_number or line.email or line.website) is True


def test_call_link_leaves_out_the_spaces():
    assert LIFELINE.call_link == "tel:08088088000"


def test_text_link_writes_the_word_for_you():
    assert SHOUT.text_link == "sms:85258?&body=SHOUT"


def test_text_link_without_a_word_is_the_number_alone():
    assert CrisisLine(name="A line", text_number="60000", hours="-", expect="-").text_link == "sms:60000"
