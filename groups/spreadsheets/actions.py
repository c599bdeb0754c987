"""The actions of a list of the staff pages that make a spreadsheet of the chosen rows."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse

from .pages import SpreadsheetPages, pages_of

#: The actions of Django's admin by name: (function, name, description).
Actions = dict[str, tuple[Callable[..., Any], str, str]]
#: The file format and the description of each action, by name.
FILE_ACTIONS = {
    "export_chosen": ("xlsx", "Export the chosen ones as an Excel workbook"),
    "export_chosen_csv": ("csv", "Export the chosen ones as CSV"),
}


def export_actions(page: Any, request: HttpRequest) -> Actions:
    """Return the actions that export rows of a `ModelAdmin`; {} without a spreadsheet or permission."""
    pages = pages_of(page)
    if pages is None or not pages.may_export(request):
        return {}
    return {name: (partial(_export, pages, kind), name, words) for name, (kind, words) in FILE_ACTIONS.items()}


def _export(
    pages: SpreadsheetPages, kind: str, page: Any, request: HttpRequest, rows: QuerySet[Any]
) -> StreamingHttpResponse | None:
    return pages.export_response(request, rows, kind) if rows.exists() else None
