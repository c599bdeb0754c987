"""Large print: letters of 18 points or more, pages that are filled, and a first page that leads to the others."""

from dataclasses import replace
from itertools import pairwise

import pytest

from groups.printing.document import PrintDocument, PrintEntry, Section
from groups.printing.layouts import LAYOUTS
from groups.printing.pdf.large import TIGHT, USUAL
from groups.printing.pdf.pdf import render_pdf
from groups.printing.pdf.serialise import serialise

from . import documents
from .measures import pages_of_groups
from .promises import NOTHING, broken
from .reading import Paper, letters

LARGE = LAYOUTS["large"]
#: Groups that are longer than a page in letters of 18 points, by the name of the list.
LONGER = {"longest": [*range(7)], "known": [*range(7)], "one-sided": [*range(8)], "odd": [0, 3]}


def area() -> PrintDocument:
    """As many groups as an area has in large print, with the index of places."""
    listed = documents.list_by_day(LARGE.most_in_pdf)
    codes = [entry.code for entry in listed.entries]
    return replace(listed, places=tuple((town, tuple(codes[number::5])) for number, town in enumerate(documents.TOWNS)))


def on_paper(*entries: PrintEntry) -> tuple[PrintDocument, Paper]:
    entries = tuple(replace(entry, code=f"v{number:04}") for number, entry in enumerate(entries))
    listed = documents.paper((Section("", entries),))
    return listed, Paper(render_pdf(listed, LARGE))


def sizes_by_page(paper: Paper) -> list[int]:
    """Return the size that most letters of a page have, but for its foot, page by page."""
    runs = [[run for run in paper.words_read if run.page == page and not run.level] for page in range(paper.pages)]
    return [max({round(run.size) for run in page}, key=[round(run.size) for run in page].count) for page in runs]


@pytest.mark.parametrize("name", documents.LISTS)
def test_letters_are_large_pages_filled_groups_whole_and_nothing_is_printed_over_anything(name):
    listed = area() if name == "area of 500" else documents.LISTS[name]()
    paper = Paper(render_pdf(listed, LARGE)) if name == "area of 500" else documents.printed(name, "large")
    more_help = len(listed.help_now) - len(documents.HELP_NOW)

    wrong = broken(paper, listed, above=15, below=53 + more_help * 8.2)

    assert wrong == NOTHING | {"cut": LONGER.get(name, [])}
    assert min(round(run.size, 1) for run in paper.runs) == 18


def test_cross_references_of_a_day_take_no_page_of_their_own():
    """The last group of a day fills its page, so they are below one that does not."""
    high = replace(documents.ordinary(2), joining=("Come when you like. " * 10,))
    days = [
        Section(
            day,
            tuple(replace(entry, code=f"{day}{number}") for number, entry in enumerate((documents.ordinary(3), high))),
            also=(f"Garden Friends: see {day}.",),
        )
        for day in ("Monday", "Tuesday", "Wednesday")
    ]
    listed = documents.paper(tuple(days))
    paper = Paper(render_pdf(listed, LARGE))

    read = letters("".join(run.text for run in paper.words_read))

    assert broken(paper, listed, above=15, below=53) == NOTHING
    assert [read.count(letters(day.also[0])) for day in days] == [1, 1, 1]


def test_group_before_one_that_is_broken_is_not_broken():
    fits = replace(documents.ordinary(2), joining=("Come when you like. " * 10,))
    listed, paper = on_paper(documents.ordinary(1), fits, documents.KNOWN, fits)

    assert broken(paper, listed, above=15, below=53) == NOTHING | {"cut": [2]}


def test_first_page_leads_to_each_group():
    paper = documents.printed("7", "large")
    listed = documents.LISTS["7"]()
    pages = pages_of_groups(paper, listed)

    first = letters("".join(run.text for run in paper.words_read if run.page == 0))

    assert pages == {number: {number + 1} for number in range(7)}
    assert [
        entry.name
        for number, entry in enumerate(listed.entries)
        if letters(f"{entry.name}, page {number + 2}") not in first
    ] == []


def test_first_page_of_a_long_list_by_day_leads_to_the_days():
    paper = documents.printed("60 by day", "large")
    headings = {
        letters("".join(run.text for run in runs)): runs[0].page + 1 for level, runs in paper.parts_read if level
    }

    first = letters("".join(run.text for run in paper.words_read if run.page == 0))

    days = [letters(section.heading) for section in documents.LISTS["60 by day"]().sections]
    assert len(days) == 7
    assert first.endswith("".join(f"{day}page{headings[day]}" for day in days))


def test_first_page_has_groups_that_fit_there():
    assert pages_of_groups(documents.printed("bare", "large"), documents.LISTS["bare"]())[0] == {0}


def test_two_short_groups_share_a_page_and_are_set_larger_where_the_next_begins_another():
    long, short = documents.ordinary(2), documents.BARE

    listed, paper = on_paper(long, short, short, long, long)

    assert pages_of_groups(paper, listed) == {0: {1}, 1: {2}, 2: {2}, 3: {3}, 4: {4}}
    assert sizes_by_page(paper)[1:] == [18, 24, 18, 18]


def test_group_that_is_a_little_too_long_is_set_closer_on_one_page():
    entry = replace(documents.KNOWN, joining=(), access=(), flags=(), where=())

    listed, paper = on_paper(documents.ordinary(2), entry, documents.ordinary(2))

    runs = serialise(listed, LARGE)["runs"]
    assert [run.style for run in runs[1:]] == [USUAL, TIGHT, USUAL]
    assert pages_of_groups(paper, listed) == {0: {1}, 1: {2}, 2: {3}}


def test_only_a_group_that_may_just_fit_a_page_is_measured():
    known = replace(documents.KNOWN, joining=(), access=(), flags=())
    closer, just = replace(known, where=()), replace(known, next_dates=())

    listed = documents.paper((Section("", (documents.ordinary(2), closer, just, documents.HUGE)),))

    runs = serialise(listed, LARGE)["runs"]
    assert [breakable for run in runs for breakable in run.breakable] == [False, False, False, None, True]


def test_heading_of_a_section_is_on_the_page_where_its_first_group_begins_however_long_that_is():
    # So high that the page has room for a heading below it, and not for the head of a group.
    first = replace(documents.BARE, code="aaaa1", when=("Mondays",) * 4)
    listed = documents.paper((Section("Monday", (first,)), Section("Wednesday", (documents.HUGE,))))

    read = Paper(render_pdf(listed, LARGE)).words_read
    pages = [(heading.page, name.page) for heading, name in pairwise(read) if heading.text == "Wednesday"]

    assert pages == [(1, 1)]


def test_head_of_a_group_has_the_height_of_its_code_in_letters_in_which_it_is_no_higher():
    entries = tuple(
        replace(documents.BARE, code=f"v{number:04}", organisation="Example house", name=name)
        for number, name in enumerate(("Tea", "Tea and cakes for all in Chard", "Tea and cakes for all in Chard " * 4))
    )
    words = serialise(documents.paper((Section("", entries),)), LARGE)

    assert [entry["head_up_to"] for entry in words["sections"][0]["entries"]] == [24, 21, 0]
