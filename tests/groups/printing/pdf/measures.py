"""What is wrong with the boxes of a printed list: words over words, headings alone, groups cut, pages half empty."""

import itertools
from collections.abc import Callable, Iterable
from typing import TypeVar

from groups.printing.document import PrintDocument

from .reading import MM, Paper, Picture, Run, letters

#: Nothing is nearer to the edge of the paper: printers leave it white.
EDGE = 4 * MM

_Row = TypeVar("_Row", bound=Run | Picture)


def printed_over(paper: Paper) -> list[tuple[str, str]]:
    """Return the pairs of words, or of words and a picture, that are printed over each other."""
    over = []
    for all_runs, pictures in zip(by_page(paper, paper.runs), by_page(paper, paper.pictures), strict=True):
        # From the top down: what is below the foot of a run is over it no more.
        runs = sorted((run for run in all_runs if run.text.strip()), key=lambda run: -run.top)
        for number, row in enumerate(runs, start=1):
            level = itertools.takewhile(lambda two, row=row: two.top > row.bottom, itertools.islice(runs, number, None))
            over += [(row.text, two.text) for two in level if _overlap(row, two)]
        over += [(run.text, picture.alt) for run in runs for picture in pictures if _lies_on(run, picture)]
    return over


def near_the_edge(paper: Paper) -> list[str]:
    """Return the words that a printer might not print."""
    near = []
    for run in filter(lambda run: run.text.strip(), paper.runs):
        width, height = paper.sizes[run.page]
        if min(run.left, run.bottom, width - run.right, height - run.top) < EDGE:
            near.append(run.text)
    return near


def headings_alone(paper: Paper, to_the_right_of: Iterable[str] = ()) -> list[str]:
    """Return the headings whose words are not below them on the same page and in the same column, or level with them.

    The words of a heading whose level is in `to_the_right_of` may stand at its right.
    """
    alone = []
    for heading, words in itertools.pairwise(paper.words_read):
        if heading.level and not words.level:
            below = words.top < heading.top if not heading.upside_down else words.bottom > heading.bottom
            at_right = heading.level in to_the_right_of or abs(words.top - heading.top) < 3
            if words.page != heading.page or not (below or at_right):
                alone.append(heading.text)
    return alone


def pages_of_groups(
    paper: Paper, listed: PrintDocument, page_of: Callable[[Run], int] = lambda run: run.page
) -> dict[int, set[int]]:
    """Return on which pages each group of a list is, by its number in the list, from 0."""
    names = {letters(entry.name) for entry in listed.entries}
    pages: dict[int, set[int]] = {}
    number, is_group = -1, False
    for level, runs in paper.parts_read:
        if level:
            is_group = letters("".join(run.text for run in runs)) in names
            number += is_group
        if is_group:
            pages.setdefault(number, set()).update(map(page_of, runs))
    return pages


def filled(paper: Paper, above: float, below: float) -> list[float]:
    """Return for each page the share of its height that has words or pictures, between its margins in points.

    Measured down to the lowest of them: 1.0 is a page full to its foot.
    """
    shares = []
    for (_, height), rows in zip(paper.sizes, by_page(paper, paper.read), strict=True):
        bottoms = [row.bottom for row in rows if row.bottom >= below - 1]
        shares.append(1 - (min(bottoms, default=height - above) - below) / (height - above - below))
    return shares


def by_page(paper: Paper, rows: Iterable[_Row]) -> list[list[_Row]]:
    """Return what is on each page, in the order that it was given in."""
    pages: list[list[_Row]] = [[] for _ in range(paper.pages)]
    for row in rows:
        pages[row.page].append(row)
    return pages


def _overlap(row: Run, two: Run) -> bool:
    """Whether two runs are printed over each other, by more than letters of one line may touch."""
    across = min(row.right, two.right) - max(row.left, two.left)
    down = min(row.top, two.top) - max(row.bottom, two.bottom)
    return across > 1 and down > 0.2 * min(row.size, two.size)


def _lies_on(run: Run, picture: Picture) -> bool:
    across = min(run.right, picture.right) - max(run.left, picture.left)
    down = min(run.top, picture.top) - max(run.bottom, picture.bottom)
    return across > 1 and down > 1
