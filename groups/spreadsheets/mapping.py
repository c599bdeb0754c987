"""A mapping from the columns of a foreign file to ours, which converts its rows. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from common.text import fold, shortened

from ..choices import RowKind
from .cells import with_zeros
from .organisation_columns import ORGANISATION
from .reader import SheetRow, Table
from .row_kinds import WHAT_IT_IS
from .source_columns import FOREIGN_ID, SOURCE

#: Instead of a column of ours: added to the notes, with its title before it.
NOTES = "+"
#: The column of ours that takes notes.
NOTES_COLUMN = "What it is like"
SUMMARY, WHEN, FREE, COST = "Summary", "When", "Free", "Cost"
#: A cell that is a time alone: two of them, one after the other, are a beginning and an end.
_CLOCK = re.compile(r"\d{1,2}([:.]\d{2}){0,2} ?([ap]\.?m\.?)?|noon", re.IGNORECASE)
_SECONDS = re.compile(r"(?<=:\d\d):00$")
_LONGEST_SUMMARY = 240
#: Our columns to which several columns may map, with the separator of their texts.
JOINED = {
    SUMMARY: " ",
    WHEN: " ",
    "Address": "\n",
    "Organisation address": "\n",
    NOTES_COLUMN: "\n\n",
    "What the organisation does": "\n\n",
    "More about joining": "\n",
}
#: What lists write, folded, in place of the venue or address of a group that meets online, with a short word beside it.
_ONLINE = frozenset({"online", "zoom", "virtual", "only"})
_SHORT_WORD = 3
#: What lists write, folded, as the cost of what is free.
_FREE = frozenset({"free", "free of charge", "no charge", "no cost", "none", "nil", "0", "0 00"})
#: The most distinct values of a column that are asked about, and the samples shown of each column.
MOST_KINDS, SAMPLES = 30, 3


@dataclass(frozen=True)
class Mapping:
    """Our column for each column of a foreign file, by title; and constants for all rows."""

    columns: dict[str, str] = field(default_factory=dict)
    #: What a row is (`RowKind`), by the value of its column that says so.
    kinds: dict[str, str] = field(default_factory=dict)
    #: The organisation of rows that name none.
    organisation: str = ""
    #: The name of the list that the file is.
    source: str = ""

    @classmethod
    def of_json(cls, stored: dict[str, Any]) -> "Mapping":
        """Return the mapping of which `as_json` is the JSON; an empty one for {}."""
        return cls(**stored)

    @property
    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def fits(self, titles: Iterable[str]) -> bool:
        """Return whether it was made for a file with these titles, in any order."""
        return set(titles) == set(self.columns)

    def rows_of(self, table: Table) -> list[SheetRow]:
        """Return the rows of a foreign file with the titles of our columns."""
        return [SheetRow(number, self._cells(table.titles, cells), is_foreign=True) for number, cells in table.rows]

    def _cells(self, titles: list[str], cells: list[str]) -> dict[str, str]:
        texts: dict[str, list[str]] = defaultdict(list)
        for title, text in zip(titles, cells, strict=True):
            column = self.columns.get(title, "")
            if not text or not column:
                continue
            if column == WHEN and _CLOCK.fullmatch(text):
                clock = _SECONDS.sub("", text)
                before = texts[WHEN].pop() if texts[WHEN] and _CLOCK.fullmatch(texts[WHEN][-1]) else ""
                texts[WHEN].append(f"{before} to {clock}" if before else clock)
            elif column == NOTES:
                texts[NOTES_COLUMN].append(f"{title}: {text}")
            else:
                texts[column].append(self.kinds.get(text, text) if column == WHAT_IT_IS else text)
        summary = " ".join(texts.get(SUMMARY, ()))
        if len(summary) > _LONGEST_SUMMARY:
            # Nothing of it is lost.
            texts[NOTES_COLUMN].insert(0, summary)
            texts[SUMMARY] = [shortened(summary, _LONGEST_SUMMARY)]
        row = {column: JOINED.get(column, " ").join(parts) for column, parts in texts.items()}
        if fold(row.get(COST, "")) in _FREE and FREE not in row:
            row = {FREE: "Yes"} | row
            del row[COST]
        places = [column for column in ("Venue", "Address", "Town") if column in row]
        if places and all(_says_online(row[column]) for column in places):
            row = {column: text for column, text in row.items() if column not in places}
            row = {"In person": "No", "Online": "Yes"} | row
        if (
            self.organisation
            and not row.get(ORGANISATION)
            and row.get(WHAT_IT_IS, "").casefold() != RowKind.ORGANISATION
        ):
            row[ORGANISATION] = self.organisation
        if self.source and row.get(FOREIGN_ID):
            row[SOURCE] = self.source
        return with_zeros(row.items())


def _says_online(text: str) -> bool:
    words = fold(text).split()
    return all(word in _ONLINE or len(word) <= _SHORT_WORD for word in words) and not _ONLINE.isdisjoint(words)


def values_of(table: Table, title: str) -> list[str]:
    """Return the distinct texts of a column, in order of first appearance."""
    place = table.titles.index(title)
    return [*dict.fromkeys(cells[place] for _, cells in table.rows if cells[place])]
