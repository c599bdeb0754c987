"""The import template: an empty file with the titles of all columns, and help for each."""

from dataclasses import dataclass

from .columns import Cell
from .formats import csv_bytes, workbook_bytes, write_table
from .group_columns import column_titles, group_columns
from .list_columns import AreasCell, ContactsCell, NameListCell
from .reader import MOST_IN_WORDS
from .workbook import MOST_ROWS, SHEET

#: Excel's limit for the list of a data validation, in characters.
_MAX_LIST_LENGTH = 255
RULES = [
    "One row for each group. The first row has the titles of the columns; leave out those you do not need.",
    "An empty cell changes nothing. To empty what we say, write a single dash: -",
    "A row is about the group with its code; without a code, about the one of that organisation with that name. "
    "If there is none, a new group is added, as a draft.",
    "An organisation is found by its charity number, its name or a name it had. A manager's file adds one that is not "
    "there, as a draft. If its name is nearly one that we have, we ask; write “new:” before it, to add it anyway.",
    "A telephone or e-mail is for staff only, unless you name who agreed that everybody may see it.",
    "With “From list” and “Id in that list” the next file of the same list finds each row again, whatever its name is. "
    "What it has no more is shown, and nothing is done to it.",
    "If a name is nearly one that we have, we ask. Write “new” under “Code” to add it all the same.",
    "Nothing is written before you have seen what would change. If one row is wrong, nothing is written at all.",
    "An import never says that a listing has been checked.",
    f"At most {MOST_ROWS:,} rows and {MOST_IN_WORDS}.",
]


@dataclass(frozen=True)
class ColumnHelp:
    """The help for one column."""

    title: str
    about: str
    kind: str
    words: tuple[str, ...]
    example: str


def column_help() -> list[ColumnHelp]:
    """All columns in order, each with the words that it takes today."""
    return [
        ColumnHelp(column.title, column.about, column.cell.kind, _words(column.cell), column.example)
        for column in group_columns()
    ]


def template_csv() -> bytes:
    return csv_bytes(column_titles(), [])


def template_xlsx() -> bytes:
    """Return a workbook with an empty sheet, drop-down lists, and a second sheet that explains the columns."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    columns, sheet = column_help(), book.active
    sheet.title = SHEET
    for number, column in enumerate(columns, start=1):
        choices = ",".join(column.words)
        if column.words and column.kind == "One of these." and len(choices) <= _MAX_LIST_LENGTH and '"' not in choices:
            # A word with a comma would become two entries.
            if any("," in word for word in column.words):
                continue
            validation = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True, showErrorMessage=False)
            letter = get_column_letter(number)
            validation.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
            sheet.add_data_validation(validation)
    write_table(sheet, [column.title for column in columns], [])
    rows = [(column.title, column.about, column.kind, "\n".join(column.words), column.example) for column in columns]
    rows += [("", "", "", "", "")] + [("", rule, "", "", "") for rule in RULES]
    write_table(
        book.create_sheet("How to fill it in"),
        ["Column", "What it says", "What you may write", "The words", "For example"],
        rows,
        wide=True,
    )
    return workbook_bytes(book)


def _words(cell: Cell) -> tuple[str, ...]:
    if isinstance(cell, NameListCell) and not isinstance(cell, AreasCell | ContactsCell):
        return tuple(cell.model._default_manager.order_by("name").values_list("name", flat=True))
    return cell.words
