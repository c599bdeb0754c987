"""Read a workbook as a program of its own: the file as standard input, a line of JSON for each row as output.

`reader` runs it bounded (`common.bounded_process`), for what a file costs to read is decided by whoever made it. Here
every piece of the archive has its bound too, so that most files are refused before they cost anything. The names of
pieces are the sender's word: where they lie, the limits of the process hold.
"""

import datetime
import io
import json
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

MOST_ROWS = 25_000
MOST_COLUMNS = 120
#: The name of the worksheet with the groups.
SHEET = "Groups"
MEGABYTE = 1024 * 1024
#: Limits of the whole archive, unpacked.
MOST_UNPACKED = 130 * MEGABYTE
MOST_PIECES = 500
#: The most letters of all cells: one text can stand in a hundred thousand of them.
MOST_LETTERS = 40_000_000
#: The consecutive empty rows after which the rest of a worksheet is ignored; the most rows, empty ones included.
_MOST_EMPTY, _MOST_LINES = 2_000, 50_000
#: The rows in which a sheet that is not empty has at least two.
_FIRST_ROWS = 20
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')
#: The messages that replace rows.
TOO_LARGE, BROKEN = "too large", "broken"
#: The key of the first merged cells that were filled downwards.
FILLED = "filled"


@dataclass(frozen=True)
class PieceLimit:
    """The most bytes and XML elements of the archive members whose names match."""

    names: re.Pattern[str]
    size: int
    elements: int


#: The first that matches counts. A list of groups needs a few KB of styles; programs that add one with each edit are
#: known to come to hundreds.
PIECE_LIMITS = (
    PieceLimit(
        re.compile(r"\[Content_Types\]\.xml|.*\.rels|xl/(workbook|styles)\.xml|(xl/theme|docProps)/.*"),
        MEGABYTE,
        20_000,
    ),
    PieceLimit(re.compile(r"xl/sharedStrings\.xml"), 20 * MEGABYTE, 1_000_000),
    PieceLimit(re.compile(r".*"), 100 * MEGABYTE, 5_000_000),
)


class TooLarge(Exception):
    """The workbook is over a limit."""


class Refused(Exception):
    """The workbook is ambiguous. The message says what to do."""


class Broken(Exception):
    """The file is not a workbook."""


def workbook_rows(content: bytes) -> Iterator[list[str] | dict[str, str]]:
    """Yield the texts of each row of the sheet of groups, or else of the first; an empty list for an empty row.

    What cells say that are merged over several rows stands in each of those rows. Then `{FILLED: "A2:A4"}` comes first,
    with the first such cells.

    Raises `TooLarge`, `Broken`, and whatever `zipfile` and `openpyxl` raise.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        check_pieces(archive)
    # With `data_only` a formula is read as its value when the file was saved.
    # The site imports this module for its limits, and never the library, which takes 10 MB.
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheet = _sheet_of(book)
    merged = _MergedCells(content, sheet)
    if merged.first:
        yield {FILLED: merged.first}
    sheet.reset_dimensions()
    empty = full = letters = 0
    rows = sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)
    for line, row in enumerate(rows, start=1):
        cells = merged.fill(line, [cell_text(value) for value in row])
        while cells and not cells[-1]:
            cells.pop()
        empty, full = (0, full + 1) if cells else (empty + 1, full)
        letters += sum(map(len, cells))
        if letters > MOST_LETTERS or line > _MOST_LINES:
            raise TooLarge
        if empty > _MOST_EMPTY:
            return
        yield cells
        # The titles, and one row over the limit, so that the reader notices.
        if full > MOST_ROWS + 1:
            return


def _sheet_of(book: Any) -> Any:
    """Return the sheet of groups, or else the only one that people see and that has rows; the first if none has any.

    Raises `Refused` if there are several, `Broken` if there is no sheet.
    """
    if not book.worksheets:
        raise Broken
    named = [sheet for sheet in book.worksheets if sheet.title == SHEET]
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    full = named or [sheet for sheet in visible if _has_rows(sheet)]
    if len(full) > 1:
        names = " and ".join(f"“{sheet.title}”" for sheet in full[:2])
        raise Refused(
            f"This workbook has rows on several sheets, {names} among them. Call the one that you mean “{SHEET}”, or "
            "send it alone."
        )
    return (full or visible or book.worksheets)[0]


def _has_rows(sheet: Any) -> bool:
    """Return whether a sheet has content in two of its first rows, at least two cells in one: titles and a row."""
    sheet.reset_dimensions()
    rows = [sum(cell is not None for cell in row) for row in sheet.iter_rows(max_row=_FIRST_ROWS, values_only=True)]
    return sum(map(bool, rows)) > 1 and max(rows) > 1


class _MergedCells:
    """The cells of a sheet that are merged over several rows, of which Excel stores the text in the first alone."""

    def __init__(self, content: bytes, sheet: Any) -> None:
        self.first = ""
        #: By their first row, the index of their first column and their last row.
        self._spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
        #: By column, the last row and the text of those that the rows are in.
        self._open: dict[int, tuple[int, str]] = {}
        self._has_titles = False
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(sheet._worksheet_path) as file:
            # They stand behind all rows.
            for match in _MERGED.finditer(file.read()):
                column, first, last_column, last = (each.decode() for each in match.groups())
                if first != last:
                    self.first = self.first or f"{column}{first}:{last_column}{last}"
                    self._spans[int(first)].append((_column_index(column), int(last)))

    def fill(self, line: int, cells: list[str]) -> list[str]:
        """Return the texts of a row with those of merged cells; an empty row stays so. Raises `Refused` for titles."""
        has_text = any(cells)
        for column, (last, text) in list(self._open.items()):
            if line > last:
                del self._open[column]
            elif has_text and column < len(cells) and not cells[column]:
                cells[column] = text
        is_first = not self._has_titles and sum(map(bool, cells)) > 1
        self._has_titles = self._has_titles or is_first
        for column, last in self._spans.get(line, ()):
            if is_first:
                raise Refused(
                    "The titles of this sheet are merged over several rows. Write them into one row, unmerged."
                )
            # What stands above the titles is the name of the list.
            if self._has_titles and column < len(cells):
                self._open[column] = (last, cells[column])
        return cells


def _column_index(letters: str) -> int:
    """Return the index of a column, from 0: 27 for "AB"."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def check_pieces(archive: zipfile.ZipFile) -> None:
    """Raise `TooLarge` if the archive, or one of its pieces, is over its limit. `zipfile` holds pieces to their sizes.

    Raises `Broken` for a document type, in which XML can define what grows or reads other files; Excel writes none.
    """
    pieces = archive.infolist()
    if len(pieces) > MOST_PIECES or sum(piece.file_size for piece in pieces) > MOST_UNPACKED:
        raise TooLarge
    for piece in pieces:
        limit = next(limit for limit in PIECE_LIMITS if limit.names.fullmatch(piece.filename))
        if piece.file_size > limit.size:
            raise TooLarge
        if piece.filename.endswith((".xml", ".rels")):
            _check_elements(archive, piece, limit.elements)


def _check_elements(archive: zipfile.ZipFile, piece: zipfile.ZipInfo, most: int) -> None:
    number = 0

    def count(name: str, attributes: object) -> None:
        nonlocal number
        number += 1
        if number > most:
            raise TooLarge

    def refuse(*_: object) -> None:
        raise Broken

    parser: Any = expat.ParserCreate()
    parser.StartElementHandler = count
    parser.StartDoctypeDeclHandler = refuse
    with archive.open(piece) as file:
        while chunk := file.read(MEGABYTE):
            parser.Parse(chunk, False)


def cell_text(value: object) -> str:
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
    return str(value)


def main() -> None:
    """Write each row; if the rest cannot be read, a last line with the reason, as text instead of a list."""
    try:
        for row in workbook_rows(sys.stdin.buffer.read()):
            _write_line(row)
    except TooLarge:
        _write_line(TOO_LARGE)
    except Refused as error:
        _write_line(str(error))
    except MemoryError:
        raise
    except Exception:  # Whatever is wrong with a file, a library meets it in its own way.
        _write_line(BROKEN)


def _write_line(line: list[str] | dict[str, str] | str) -> None:
    sys.stdout.buffer.write(json.dumps(line, ensure_ascii=False).encode(errors="replace") + b"\n")


if __name__ == "__main__":
    main()
