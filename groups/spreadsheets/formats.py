"""The two file formats, CSV and Excel workbook, generated row by row."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from .cells import escape_cell

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.worksheet import Worksheet

_WIDE, _NARROW = 32, 16
_WIDE_TITLES = ("Organisation", "Name", "Title", "Summary", "When", "Venue", "What it is like")
#: The characters of a chunk: sending row by row would be twenty thousand writes.
_CHUNK = 64 * 1024
#: The compression level of a workbook: 6 takes twice as long for a file that is a tenth smaller.
_LEVEL = 3
#: The sample row, from which the style of a cell with several lines is taken.
_SAMPLE = re.compile(rb'<row r="2"><c r="A2" s="([0-9]+)".*?</row>', re.DOTALL)


def csv_stream(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Yield CSV in UTF-8 with the byte order mark that Excel needs; cells are escaped against formulas."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    file.write("\ufeff")
    writer.writerow(titles)
    for row in rows:
        writer.writerow([escape_cell(text) for text in row])
        if file.tell() > _CHUNK:
            yield _taken(file).encode()
    yield _taken(file).encode()


def xlsx_stream(titles: Sequence[str], rows: Iterable[Sequence[str]], sheet: str) -> Iterator[bytes]:
    """Yield an Excel workbook in which every cell has the type text.

    openpyxl writes the workbook with its titles; the rows are inserted into its worksheet while the archive is sent, so
    that neither file nor rows are ever in memory or on disk as a whole.
    """
    output = _Output()
    with (
        zipfile.ZipFile(io.BytesIO(_empty_workbook(titles, sheet))) as empty,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive,
    ):
        worksheet = "xl/worksheets/sheet1.xml"
        for name in empty.namelist():
            if name != worksheet:
                archive.writestr(name, empty.read(name))
        before, style, after = _SAMPLE.split(empty.read(worksheet))
        with archive.open(worksheet, "w") as part:
            part.write(before)
            for xml in _row_xml(rows, len(titles), style.decode()):
                part.write(xml.encode())
                if output.size > _CHUNK:
                    yield output.taken()
            part.write(after)
    yield output.taken()


class _Output(io.RawIOBase):
    """A write-only file whose content is taken piece by piece. It cannot seek, so that `zipfile` does not try to."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # The type of the base takes any buffer.
        self._parts.append(bytes(data))
        self.size += len(data)
        return len(data)

    def taken(self) -> bytes:
        """Return what was written since the last call."""
        parts, self._parts, self.size = self._parts, [], 0
        return b"".join(parts)


def _row_xml(rows: Iterable[Sequence[str]], width: int, wrapped: str) -> Iterator[str]:
    """Yield the XML of each row, from the second on. `wrapped` is the style of a cell with several lines."""
    from openpyxl.utils import get_column_letter

    letters = [get_column_letter(number) for number in range(1, width + 1)]
    for number, row in enumerate(rows, start=2):
        cells = []
        for letter, text in zip(letters, row, strict=True):
            if text:
                style = f' s="{wrapped}"' if "\n" in text else ""
                words = escape(escape_cell(text))
                cells.append(f'<c r="{letter}{number}"{style} t="inlineStr"><is><t>{words}</t></is></c>')
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _empty_workbook(titles: Sequence[str], sheet: str) -> bytes:
    """Return a workbook with the titles, and a sample row that `_SAMPLE` matches."""
    # The library takes 10 MB: only workers that make workbooks import it.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    write_table(book.create_sheet(sheet), titles, [["-\n-"]])
    return workbook_bytes(book)


def write_table(sheet: "Worksheet", headers: Sequence[str], rows: Iterable[Sequence[str]], wide: bool = False) -> None:
    """Write a frozen header row and text cells to a worksheet."""
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for number, title in enumerate(headers, start=1):
        is_wide = wide or title in _WIDE_TITLES
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
    """Return the styles of a title and of a text of several lines."""
    from openpyxl.styles import Alignment, Font

    return Font(bold=True), Alignment(wrap_text=True, vertical="top")


def _taken(file: io.StringIO) -> str:
    """Return the content of a file, and empty it."""
    text = file.getvalue()
    file.seek(0)
    file.truncate()
    return text
