"""Parse uploaded CSV and Excel files, tolerant of the differences between spreadsheet programs."""

import csv
import io
import itertools
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from common.bounded_process import LimitExceeded, Limits, ProcessFailed, run_bounded
from common.text import fold

from .cells import did_you_mean, tidy, unescape_cell
from .workbook import BROKEN, MEGABYTE, MOST_COLUMNS, MOST_ROWS, TOO_LARGE

MOST_BYTES = 5 * MEGABYTE
#: What reading a workbook may cost. One with 5,000 rows and 120 columns, all full, takes 95 MB and 11 s.
LIMITS = Limits(memory=512 * MEGABYTE, processor_seconds=20, seconds=40)


_ADVICE = "Take it out, or put its title right."


class BadSheet(Exception):
    """The file cannot be read. The message tells the editor why, and what to do."""


@dataclass(frozen=True)
class SheetRow:
    """A row of a file: its number, counted as the spreadsheet counts them, and its texts by the titles of columns."""

    number: int
    cells: dict[str, str]


def read_sheet(content: bytes, titles: Iterable[str]) -> list[SheetRow]:
    """Return the rows of a file that are not empty.

    Raises `BadSheet` if the file has another format, is too large, or has unknown columns.
    """
    if len(content) > MOST_BYTES:
        raise BadSheet("The file is larger than 5 MB. Send it in parts.")
    if content.startswith(b"PK"):
        rows = _workbook_rows(content)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadSheet("This is an old Excel file, or one with a password. Save it as “.xlsx” without a password.")
    else:
        rows = _text_rows(content, titles)
    return _to_rows(rows, list(titles))


def _to_rows(rows: Iterator[list[str]], known: list[str]) -> list[SheetRow]:
    by_fold = {fold(title): title for title in known}
    numbered = ((number, row) for number, row in enumerate(rows, start=1) if any(row))
    _, header = next(numbered, (0, []))
    while header and not header[-1]:
        header.pop()
    if not header:
        raise BadSheet("The file is empty.")
    if not any(fold(title) in by_fold for title in header):
        raise BadSheet("The first row must have the titles of the columns, as in the template: “Name”, “Organisation”…")
    titles = [by_fold.get(fold(title), "") for title in header]
    if sentences := _title_errors(header, titles, known):
        raise BadSheet(" ".join(sentences))
    found_rows: list[SheetRow] = []
    for number, row in numbered:
        if len(found_rows) == MOST_ROWS:
            raise BadSheet(f"The file has more than {MOST_ROWS:,} rows. Send it in parts.")
        if any(row[len(titles) :]):
            raise BadSheet(f"Row {number} has more cells than there are titles. Look at its last cells.")
        found_rows.append(SheetRow(number, dict(itertools.zip_longest(titles, row[: len(titles)], fillvalue=""))))
    if not found_rows:
        raise BadSheet("The file has titles, and no rows below them.")
    return found_rows


def _title_errors(header: list[str], titles: list[str], known: list[str]) -> list[str]:
    """Return sentences for all titles that are unknown, which have "" among `titles`, and for those that repeat."""
    unknown = [title for title, found in zip(header, titles, strict=True) if not found]
    sentences = [f"There is no column {_quoted(title)}.{did_you_mean(title, known)}" for title in unknown]
    if len(unknown) > 1:
        names = ", ".join(map(_quoted, unknown))
        near = [f"{_quoted(title)}:{guess}" for title in unknown if (guess := did_you_mean(title, known))]
        sentences = [f"There are no columns {names}.", *near]
    if unknown:
        sentences.append("Take them out, or put their titles right." if len(unknown) > 1 else _ADVICE)
    for title in dict.fromkeys(filter(None, titles)):
        if titles.count(title) > 1:
            sentences.append(f"The column “{title}” is there twice. Take one of the two out.")
    return sentences


def _quoted(title: str) -> str:
    return f"“{title}”" if title else "without a title"


def _text_rows(content: bytes, titles: Iterable[str]) -> Iterator[list[str]]:
    text = _decoded(content)
    first = text.lstrip().split("\n", 1)[0]
    known = {fold(title) for title in titles}
    separator = max(",;\t", key=lambda sign: sum(fold(each) in known for each in first.split(sign)))
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            yield [tidy(unescape_cell(tidy(cell))) for cell in row[: MOST_COLUMNS + 1]]
    except csv.Error as error:
        raise BadSheet("This file cannot be read. Save it again as “CSV UTF-8”, or as an Excel workbook.") from error


def _decoded(content: bytes) -> str:
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadSheet("This is neither a CSV file nor an Excel workbook (“.xlsx”). Save it as one of the two.")


def _workbook_rows(content: bytes) -> Iterator[list[str]]:
    try:
        lines = run_bounded("groups.spreadsheets.workbook", content, LIMITS).decode().split("\n")
    except LimitExceeded:
        lines = [json.dumps(TOO_LARGE)]
    except ProcessFailed:
        lines = [json.dumps(BROKEN)]
    for row in map(json.loads, filter(None, lines)):
        if row == TOO_LARGE:
            raise BadSheet("This Excel workbook is too large when it is unpacked. Copy the rows into a new one.")
        if row == BROKEN:
            raise BadSheet("This Excel workbook cannot be read. Open it, save it again as “.xlsx”, and send that.")
        yield [tidy(unescape_cell(tidy(cell))) for cell in row]
