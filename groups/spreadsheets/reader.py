"""Parse uploaded CSV and Excel files, tolerant of the differences between spreadsheet programs."""

import codecs
import csv
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from common.bounded_process import LimitExceeded, Limits, ProcessFailed, run_bounded
from common.text import fold

from .cells import tidy, unescape_cell, with_zeros
from .file_text import UnreadableText, is_cut_json, require_whole_csv, text_of
from .meeting_lists import entries_of_json, is_tsml_table, rows_of_json, tsml_table_rows
from .open_referral.documents import BadFeed
from .open_referral.uploaded import uploaded_services
from .workbook import BROKEN, FILLED, MEGABYTE, MOST_COLUMNS, MOST_ROWS, TOO_LARGE

MOST_BYTES = 30 * MEGABYTE
MOST_IN_WORDS = f"{MOST_BYTES // MEGABYTE} MB"
#: The limits of parsing a workbook within a request, and in a process of its own.
LIMITS = Limits(memory=512 * MEGABYTE, processor_seconds=20, seconds=40)
LONG_LIMITS = Limits(memory=1024 * MEGABYTE, processor_seconds=180, seconds=600)
#: The most rows, and bytes of a compressed and an uncompressed file, that are read within a request.
SHORT_ROWS, SHORT_PACKED, SHORT_PLAIN = 500, MEGABYTE // 4, MEGABYTE

#: The error values of formulas.
FORMULA_ERRORS = frozenset({"#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#ERROR!", "#SPILL!"})
#: A first row with fewer titles, and none of ours, has no titles.
_FEWEST_TITLES, _LONGEST_TITLE = 2, 120
#: A title, which has at most a number at its end: "Address 2".
_TITLE = re.compile(r"\D*\d?")
#: The most rows that are looked at for the titles.
_MOST_ABOVE = 6


class BadSheet(Exception):
    """The file cannot be read. The message tells the editor why, and what to do."""


@dataclass(frozen=True)
class SheetRow:
    """A row of a file: its number as the spreadsheet counts them, and its texts by column title."""

    number: int
    cells: dict[str, str]
    #: Whether it is of a file with titles of its own: nobody has written its cells for us.
    is_foreign: bool = False


@dataclass(frozen=True)
class Table:
    """An uploaded table: its column titles, ours in our spelling, and its numbered rows."""

    titles: list[str]
    rows: list[tuple[int, list[str]]]
    #: Whether all titles are ours.
    is_ours: bool = False
    #: The first cells of a workbook that were merged over several rows, and filled downwards: "A2:A4"; "" for none.
    filled: str = ""
    #: What stands below the rows of a foreign file, in the first cell alone: "Total: 8", "Updated by Sue".
    notes: tuple[str, ...] = ()

    @property
    def sheet_rows(self) -> list[SheetRow]:
        """The rows of a file that has our titles."""
        return [SheetRow(number, with_zeros(zip(self.titles, cells, strict=True))) for number, cells in self.rows]

    @property
    def is_long(self) -> bool:
        """Whether it has more rows than one request reads."""
        return len(self.rows) > SHORT_ROWS

    @classmethod
    def unpack(cls, packed: bytes) -> "Table":
        """Return the table that `pack` was called on."""
        titles, rows, is_ours, filled, *notes = json.loads(zlib.decompress(packed))
        return cls(titles, [(number, cells) for number, cells in rows], is_ours, filled, tuple(notes))

    def pack(self) -> bytes:
        """Return the table as bytes, so that its file need not be read again."""
        content = [self.titles, self.rows, self.is_ours, self.filled, *self.notes]
        return zlib.compress(json.dumps(content, ensure_ascii=False).encode(), 1)


def is_long_file(content: bytes) -> bool:
    """Return whether a file is too large to be read within a request."""
    return len(content) > (SHORT_PACKED if content.startswith(b"PK") else SHORT_PLAIN)


def read_table(content: bytes, titles: Iterable[str], limits: Limits | None = None) -> Table:
    """Return the table of a file, whatever its titles, within the limits of a request or of a process.

    Raises `BadSheet` if it has another format, or is too large.
    """
    if len(content) > MOST_BYTES:
        raise BadSheet(f"The file is larger than {MOST_IN_WORDS}. Send it in parts.")
    filled = ""
    if content.startswith(b"PK"):
        lines = _workbook_lines(content, limits or LIMITS)
        filled = json.loads(lines.pop(0))[FILLED] if lines[0].startswith("{") else ""
        rows = _workbook_rows(lines)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadSheet("This is an old Excel file, or one with a password. Save it as “.xlsx” without a password.")
    elif content.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"[", b"{"):
        return _json_table(content)
    else:
        rows = _text_rows(content, titles)
    table = replace(_table(rows, list(titles)), filled=filled)
    if not table.is_ours and is_tsml_table(table.titles):
        numbers, cells = zip(*table.rows, strict=True)
        return _table_of(tsml_table_rows(table.titles, cells), numbers)
    return table


def _json_table(content: bytes) -> Table:
    text = _decoded(content)
    try:
        services = uploaded_services(content)
    except BadFeed as error:
        raise BadSheet(str(error)) from error
    if services is not None:
        return _table_of(services, range(1, len(services) + 1))
    try:
        entries = entries_of_json(text)
    except ValueError as error:
        if is_cut_json(text, error):
            raise BadSheet("This JSON file ends in the middle. Download it again, and send that.") from error
        raise BadSheet(
            "This JSON file is no list that we can read. We read a list of entries, such as those of Meeting Guide "
            "(TSML), BMLT and Open Referral UK."
        ) from error
    if len(entries) > MOST_ROWS:
        raise BadSheet(f"The file has more than {MOST_ROWS:,} rows. Send it in parts.")
    if not entries:
        raise BadSheet("The file is empty.")
    return _table_of(rows_of_json(entries), range(1, len(entries) + 1))


def _table_of(rows: Sequence[dict[str, str]], numbers: Iterable[int]) -> Table:
    """Return the table of rows by title. Columns that are empty in all rows are left out."""
    titles = [*dict.fromkeys(title for row in rows for title, text in row.items() if text)]
    if len(titles) > MOST_COLUMNS:
        raise BadSheet(f"The file has more than {MOST_COLUMNS} columns. Take some of them out.")
    cells = [[tidy(row.get(title, "")) for title in titles] for row in rows]
    return Table(titles, [*zip(numbers, cells, strict=True)])


def _table(rows: Iterator[list[str]], known: list[str]) -> Table:
    by_fold = {fold(title): title for title in known}
    numbered = ((number, row) for number, row in enumerate(rows, start=1) if any(row))
    first = [*islice(numbered, _MOST_ABOVE)]
    while len(first) > 1 and _is_above_titles(first[0][1], first[1][1], by_fold):
        first.pop(0)
    header = first.pop(0)[1] if first else []
    while header and not header[-1]:
        header.pop()
    if not header:
        raise BadSheet("The file is empty.")
    is_known = [fold(title) in by_fold for title in header]
    if not any(is_known) and sum(map(bool, header)) < _FEWEST_TITLES:
        raise BadSheet("The first row must have the titles of the columns, as in the template: “Name”, “Organisation”…")
    titles: list[str] = []
    for number, title in enumerate(header, start=1):
        name = by_fold.get(fold(title), title[:_LONGEST_TITLE]) or f"Column {number}"
        if name in titles:
            raise BadSheet(f"The column “{name}” is there twice. Take one of the two out.")
        titles.append(name)
    found_rows: list[tuple[int, list[str]]] = []
    for number, row in chain(first, numbered):
        if error := next((cell for cell in row if cell in FORMULA_ERRORS), ""):
            raise BadSheet(
                f"Row {number} has “{error}”, a formula that came to nothing. Write the value there, and send the file "
                "again."
            )
        if len(found_rows) == MOST_ROWS:
            raise BadSheet(f"The file has more than {MOST_ROWS:,} rows. Send it in parts.")
        if any(row[len(titles) :]):
            raise BadSheet(f"Row {number} has more cells than there are titles. Look at its last cells.")
        found_rows.append((number, [*row[: len(titles)], *[""] * (len(titles) - len(row))]))
    if not found_rows:
        raise BadSheet("The file has titles, and no rows below them.")
    if all(is_known):
        return Table(titles, found_rows, is_ours=True)
    filled_rows, notes = _without_notes(found_rows)
    return Table(titles, filled_rows, notes=notes)


def _without_notes(rows: list[tuple[int, list[str]]]) -> tuple[list[tuple[int, list[str]]], tuple[str, ...]]:
    """Return the rows up to the last that fills more than its first cell, and what the first cells below it say."""
    last = max((number for number, cells in rows if any(cells[1:])), default=rows[-1][0])
    return [row for row in rows if row[0] <= last], tuple(cells[0] for number, cells in rows if number > last)


def _is_above_titles(row: list[str], following: list[str], by_fold: Mapping[str, str]) -> bool:
    """Return whether a row is none of titles, but above them: the name of a list, a date, "About the group | Contact".

    That one has gaps, where it stands over several titles; and no digit is below it, as there is in rows of groups.
    """
    if any(fold(cell) in by_fold for cell in row):
        return False
    filled = sum(map(bool, row))
    has_titles_below = all(map(_TITLE.fullmatch, following)) and filled < sum(map(bool, following))
    return filled == 1 or ("" in row and has_titles_below)


def _text_rows(content: bytes, titles: Iterable[str]) -> Iterator[list[str]]:
    text = _decoded(content)
    first = text.lstrip().split("\n", 1)[0]
    known = {fold(title) for title in titles}
    separator = max(
        ",;\t", key=lambda sign: (sum(fold(each) in known for each in first.split(sign)), first.count(sign))
    )
    try:
        require_whole_csv(text, separator)
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            yield [tidy(unescape_cell(tidy(cell))) for cell in row[: MOST_COLUMNS + 1]]
    except UnreadableText as error:
        raise BadSheet(str(error)) from None
    except csv.Error as error:
        raise BadSheet("This file cannot be read. Save it again as “CSV UTF-8”, or as an Excel workbook.") from error


def _decoded(content: bytes) -> str:
    try:
        return text_of(content)
    except UnreadableText as error:
        raise BadSheet(str(error)) from None


def _workbook_lines(content: bytes, limits: Limits) -> list[str]:
    try:
        return run_bounded("groups.spreadsheets.workbook", content, limits).decode().split("\n")
    except LimitExceeded:
        return [json.dumps(TOO_LARGE)]
    except ProcessFailed:
        return [json.dumps(BROKEN)]


def _workbook_rows(lines: Iterable[str]) -> Iterator[list[str]]:
    for row in map(json.loads, filter(None, lines)):
        if row == TOO_LARGE:
            raise BadSheet("This Excel workbook is too large when it is unpacked. Copy the rows into a new one.")
        if isinstance(row, str) and row != BROKEN:
            raise BadSheet(row)
        if row == BROKEN:
            raise BadSheet("This Excel workbook cannot be read. Open it, save it again as “.xlsx”, and send that.")
        yield [tidy(unescape_cell(tidy(cell))) for cell in row]
