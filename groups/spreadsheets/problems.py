"""The errors of a file, grouped: each problem once, with its rows. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_QUOTED = re.compile(r"“[^”]*”|\b[0-9]+\b")
#: The most rows that are named.
_MOST_ROWS = 10


@dataclass
class Problem:
    """One problem in some rows of one column; the sentence is that of the first row."""

    column: str
    sentence: str
    rows: list[int] = field(default_factory=list)

    @property
    def where(self) -> str:
        """The numbers of the rows: "2, 5 and 9"; of many, the first and how many more."""
        named = [str(number) for number in self.rows[:_MOST_ROWS]]
        if len(self.rows) > _MOST_ROWS:
            return f"{', '.join(named)} and {len(self.rows) - _MOST_ROWS:,} more"
        return " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))


def problems_of(errors: Mapping[int, Mapping[str, list[str]]]) -> list[Problem]:
    """Return the problems of the errors of rows, those with the most rows first.

    Sentences that differ only in what they quote, or in a number, are one problem.
    """
    found: dict[tuple[str, str], Problem] = {}
    for number, by_column in errors.items():
        for column, sentences in by_column.items():
            for sentence in sentences:
                key = (column, _QUOTED.sub("…", sentence))
                problem = found.setdefault(key, Problem(column, sentence))
                if number not in problem.rows:
                    problem.rows.append(number)
    return sorted(found.values(), key=lambda problem: -len(problem.rows))
