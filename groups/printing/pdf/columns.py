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
    # By number: hashing a fact takes longer than all the rest.
    every = [*facts.items()]
    lines = [_lines(texts, IN_COLUMN) for _, texts in every]
    columns = [
        [number for number in range(in_left) if every[number][0] not in FIRST],
        [*range(in_left, len(every))],
    ]
    heights = [sum(lines[:in_left]), sum(lines[in_left:]) + last_lines]
    below: list[Fact] = []
    while abs(heights[0] - heights[1]) > 1:
        longer = heights[1] > heights[0]
        other = heights[not longer]
        after = [
            (max(heights[longer] - lines[number], other) + _lines(every[number][1], IN_WIDTH), number)
            for number in columns[longer]
        ]
        least, best = min(after, default=(heights[longer], 0))
        if least >= heights[longer]:
            break
        columns[longer].remove(best)
        below.append(every[best][0])
        heights[longer] -= lines[best]
    return below


def _lines(texts: Sequence[Text], letters: int) -> int:
    return sum(-(-(len(text) if isinstance(text, str) else sum(map(len, text))) // letters) for text in texts)
