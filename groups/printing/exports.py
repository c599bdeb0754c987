"""A list as a file: for a spreadsheet, for an e-mail or a message, for a calendar."""

import csv
import io
import re
from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from common.dates import format_date

from .document import PrintDocument, PrintEntry

#: What stands at the top of each column, and how wide it is in letters.
COLUMNS = {
    "Under": 16,
    "Name": 32,
    "Organisation": 28,
    "What": 18,
    "Please know": 32,
    "When": 36,
    "Next dates": 44,
    "Where": 44,
    "How to join": 36,
    "Access": 36,
    "Cost": 20,
    "Contact": 44,
    "Checked": 24,
    "Page": 32,
}
#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = re.compile(r"^[\s\0]*[=+\-@|%\t\r\n＝＋－＠]")


def notes(paper: PrintDocument) -> list[str]:
    """What must be known of a list beside its groups: its dates, what is not in it, where it is."""
    return [
        f"Printed {format_date(paper.printed_on)}. Please check before you travel. "
        f"Good until {format_date(paper.good_until)}.",
        *paper.left_out,
        f"This list as it is now: {paper.url}",
        *(f"{what} {number}" for what, number in paper.help_now),
    ]


def render_csv(paper: PrintDocument) -> bytes:
    """The list for any spreadsheet: UTF-8 with the mark that Excel needs, and no cell that it would work out."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([plain_cell(text) for text in row] for row in _rows(paper))
    writer.writerow([])
    writer.writerows([[plain_cell(text)] for text in (paper.title, *notes(paper))])
    return file.getvalue().encode("utf-8-sig")


def render_xlsx(paper: PrintDocument) -> bytes:
    """The list as an Excel workbook: every cell is text, whatever it begins with."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Groups"
    book.properties.title, book.properties.creator = paper.title, ""
    rows = [[paper.title], *([note] for note in notes(paper)), [], list(COLUMNS), *_rows(paper)]
    header = len(rows) - len(paper.entries)
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            if text:
                cell = sheet.cell(number, column, ILLEGAL_CHARACTERS_RE.sub("", text))
                cell.data_type = "s"
                cell.alignment = Alignment(wrap_text=number >= header, vertical="top")
                cell.font = Font(bold=number in (1, header))
    for letter, width in zip("ABCDEFGHIJKLMN", COLUMNS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = sheet.cell(header + 1, 3)
    sheet.print_title_rows = f"{header}:{header}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def render_text(paper: PrintDocument) -> str:
    """The list in plain words, to paste into an e-mail or a message."""
    lines = [paper.title, ""]
    for section in paper.sections:
        if section.heading:
            lines += [section.heading.upper(), *section.also, ""]
        for entry in section.entries:
            lines += [*_entry_lines(entry), ""]
    return "\n".join([*lines, *notes(paper)]) + "\n"


def plain_cell(text: str) -> str:
    """The text of a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _rows(paper: PrintDocument) -> Iterator[list[str]]:
    for section in paper.sections:
        for entry in section.entries:
            yield [
                section.heading,
                entry.name,
                entry.organisation,
                entry.what,
                " ".join(entry.flags),
                " ".join(entry.when),
                " ".join(entry.next_dates),
                ", ".join(entry.where),
                " ".join(entry.joining),
                " ".join(entry.access),
                entry.cost,
                "; ".join(entry.contacts),
                entry.checked,
                entry.url,
            ]


def _entry_lines(entry: PrintEntry) -> list[str]:
    facts = [
        ("", "\n".join(entry.flags)),
        ("When", " ".join(entry.when)),
        ("Next", " ".join(entry.next_dates)),
        ("Where", ", ".join(entry.where)),
        ("Joining", " ".join(entry.joining)),
        ("Access", " ".join(entry.access)),
        ("Cost", entry.cost),
        ("Contact", "; ".join(entry.contacts)),
    ]
    said = [f"{label}: {text}" if label else text for label, text in facts if text]
    under = ". ".join(filter(None, [entry.organisation, entry.what]))
    return [entry.name, under, *said, f"{entry.checked}.", entry.url]
