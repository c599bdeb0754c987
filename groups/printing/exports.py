"""Export a `PrintDocument` as CSV, XLSX or plain text."""

import csv
import io
import math
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from common.dates import format_date

from .document import PrintDocument, PrintEntry
from .fields import FACTS, FIELDS, UNDER

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

#: The facts of the list itself, which each row has, so that they can stand on a poster of any group; with their widths.
_OF_THE_LIST: dict[str, tuple[int, Callable[[PrintDocument], str]]] = {
    "Printed on": (20, lambda document: format_date(document.printed_on)),
    "Good until": (20, lambda document: format_date(document.good_until)),
    "Help now": (60, lambda document: " ".join(f"{what} {number}." for what, number in document.help_now)),
}
#: Column headings, with the width of each column in characters. The first column is the heading of the section.
COLUMNS = (
    {"Under": 16}
    | {field.column: field.width for field in FIELDS if field.column}
    | {heading: width for heading, (width, _) in _OF_THE_LIST.items()}
)
#: In CSV, which has no second sheet, the first row says the rest, too.
ONLY_IN_CSV = ("Not on this list", "This list as it is now")
#: Names of the sheets of a workbook. Programs offer them from A to Z, and the first of them has to be the groups.
GROUPS, NOTES = "Groups", "Notes"
_HOW_TO_USE = (
    f"The sheet “{GROUPS}” has a group in each row and a fact in each column, for a poster program (mail merge).",
    "Where “Day” is empty, see “When”. Where “Venue” is empty, see “Where”. Neither has a private address.",
)
#: The height of a line in points, and the most lines of a row that Excel can show.
_LINE, _MOST_LINES = 15, 27
#: How many pages its columns are printed on, side by side.
_WIDE = 5
#: What no cell of a workbook can hold: control characters that XML does not have.
ILLEGAL_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
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
    """Return the list as CSV: UTF-8 with the byte order mark that Excel needs, formula-like cells escaped.

    Every row after the headings is a group, as a mail merge takes it; but a list without any has one that says why.
    """
    first, *others = list(_rows(document)) or [[""] * len(COLUMNS)]
    rows = [[*first, " ".join(document.left_out), document.url], *([*row, "", ""] for row in others)]
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([*COLUMNS, *ONLY_IN_CSV])
    writer.writerows([plain_cell(text) for text in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def render_xlsx(document: PrintDocument) -> bytes:
    """Return the list as an Excel workbook: a sheet of groups, one of notes. Every cell is of the type text."""
    # The library takes 10 MB: only workers that make workbooks import it.
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, NamedStyle

    book = Workbook()
    book.properties.title, book.properties.creator = document.title, ""
    for name, is_bold in (("first", True), ("other", False)):
        style = NamedStyle(name, font=Font("Calibri", 11, is_bold), alignment=Alignment(wrap_text=True, vertical="top"))
        book.add_named_style(style)
    groups, about = book.active, book.create_sheet(NOTES)
    groups.title = GROUPS
    _write(groups, [[*COLUMNS], *_rows(document)], list(COLUMNS.values()))
    groups.freeze_panes = "C2"
    groups.print_title_rows, groups.print_title_cols = "1:1", "B:B"
    groups.page_setup.orientation = "landscape"
    # Who prints it none the less can read it: all in one width would be a third as large as the least that people can.
    groups.page_setup.fitToWidth, groups.page_setup.fitToHeight = _WIDE, 0
    groups.sheet_properties.pageSetUpPr.fitToPage = True
    _write(about, [[line] for line in (document.title, *notes(document), *_HOW_TO_USE)], [80])
    for sheet in (groups, about):
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write(sheet: "Worksheet", rows: Iterable[list[str]], widths: list[int]) -> None:
    """Write rows of text to a sheet, the first of them bold. Not every program makes a row as high as its text."""
    from openpyxl.utils import get_column_letter

    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            if text:
                cell = sheet.cell(number, column, ILLEGAL_CHARACTERS.sub("", text))
                cell.data_type = "s"
                cell.style = "first" if number == 1 else "other"
        lines = max(math.ceil(len(text) / (width - 4)) for text, width in zip(row, widths, strict=True))
        sheet.row_dimensions[number].height = min(lines, _MOST_LINES) * _LINE
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


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
    of_the_list = [text(document) for _, text in _OF_THE_LIST.values()]
    fields = [field for field in FIELDS if field.column]
    for section in document.sections:
        for entry in section.entries:
            row = [section.heading, *(field.text(entry) for field in fields), *of_the_list]
            # Some programs take a second line of a cell for the next group.
            yield [" ".join(text.split()) for text in row]


def _entry_lines(entry: PrintEntry) -> list[str]:
    facts = [f"{fact.label}: {text}" for fact in FACTS if (text := fact.text(entry))]
    return [entry.name, UNDER.text(entry), *entry.flags, *facts, f"{entry.checked}.", entry.url]
