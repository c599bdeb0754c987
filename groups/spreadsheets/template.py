"""The import template: an empty file with the titles of all columns, and help for each."""

from dataclasses import dataclass

from .columns import Cell
from .formats import csv_stream, workbook_bytes, write_table
from .list_columns import AreasCell, ContactsCell, NameListCell
from .resources.base import SheetResource
from .workbook import MOST_ROWS

#: Excel's limit for the list of a data validation, in characters.
_MAX_LIST_LENGTH = 255


@dataclass(frozen=True)
class ColumnHelp:
    """The help for one column."""

    title: str
    about: str
    kind: str
    words: tuple[str, ...]
    example: str


def column_help(resource: SheetResource) -> list[ColumnHelp]:
    """Return all columns of a resource in order, each with its currently allowed words."""
    return [
        ColumnHelp(column.title, column.about, column.cell.kind, _words(column.cell), column.example)
        for column in resource.columns()
    ]


def template_csv(resource: SheetResource) -> bytes:
    return b"".join(csv_stream(resource.titles(), []))


def template_xlsx(resource: SheetResource) -> bytes:
    """Return a workbook with an empty sheet, drop-down lists, and a second sheet that explains the columns."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    columns, sheet = column_help(resource), book.active
    sheet.title = resource.plural.capitalize()
    for number, column in enumerate(columns, start=1):
        choices = ",".join(column.words)
        if column.words and column.kind == "One of these." and len(choices) <= _MAX_LIST_LENGTH and '"' not in choices:
            # A comma would split an entry in two.
            if any("," in word for word in column.words):
                continue
            validation = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True, showErrorMessage=False)
            letter = get_column_letter(number)
            validation.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
            sheet.add_data_validation(validation)
    write_table(sheet, [column.title for column in columns], [])
    rows = [(column.title, column.about, column.kind, "\n".join(column.words), column.example) for column in columns]
    rows += [("", "", "", "", "")] + [("", rule, "", "", "") for rule in resource.rules]
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
