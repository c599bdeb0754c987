"""What a layout of printed lists promises, and what of it a list breaks."""

from groups.printing.document import PrintDocument

from .measures import filled, headings_alone, near_the_edge, pages_of_groups, printed_over
from .reading import MM, Paper

#: The share of a page that is filled at least, but for the last one.
FILLED = 2 / 3
#: What is wrong with a list that keeps all promises.
NOTHING = {"empty below": [], "cut": [], "alone": [], "over": [], "near the edge": []}


def broken(paper: Paper, listed: PrintDocument, above: float, below: float) -> dict[str, list[object]]:
    """Return what is wrong with a list: pages from 1, groups from 0, words. The margins are in millimetres."""
    shares = filled(paper, above * MM, below * MM)
    groups = pages_of_groups(paper, listed)
    if sorted(groups) != list(range(len(listed.entries))):
        raise AssertionError("Some groups are not on the paper.")
    return {
        "empty below": [page for page, share in enumerate(shares[:-1], start=1) if share < FILLED],
        "cut": [number for number, pages in groups.items() if len(pages) > 1],
        "alone": headings_alone(paper),
        "over": printed_over(paper),
        "near the edge": near_the_edge(paper),
    }
