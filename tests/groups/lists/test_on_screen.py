"""A list as a page that prints: the week by the clock, an address that can be typed, and help for no known nation."""

import datetime
from dataclasses import replace

import pytest

from groups.choices import Weekday
from groups.lists.choices import Layout
from groups.lists.help_now import help_now
from groups.lists.on_screen import TYPED, Printed
from groups.lists.paper import PaperList, Section, Sitting
from groups.lists.ways import Ways
from places.nations import Nation
from tests.groups.lists.pdf import papers


def printed(paper: PaperList) -> Printed:
    return Printed(paper, Layout.WEEK, Ways([], [], []))


def test_week_has_the_days_in_order_each_by_the_clock_with_unknown_times_last():
    times = {"late": datetime.time(19), "unknown": None, "early": datetime.time(9), "Early": datetime.time(9)}
    entries = [
        replace(papers.BARE, code=name, name=name, sittings=(Sitting(Weekday.TUESDAY, starts_at, "then", ""),))
        for name, starts_at in times.items()
    ]

    days = dict(printed(papers.paper((Section("", tuple(entries)),))).days)

    assert list(days) == Weekday.labels
    assert [entry.name for _, entry in days["Tuesday"]] == ["early", "Early", "late", "unknown"]
    assert [day for day, sat in days.items() if sat] == ["Tuesday"]


@pytest.mark.parametrize("more, is_typed", [(0, True), (1, False)])
def test_address_is_printed_only_where_somebody_could_type_it(more, is_typed):
    url = "https://example.org/".ljust(TYPED + more, "x")
    paper = replace(papers.paper(()), url=url)

    assert printed(paper).typed_address == (url if is_typed else "")


def test_help_now_is_that_of_every_nation_where_none_is_known():
    assert help_now(set()) == (
        ("In an emergency, call", "999"),
        ("NHS, mental health option, call", "111"),
        ("Lifeline in Northern Ireland, call", "0808 808 8000"),
        ("Samaritans, call", "116 123"),
        ("Shout, text SHOUT to", "85258"),
    )


def test_help_now_is_that_of_each_nation_in_which_a_group_is():
    assert help_now({Nation.NORTHERN_IRELAND, Nation.SCOTLAND})[1:-2] == (
        ("NHS 24 in Scotland, mental health hub, call", "111"),
        ("Lifeline in Northern Ireland, call", "0808 808 8000"),
    )
