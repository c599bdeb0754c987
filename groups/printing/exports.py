"""Export a `PrintDocument` as CSV, XLSX or plain text."""

import csv
import io
import re
from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from common.dates import format_date

from .document import PrintDocument, PrintEntry
from .fields import FACTS, FIELDS

#: Column headings, with the width of each column in characters. The first column is the heading of the section.
COLUMNS = {"Under": 16} | {field.column: field.width for field in FIELDS if field.column}
#: What a spreadsheet takes for the start of a formula (CSV injection).
_FORMULA = re.compile(r"^[\s\0]*[=+\-@|%\t\r\n＝＋－＠]")


def notes(document: PrintDocument) -> list[str]:
    """Return the lines about the list itself: its dates, what is left out, its URL, the crisis lines."""
    return [
        f"Printed {format_date(document.printed_on)}. Please check before you travel. "
        f"Good until {format_date(document.good_until)}.",
        *document.left_out,
        f"This list as it is now: {document.url}",
        *(f"{what} {number}" for what, number in document.help_now),
    ]


def render_csv(document: PrintDocument) -> bytes:
    """Return the list as CSV: UTF-8 with the byte order mark that Excel needs, formula-like cells escaped."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([plain_cell(text) for text in row] for row in _rows(document))
    writer.writerow([])
    writer.writerows([[plain_cell(text)] for text in (document.title, *notes(document))])
    return file.getvalue().encode("utf-8-sig")


def render_xlsx(document: PrintDocument) -> bytes:
    """Return the list as an Excel workbook in which every cell is of the type text."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Groups"
    book.properties.title, book.properties.creator = document.title, ""
    rows = [[document.title], *([note] for note in notes(document)), [], list(COLUMNS), *_rows(document)]
    header = len(rows) - len(document.entries)
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            if text:
                cell = sheet.cell(number, column, ILLEGAL_CHARACTERS_RE.sub("", text))
                cell.data_type = "s"
                cell.alignment = Alignment(wrap_text=number >= header, vertical="top")
                cell.font = Font(bold=number in (1, header))
    for column, width in enumerate(COLUMNS.values(), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = sheet.cell(header + 1, 3)
    sheet.print_title_rows = f"{header}:{header}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def render_text(document: PrintDocument) -> str:
    """Return the list as plain text, to paste into an e-mail or a message."""
    lines = [document.title, ""]
    for section in document.sections:
        if section.heading:
            lines += [section.heading.upper(), *section.also, ""]
        for entry in section.entries:
            lines += [*_entry_lines(entry), ""]
    return "\n".join([*lines, *notes(document)]) + "\n"


def plain_cell(text: str) -> str:
    """Return the text, quoted if a spreadsheet would take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _rows(document: PrintDocument) -> Iterator[list[str]]:
    for section in document.sections:
        for entry in section.entries:
            yield [section.heading, *(field.text(entry) for field in FIELDS if field.column)]


def _entry_lines(entry: PrintEntry) -> list[str]:
    under = ". ".join(filter(None, [entry.organisation, entry.what]))
    facts = [f"{fact.label}: {text}" for fact in FACTS if (text := fact.text(entry))]
    return [entry.name, under, *entry.flags, *facts, f"{entry.checked}.", entry.url]
