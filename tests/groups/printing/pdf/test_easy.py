"""One group on each page: each on one, whatever there is to say of it, in letters as large as may be."""

from collections import Counter
from dataclasses import replace

import pytest

from groups.printing.document import Section
from groups.printing.layouts import LAYOUTS
from groups.printing.pdf.pdf import render_pdf
from groups.printing.pdf.serialise import serialise

from . import documents
from .documents import LISTS, printed
from .measures import headings_alone, near_the_edge, pages_of_groups, printed_over
from .reading import Paper, letters

EASY = LAYOUTS["easy"]
#: Reading 500 pages back takes long, and they are like those of sixty.
READ = [name for name in LISTS if name != "area of 500"]
#: A group that says at great length what every field may hold.
WORDY = {
    "name": "Wellbeing Wednesdays for Men Who Work at Night " * 3,
    "organisation": "Open Mental Health and Partners in Somerset " * 2,
    "summary": "A friendly group for anyone who feels low. " * 6,
    "flags": ("This group is having a break while the hall is mended, as we hope by Easter. " * 3,) * 2,
    "when": ("Every second Wednesday of the month, 6.30pm to 8pm, in term time only. " * 3,) * 7,
    "next_dates": ("Wednesday 25 November, 6.30pm to 8pm",) * 9,
    "where": ("Newton Abbot Community and Sports Centre, second floor",) * 9,
    "joining": ("Contact first. Somebody will meet you at the door. " * 30,) * 3,
    "access": ("The lift is behind the kitchen. Ring the bell twice. " * 30,) * 3,
    "cost": "£2, if you can; tea and biscuits are free. " * 3,
    "contacts": ("Welcome desk: 01632 960123, welcome.desk@open-mental-health.example",) * 12,
    "checked": "Checked on 4 October 2026",
}


def most_wordy():
    """Groups that say too much, the first of them under the longest title and a heading, with the most crisis lines."""
    entries = [replace(documents.BARE, code=f"w{number:04}", **WORDY) for number in range(2)]
    title = documents.odd_list().title
    return documents.paper(
        (Section("Wednesday", tuple(entries)),), title=title, help_now=documents.HELP_IN_FOUR_NATIONS
    )


@pytest.mark.parametrize("name", READ)
def test_each_group_is_on_one_page_of_its_own_in_order(name):
    listed = LISTS[name]()

    pages = pages_of_groups(printed(name, "easy"), listed)

    assert pages == {number: {number} for number in range(len(listed.entries))}


@pytest.mark.parametrize("name", READ)
def test_nothing_overlaps_or_is_near_the_edge(name):
    paper = printed(name, "easy")

    assert (printed_over(paper), near_the_edge(paper), headings_alone(paper)) == ([], [], [])


@pytest.mark.parametrize("name", READ)
def test_no_page_is_blank(name):
    paper = printed(name, "easy")

    assert sorted({row.page for row in paper.words_read}) == list(range(paper.pages))


@pytest.mark.parametrize("name", LISTS)
def test_pages_are_one_for_each_group_and_few_at_the_end(name):
    groups = len(LISTS[name]().entries)

    at_the_end = printed(name, "easy").pages - groups

    assert 1 <= at_the_end <= 1 + groups // 25 if groups > 1 else at_the_end == 0


@pytest.mark.parametrize("name", READ)
def test_foot_has_the_number_of_the_page_and_of_the_last(name):
    paper = printed(name, "easy")

    numbers = [(run.page, run.text.strip()) for run in paper.runs if run.text.startswith("Page ")]

    assert numbers == [(page, f"Page {page + 1} of {paper.pages}") for page in range(paper.pages)]


def test_last_pages_of_the_longest_list_are_those_that_its_feet_count():
    listed = LISTS["area of 500"]()

    last = serialise(listed, EASY)["last_pages"]

    assert printed("area of 500", "easy").pages == len(listed.entries) + len(last)


def test_last_pages_keep_headings_and_names_of_places_with_what_follows():
    last = serialise(LISTS["area of 500"](), EASY)["last_pages"]

    assert [page[-1]["kind"] for page in last] == ["group"] * len(last)
    # Each group once, with its page.
    pages = [part["page"] for page in last for part in page if part["kind"] == "group"]
    assert sorted(pages) == list(range(1, 501))


@pytest.mark.parametrize("name", READ)
def test_facts_have_letters_of_14_points_or_more_and_the_foot_of_13(name):
    sizes = {round(run.size, 1) for run in printed(name, "easy").runs if run.text.strip()}
    facts = {round(run.size, 1) for run in printed(name, "easy").words_read if run.text.strip()}

    assert min(sizes) == 13
    assert min(facts - {13.0}) >= 14


def test_letters_are_larger_where_less_is_known():
    sizes = {name: _sizes_of_questions(name) for name in ("bare", "7", "known")}

    assert min(sizes["bare"]) > max(sizes["7"])
    assert min(sizes["7"]) > max(sizes["known"])


def test_what_is_known_of_a_group_is_cut_only_if_it_is_too_long_for_a_page():
    cut = {
        name: [
            entry["is_cut"] for section in serialise(LISTS[name](), EASY)["sections"] for entry in section["entries"]
        ]
        for name in READ
    }

    # The title of the list takes room on the first page.
    assert {name: [number for number, is_cut in enumerate(each) if is_cut] for name, each in cut.items()} == {
        **dict.fromkeys(READ, []),
        "known": [0],
        "odd": [3],
    }


def test_group_that_is_cut_keeps_when_where_and_whom_to_ask_and_leads_to_the_rest():
    paper = printed("known", "easy")
    known = documents.KNOWN

    words = letters("".join(run.text for run in paper.words_read if run.page == 0))

    needed = [*known.flags, *known.when, *known.next_dates, *known.where, known.cost, *known.contacts]
    assert [line for line in needed if letters(line) not in words] == []
    assert letters(known.summary) not in words
    assert letters("More at: alongside.example/g/c0000") in words


def test_group_that_says_too_much_of_everything_is_on_one_page():
    listed = most_wordy()

    paper = Paper(render_pdf(listed, EASY))

    assert paper.pages == 3
    assert (printed_over(paper), near_the_edge(paper)) == ([], [])
    for page in range(2):
        words = letters("".join(run.text for run in paper.words_read if run.page == page))
        assert all(letters(line) in words for line in [WORDY["name"], *WORDY["flags"], "Every second Wednesday"])
        assert letters("More at:") in words


def test_questions_are_headings_before_their_answers():
    parts = [(level, letters("".join(run.text for run in runs))) for level, runs in printed("7", "easy").parts_read]
    questions = [
        *("What is it?", "When is it?", "Where is it?", "How do I join?", "What does it cost?"),
        *("Who can I ask?", "Is it still on?"),
    ]

    first = [words for level, words in parts if level == "H3"][: len(questions)]

    assert first == [letters(question) for question in questions]
    after = dict(zip(first, (words for level, words in parts[3:] if not level), strict=False))
    assert after["whatdoesitcost"] == letters(documents.ordinary(0).cost)


def test_end_has_the_code_of_the_list_and_each_group_with_its_page():
    paper = printed("7", "easy")
    names = [entry.name for entry in LISTS["7"]().entries]

    last = letters("".join(run.text for run in paper.words_read if run.page == 7))

    contents = "".join(letters(f"{name}, page {number}") for number, name in enumerate(names, start=1))
    assert last.endswith(letters("In this list") + contents)
    assert Counter(picture.page for picture in paper.pictures) == Counter(range(8))


def _sizes_of_questions(name):
    return {round(run.size) for run in printed(name, "easy").words_read if run.level == "H3"}
