"""Parse uploaded CSV and Excel files, tolerant of the differences between spreadsheet programs."""

import csv
import datetime
import io
import itertools
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from common.text import fold

from .cells import did_you_mean, tidy, unescape_cell

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 120
#: Limits of an unpacked workbook, against zip bombs.
MOST_UNPACKED = 80 * 1024 * 1024
MOST_PIECES = 500
#: The name of the worksheet with the groups.
SHEET = "Groups"
#: After so many consecutive empty rows the rest of a worksheet is ignored.
_MOST_EMPTY = 2_000


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
    titles: list[str] = []
    for title in header:
        found = by_fold.get(fold(title))
        if found is None:
            label = f"“{title}”" if title else "without a title"
            raise BadSheet(
                f"There is no column {label}.{did_you_mean(title, known)} Take it out, or put its title right."
            )
        if found in titles:
            raise BadSheet(f"The column “{found}” is there twice. Take one of the two out.")
        titles.append(found)
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
    broken = "This Excel workbook cannot be read. Open it, save it again as “.xlsx”, and send that."
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as pieces:
            unpacked = [piece.file_size for piece in pieces.infolist()]
            if len(unpacked) > MOST_PIECES or sum(unpacked) > MOST_UNPACKED:
                raise BadSheet("This Excel workbook is too large when it is unpacked. Copy the rows into a new one.")
            # With `data_only` a formula is read as its value when the file was saved.
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            sheets = {sheet.title: sheet for sheet in book.worksheets}
            if not sheets:
                raise BadSheet(broken)
            sheet = sheets.get(SHEET) or book.worksheets[0]
            sheet.reset_dimensions()
            empty = 0
            for row in sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True):
                cells = [_cell_text(value) for value in row]
                empty = 0 if any(cells) else empty + 1
                if empty > _MOST_EMPTY:
                    return
                yield cells
    except (zipfile.BadZipFile, InvalidFileException, ParseError, *_OPENPYXL_ERRORS) as error:
        raise BadSheet(broken) from error


#: What openpyxl raises for missing or invalid parts of a workbook.
_OPENPYXL_ERRORS = (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, NotImplementedError, EOFError)


def _cell_text(value: object) -> str:
    """Return the value of a workbook cell as an editor would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(unescape_cell(tidy(str(value))))
