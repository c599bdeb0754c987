"""Rows of admin changelists, with headings in each cell for the card layout on phones."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from organisations.choices import Publication

register = template.Library()
_USUAL = f">{Publication.PUBLISHED.label}</td>"


@register.filter
def under(cells: Iterable[SafeString], headers: Iterable[dict[str, Any]]) -> Iterator[SafeString]:
    """Yield the cells of a row with `data-heading`, the heading of the column, or `data-empty`.

    What nearly every row says has `data-usual` too: a phone leaves it out.
    """
    for cell, header in zip(cells, headers, strict=True):
        yield _headed(cell, header) if cell.startswith("<td") else cell


def _headed(cell: SafeString, header: dict[str, Any]) -> SafeString:
    """Return a cell with its attribute; a checkbox stays as it is."""
    if cell.startswith('<td class="action-checkbox"'):
        return cell
    attribute = (
        "data-empty" if cell.endswith(">-</td>") else format_html('data-heading="{}"', _first_capital(header["text"]))
    )
    if cell.endswith(_USUAL):
        attribute = format_html("{} data-usual", attribute)
    # Safe: the admin has escaped the cell, and format_html the heading.
    return mark_safe(f"<td {attribute}{cell.removeprefix('<td')}")


def _first_capital(words: str) -> str:
    return words[:1].upper() + words[1:]
