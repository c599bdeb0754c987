"""A list as a page that prints: the week by the clock, an address that can be typed."""

import datetime
import re
from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from groups.choices import Weekday
from groups.printing.document import PrintDocument, PrintSession, Section
from groups.printing.html import MOST_ON_A_PAGE, TYPED, HtmlDocument
from groups.printing.layouts import LAYOUTS
from groups.printing.links import DocumentLinks
from tests.groups.printing.pdf import documents


def printed(paper: PrintDocument) -> HtmlDocument:
    return HtmlDocument(paper, LAYOUTS["week"], DocumentLinks([], [], []))


def test_week_has_the_days_in_order_each_by_the_clock_with_unknown_times_last():
    times = {"late": datetime.time(19), "unknown": None, "early": datetime.time(9), "Early": datetime.time(9)}
    entries = [
        replace(documents.BARE, code=name, name=name, sessions=(PrintSession(Weekday.TUESDAY, starts_at, "then", ""),))
        for name, starts_at in times.items()
    ]

    rows = printed(documents.paper((Section("", tuple(entries)),))).days

    days = {day: of_day for day, of_day, _ in rows}
    assert list(days) == Weekday.labels
    assert [entry.name for _, entry in days["Tuesday"]] == ["early", "Early", "late", "unknown"]
    assert [day for day, sat in days.items() if sat] == ["Tuesday"]


@pytest.mark.parametrize("more, expected", [(0, ["Then"]), (1, ["Tuesday, then", "Then"])])
def test_meetings_of_a_day_that_may_go_over_the_page_have_its_name_on_paper(more, expected):
    session = PrintSession(Weekday.TUESDAY, None, "then", "")
    entries = [
        replace(documents.BARE, code=f"t{number}", sessions=(session,)) for number in range(MOST_ON_A_PAGE + more)
    ]
    # Too many for the page of a short week.
    monday = replace(documents.BARE, sessions=(replace(session, weekday=Weekday.MONDAY),) * 3)
    week = printed(documents.paper((Section("", (monday, *entries)),)))

    html = render_to_string("components/paper_week.html", {"print": week})

    of_tuesday = html.partition("<h3>Tuesday</h3>")[2].partition("</ul>")[0]
    times = re.findall("<b>(.*?)</b>", of_tuesday)
    assert {tuple(re.findall("(?:^|>)([^<]+)", time)) for time in times} == {tuple(expected)}
    assert {time.count('"print-only"') for time in times} == {more}
    assert html.partition("<h3>Monday</h3>")[2].startswith("<ul><li><b>Then</b>")


@pytest.mark.parametrize("more, is_typed", [(0, True), (1, False)])
def test_address_is_printed_only_where_somebody_could_type_it(more, is_typed):
    url = "https://example.org/".ljust(TYPED + more, "x")
    paper = replace(documents.paper(()), url=url)

    assert printed(paper).typed_url == (url if is_typed else "")


@pytest.mark.parametrize("without_a_day, is_one_page", [(0, True), (8, True), (9, False)])
def test_week_of_up_to_fourteen_meetings_prints_as_one_page(without_a_day, is_one_page):
    session = PrintSession(Weekday.MONDAY, None, "then", "")
    twice = [replace(documents.BARE, code=f"day{number}", sessions=(session, session)) for number in range(3)]
    paper = documents.paper((Section("", (*twice, *[documents.BARE] * without_a_day)),))

    assert printed(paper).is_one_page is is_one_page
    assert not HtmlDocument(paper, LAYOUTS["standard"], DocumentLinks([], [], [])).is_one_page
