"""The standard layout: groups in two columns of facts, each beside its QR code."""

from dataclasses import replace
from itertools import pairwise

import pytest

from groups.printing.document import PrintEntry, Section
from groups.printing.layouts import STANDARD
from groups.printing.pdf.pdf import render_pdf

from . import documents
from .promises import NOTHING, broken
from .reading import MM, Paper, letters

#: Of what is printed at the side of the paper nothing is further right.
RIGHT = (210 - 14) * MM
#: Groups that are longer than a page, by the name of the list.
LONGER = {"odd": [3]}


def variant(entry: PrintEntry, code: str, **facts: object) -> PrintEntry:
    return replace(entry, code=code, url=f"https://peer-support.alongside.example/g/{code}/", **facts)


@pytest.mark.parametrize("name", documents.LISTS)
def test_pages_are_filled_groups_whole_and_nothing_is_printed_over_anything(name):
    listed = documents.LISTS[name]()
    more_help = len(listed.help_now) > 4

    wrong = broken(documents.printed(name, "standard"), listed, above=12, below=26 if more_help else 22)

    assert wrong == NOTHING | {"cut": LONGER.get(name, [])}


def test_code_ends_above_the_next_group_however_little_is_known_of_one():
    entries = tuple(variant(documents.BARE, f"zz{lines:02}", when=("Mondays",) * lines) for lines in range(12))

    paper = Paper(render_pdf(documents.paper((Section("", entries),)), STANDARD))
    headings = [run for run in paper.words_read if letters(run.text) == letters(documents.BARE.name)]
    codes = paper.pictures[1:]
    followed = [(code, after) for code, after in zip(codes, headings[1:], strict=False) if code.page == after.page]

    assert (len(headings), len(codes), len(followed) >= 8) == (12, 12, True)
    assert [code.alt for code, after in followed if code.bottom < after.top + 1 * MM] == []


@pytest.mark.parametrize("is_high", [False, True])
def test_address_of_forty_letters_stays_in_its_column(is_high):
    """In both columns, beside the code and below it."""
    address = "somebodyofthewellbeinggroup@mind.example"
    entry = variant(
        documents.ordinary(1),
        "email",
        summary="A friendly group. " * (20 if is_high else 8),
        when=(f"Ask {address}",),
        where=(address,),
        joining=(address,),
        contacts=(f"Desk: {address}",),
    )

    paper = Paper(render_pdf(documents.paper((Section("", (entry, documents.ordinary(2))),)), STANDARD))

    assert len(address) == 40
    assert letters("".join(run.text for run in paper.words_read)).count(letters(address)) == 4
    assert broken(paper, documents.paper((Section("", (entry, documents.ordinary(2))),)), above=12, below=22) == NOTHING
    assert max(row.right for row in paper.read) <= RIGHT + 1


def test_facts_below_the_code_have_the_whole_width():
    paper = documents.printed("known", "standard")

    code = paper.pictures[1]
    below = [run.right for run in paper.words_read if run.page == 0 and 26 * MM < run.top < code.bottom]

    assert max(below) > code.left


def test_name_of_a_place_is_in_the_column_of_its_first_group():
    entries = tuple(map(documents.ordinary, range(3)))
    # Of one to three groups, so that some column ends below a name, if nothing keeps it with what follows.
    places = tuple(
        (f"Place {number:03}", tuple(entry.code for entry in entries[: 1 + number % 3])) for number in range(40)
    )

    read = Paper(render_pdf(documents.paper((Section("", entries),), places=places), STANDARD)).words_read
    followed = [(name, group) for name, group in pairwise(read) if name.text.startswith("Place ")]

    assert len(followed) == 40
    assert [name.text for name, group in followed if group.page != name.page or group.top > name.top] == []
