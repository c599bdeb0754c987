"""The links of a list of the staff pages to its spreadsheets."""

from typing import Any

from django import template
from django.http import HttpRequest

from groups.spreadsheets.pages import links_of

register = template.Library()


@register.filter
def spreadsheet_links(changelist: Any, request: HttpRequest) -> list[tuple[str, str]]:
    """Return `(address, words)` of the pages to import to and export from a list, of those that the user may open."""
    return links_of(changelist, request)
