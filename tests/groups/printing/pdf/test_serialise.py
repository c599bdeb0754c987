"""What is on the list is on the paper, all of it and once, whatever the layout."""

import re
from dataclasses import replace

import pytest

from groups.printing.document import PrintEntry, Section
from groups.printing.layouts import LAYOUTS, STANDARD
from groups.printing.pdf.pdf import render_pdf

from . import documents
from .reading import Paper, letters

LABELS = ["When", "Next", "Where", "Joining", "Access", "Cost", "Contact"]
QUESTIONS = ["What is it?", "When is it?", "Next dates", "Where is it?", "What makes it easier?", "How do I join?"]
QUESTIONS += ["What does it cost?", "Who can I ask?", "Is it still on?", "Look here:"]
#: The layouts that have each group once, with all that is known of it. A week has meetings, and what there is room for.
IN_FULL = [layout for layout in LAYOUTS if layout != "week"]
#: Cut in the layout that has one page for each group: what is left of it is in test_easy.py.
CUT = {("easy", documents.HUGE.name)}


def pieces_of(entry: PrintEntry) -> list[str]:
    """Everything that is known of a group, and its short address."""
    row = [entry.name, entry.organisation, entry.summary, entry.what, entry.cost, entry.checked]
    several = [entry.flags, entry.when, entry.next_dates, entry.where, entry.joining, entry.access, entry.contacts]
    address = entry.url.removeprefix("https://").rstrip("/")
    return [letters(piece) for piece in [*row, address, *(line for lines in several for line in lines)] if piece]


def told_of_groups(paper: Paper, names: list[str]) -> list[tuple[str, str]]:
    """The letters that a screen reader reads of each group: from its heading to the next of its level or above."""
    message: list[tuple[str, str]] = []
    of_groups = {letters(name) for name in names}
    own_level = ""
    for level, runs in paper.parts_read:
        words = letters("".join(run.text for run in runs))
        if level and words in of_groups:
            message.append((words, words))
            own_level = level
        elif level and level <= own_level:
            own_level = ""
        elif own_level:
            message[-1] = (message[-1][0], message[-1][1] + words)
    return message


@pytest.mark.parametrize("layout", IN_FULL)
def test_pdf_tells_all_that_is_known_of_each_group_and_nothing_else(layout):
    entries = documents.odd_list().entries
    labels = [letters(label) for label in (QUESTIONS if layout == "easy" else LABELS)]

    message = told_of_groups(documents.printed("odd", layout), [entry.name for entry in entries])

    assert [name for name, _ in message] == [letters(entry.name) for entry in entries]
    for entry, (_, rest) in zip(entries, message, strict=True):
        if (layout, entry.name) in CUT:
            continue
        for piece in sorted(pieces_of(entry), key=len, reverse=True):
            assert piece in rest, entry.name
            rest = rest.replace(piece, "|", 1)
        for label in labels:
            rest = rest.replace(label, "|", 1)
        assert rest.strip("|") == "", entry.name


@pytest.mark.parametrize("layout", IN_FULL)
def test_pdf_has_each_of_thirty_groups_once(layout):
    entries = documents.ordinary_list(30).entries

    message = told_of_groups(documents.printed("30", layout), [entry.name for entry in entries])

    assert [name for name, _ in message] == [letters(entry.name) for entry in entries]
    assert [entry.code for entry, (_, words) in zip(entries, message, strict=True) if entry.code not in words] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_pdf_says_what_the_list_is_and_what_is_not_on_it(layout):
    paper = documents.odd_list()
    dates = "Printed 22 November 2026. Please check before you travel. Good until 20 December 2026."
    also = paper.sections[-1].also if layout in IN_FULL else ()
    wanted = [paper.title, dates, "For", "From", *paper.left_out, *also]

    read = letters("".join(run.text for run in documents.printed("odd", layout).words_read))

    assert [words for words in wanted if letters(words) not in read] == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ["2", "odd"])
def test_help_now_is_at_the_foot_of_every_page_and_read_once(layout, name):
    paper = documents.printed(name, layout)
    numbers = [letters(number) for _, number in (documents.HELP_NOW if name == "2" else documents.HELP_IN_FOUR_NATIONS)]
    each = 4 if layout == "pocket" else 1  # Four pages of the leaflet on a sheet.

    feet = [letters("".join(run.text for run in paper.runs if run.page == page)) for page in range(paper.pages)]
    read = letters("".join(run.text for run in paper.words_read))

    assert {foot.count("helpnow") for foot in feet} == {each}
    assert [(page, number) for page, foot in enumerate(feet) for number in numbers if number not in foot] == []
    assert read.count("helpnow") == 1
    assert [number for number in numbers if number not in read] == []


@pytest.mark.parametrize("layout", IN_FULL)
def test_words_that_look_like_markup_come_out_as_they_were_typed(layout):
    text = "".join(run.text for run in documents.printed("odd", layout).words_read)

    assert re.sub(r"\s", "", documents.MARKUP) in re.sub(r"\s", "", text)


def test_letters_that_no_font_has_leave_the_rest_readable_and_tagged():
    entry = replace(documents.ordinary(1), name="Tea 漢字 and\x07 talk\ud800")

    paper = Paper(render_pdf(documents.paper((Section("", (entry,)),)), STANDARD))

    headings = ["".join(run.text for run in runs) for level, runs in paper.parts_read if level == "H2"]
    assert [re.sub(r"[^\x20-\x7e]+", "?", heading) for heading in headings] == ["Tea ? and talk"]
    assert paper.root["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("layout", ["standard", "large", "week", "easy"])
def test_index_of_places_leads_to_the_page_that_each_group_is_on(layout):
    paper = documents.printed("odd", layout)
    names = {entry.code: letters(entry.name) for entry in documents.odd_list().entries}
    parts = [(letters("".join(run.text for run in runs)), level, runs) for level, runs in paper.parts_read]
    # The first place where it stands: a group is in a week as often as it meets.
    on = {words: runs[0].page + 1 for words, level, runs in reversed(parts) if level}

    index = parts[[words for words, _, _ in parts].index("places") + 1][0]

    expected = [
        letters(place) + "".join(f"{names[code]}page{on[names[code]]}" for code in codes)
        for place, codes in documents.odd_list().places
    ]
    assert index == "".join(expected)
