"""The two file formats: CSV and Excel workbook."""

import csv
import io
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from .cells import escape_cell
from .workbook import SHEET

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.worksheet import Worksheet

_WIDE, _NARROW = 32, 16


def csv_bytes(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return CSV in UTF-8 with the byte order mark that Excel needs; cells are escaped against formulas."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(titles)
    writer.writerows([escape_cell(text) for text in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def xlsx_bytes(titles: Sequence[str], rows: Iterable[Sequence[str]], sheet: str = SHEET) -> bytes:
    """Return an Excel workbook in which every cell has the type text."""
    # The library takes 10 MB: only workers that make workbooks import it.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    write_table(book.create_sheet(sheet), titles, rows)
    return workbook_bytes(book)


def write_table(sheet: "Worksheet", headers: Sequence[str], rows: Iterable[Sequence[str]], wide: bool = False) -> None:
    """Write a frozen header row and text cells to a worksheet."""
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for number, title in enumerate(headers, start=1):
        is_wide = wide or title in ("Organisation", "Name", "Summary", "When", "Venue", "What it is like")
        sheet.column_dimensions[get_column_letter(number)].width = _WIDE if is_wide else max(_NARROW, len(title) + 2)
    sheet.append([_cell(sheet, title, is_title=True) for title in headers])
    for row in rows:
        sheet.append([_cell(sheet, escape_cell(text)) if text else None for text in row])


def workbook_bytes(book: "Workbook") -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: "Worksheet", text: str, is_title: bool = False) -> "WriteOnlyCell":
    from openpyxl.cell import WriteOnlyCell

    cell, (bold, wrapped) = WriteOnlyCell(sheet, text), _styles()
    cell.data_type = "s"
    if is_title:
        cell.font = bold
    if "\n" in text:
        cell.alignment = wrapped
    return cell


@cache
def _styles() -> "tuple[Font, Alignment]":
    """Return those of a title and of a text of several lines."""
    from openpyxl.styles import Alignment, Font

    return Font(bold=True), Alignment(wrap_text=True, vertical="top")
