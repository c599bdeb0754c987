"""Choose the facts of standard.typ that have the whole width, below the two columns of the others.

A group is not cut at the end of a page. One with a short and a long column leaves room empty twice: beside the short
one, and where it does not fit below the group before it.
"""

from collections.abc import Mapping, Sequence

from ..fields import NEXT_DATES, WHEN, Fact
from .letter_widths import Text

#: About how many letters a line has: of a column, beside the QR code, and of the whole width there.
IN_COLUMN, IN_WIDTH = 34, 84
#: Always in the left column.
FIRST = (WHEN, NEXT_DATES)


def below_columns(facts: Mapping[Fact, Sequence[Text]], in_left: int, last_lines: int) -> list[Fact]:
    """Return the facts that are better below: with them in its longer column, a group would be higher.

    So many facts are in the left column, the others in the right one, which has `last_lines` more at its end.
    """
    lines = {fact: _lines(texts, IN_COLUMN) for fact, texts in facts.items()}
    columns = [[*lines][:in_left], [*lines][in_left:]]
    heights = [sum(lines[fact] for fact in column) for column in columns]
    heights[1] += last_lines
    below: list[Fact] = []
    while True:
        longer = heights[1] >= heights[0]
        other = heights[not longer]
        after = {
            fact: max(heights[longer] - lines[fact], other) + _lines(facts[fact], IN_WIDTH)
            for fact in columns[longer]
            if fact not in FIRST and fact not in below
        }
        best = min(after, key=lambda fact: after[fact], default=None)
        if best is None or after[best] >= heights[longer]:
            return below
        below.append(best)
        heights[longer] -= lines[best]


def _lines(texts: Sequence[Text], letters: int) -> int:
    return sum(-(-(len(text) if isinstance(text, str) else sum(map(len, text))) // letters) for text in texts)
