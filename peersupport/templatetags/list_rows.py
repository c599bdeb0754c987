"""Rows of the lists that staff read: on a phone a row stands as a card, where each value says its own heading."""

from collections.abc import Iterable, Iterator

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def under(cells: Iterable[SafeString], headers: Iterable[dict]) -> Iterator[SafeString]:
    """A row's cells as the admin draws them, each with the heading of its column; an empty one says that it is."""
    for cell, header in zip(cells, headers, strict=True):
        yield _headed(cell, header) if cell.startswith("<td") else cell


def _headed(cell: SafeString, header: dict) -> SafeString:
    """A box to tick has no heading, and needs none."""
    if cell.startswith('<td class="action-checkbox"'):
        return cell
    says = (
        "data-empty" if cell.endswith(">-</td>") else format_html('data-heading="{}"', _first_capital(header["text"]))
    )
    # Safe: the admin has escaped the cell, and format_html the heading.
    return mark_safe(f"<td {says}{cell.removeprefix('<td')}")


def _first_capital(words: str) -> str:
    return words[:1].upper() + words[1:]
