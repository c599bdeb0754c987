"""To fold for a pocket: groups whole on leaves of A6, and every leaf well filled."""

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

import pytest

from groups.printing.layouts import LAYOUTS
from groups.printing.pdf.pdf import render_pdf

from . import documents
from .documents import LISTS, printed
from .measures import headings_alone, near_the_edge, pages_of_groups, printed_over
from .reading import MM, Paper, Picture, Run, letters
from .test_easy import most_wordy

#: Reading so many sheets back takes long, and they are like those of sixty.
READ = [name for name in LISTS if name != "area of 500"]
#: On a sheet, in the order of the leaves: whether at the right, whether above.
QUARTERS = [(True, False), (True, True), (False, True), (False, False)]
WIDTH, HEIGHT = 210 * MM, 297 * MM
#: On a leaf, from its top: what is printed on, above a foot of up to four crisis lines; each more takes 3 mm of it.
TOP, BOTTOM, MORE = 7 * MM, 129.5 * MM, 3 * MM
#: So much is between two groups.
GAP = 2.6 * MM
#: What letters such as "g" have below the line that they stand on, at most.
DESCENT = 2.5


def leaf_of(row: Run | Picture) -> int:
    """The leaf that something is on, from 0."""
    quarter = (row.left >= WIDTH / 2, row.bottom >= HEIGHT / 2)
    return row.page * 4 + QUARTERS.index(quarter)


def span_of(row: Run | Picture) -> tuple[float, float]:
    """Its top and bottom in points from the top of its leaf, for who reads it right way up."""
    if row.bottom >= HEIGHT / 2:
        return row.bottom - HEIGHT / 2, row.top - HEIGHT / 2
    return HEIGHT / 2 - row.top, HEIGHT / 2 - row.bottom


def bottoms(paper: Paper, bottom: float) -> dict[int, float]:
    """How far down each leaf is printed on, above its foot."""
    lowest: dict[int, float] = defaultdict(float)
    for row in paper.read:
        if span_of(row)[1] <= bottom + DESCENT:
            lowest[leaf_of(row)] = max(lowest[leaf_of(row)], span_of(row)[1])
    return lowest


def first_of(paper: Paper, leaf: int) -> float:
    """The height of what stands first on a leaf: a group, or what is left of one, with the heading of its section."""
    rows = [run for run in paper.words_read if leaf_of(run) == leaf]
    headings = [
        number for number, (before, run) in enumerate(pairwise(rows), start=1) if run.level and not before.level
    ]
    first = rows[: headings[0]] if headings else rows
    return max(span_of(run)[1] for run in first) - min(span_of(run)[0] for run in first)


@pytest.mark.parametrize("name", READ)
def test_group_that_fits_a_leaf_is_on_one(name):
    listed = LISTS[name]()
    entries = listed.entries
    longer = {documents.KNOWN.name, documents.HUGE.name}

    leaves = pages_of_groups(printed(name, "pocket"), listed, leaf_of)

    assert list(leaves) == list(range(len(entries)))
    assert [number for number, on in leaves.items() if len(on) > 1 and entries[number].name not in longer] == []


@pytest.mark.parametrize("name", READ)
def test_leaves_are_filled_by_two_thirds_unless_what_follows_does_not_fit(name):
    listed = LISTS[name]()
    paper = printed(name, "pocket")
    bottom = BOTTOM - MORE * (len(listed.help_now) - 4)
    lowest = bottoms(paper, bottom)
    notes = {leaf_of(run) for run in paper.words_read if run.text == "My notes"}
    # The cover has words at its foot.
    followed = [leaf for leaf in sorted(lowest)[1:] if leaf + 1 in lowest and leaf + 1 not in notes]

    scarce = [leaf for leaf in followed if (lowest[leaf] - TOP) / (bottom - TOP) < 2 / 3]

    assert [leaf for leaf in scarce if lowest[leaf] + GAP + first_of(paper, leaf + 1) < bottom - 4] == []
    assert len(scarce) <= (1 if name != "odd" else 3)


@pytest.mark.parametrize("name", READ)
def test_nothing_overlaps_or_is_near_the_edge_or_stands_alone(name):
    paper = printed(name, "pocket")

    assert (printed_over(paper), near_the_edge(paper), headings_alone(paper)) == ([], [], [])


@pytest.mark.parametrize("name", READ)
def test_nothing_reaches_into_the_foot_or_over_a_fold(name):
    paper = printed(name, "pocket")
    bottom = BOTTOM - MORE * (len(LISTS[name]().help_now) - 4)

    above = [row for row in paper.read if span_of(row)[1] <= bottom + DESCENT]
    in_the_foot = [row for row in paper.words_read if span_of(row)[1] > bottom + DESCENT]

    assert letters("".join(row.text for row in in_the_foot)).startswith("helpnow")
    assert {leaf_of(row) for row in in_the_foot} == {0}
    assert [row for row in above if row.left < WIDTH / 2 < row.right or span_of(row)[0] < 0] == []


def test_seven_groups_are_one_sheet_the_first_of_them_on_the_cover():
    paper = printed("7", "pocket")

    leaves = pages_of_groups(paper, LISTS["7"](), leaf_of)

    assert [leaf for on in leaves.values() for leaf in on] == [0, 1, 1, 2, 2, 3, 3]


def test_group_that_says_too_much_of_everything_goes_on_over_several_leaves():
    listed = most_wordy()

    paper = Paper(render_pdf(listed, LAYOUTS["pocket"]))

    leaves = pages_of_groups(paper, listed, leaf_of)
    assert {number: len(on) > 2 for number, on in leaves.items()} == {0: True, 1: True}
    assert (printed_over(paper), near_the_edge(paper)) == ([], [])


def test_no_group_is_on_a_cover_whose_code_needs_the_room():
    listed = replace(documents.ordinary_list(2), url="https://alongside.example/lists/?list=" + "k0000." * 300)

    paper = Paper(render_pdf(listed, LAYOUTS["pocket"]))

    leaves = pages_of_groups(paper, listed, leaf_of)
    assert leaves == {0: {1}, 1: {1}}
    assert (printed_over(paper), near_the_edge(paper)) == ([], [])
