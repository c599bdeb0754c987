"""The column that says what a row is about: a group, an organisation without a group, or nothing for us."""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError

from common.text import fold

from ..choices import RowKind
from .columns import Choice, Column
from .row_state import RowState

WHAT_IT_IS = "What it is"
_GROUPS = re.compile(r"\b(groups?|meetings?|peer|mutual|self help|circle|cafe|choir|walk)\b")

#: For an organisation without a group: the columns of a group that say the same of it.
_OF_GROUP = {
    "Organisation": "Name",
    "Organisation summary": "Summary",
    "What the organisation does": "What it is like",
    "Organisation website": "Group website",
    "Organisation address": "Address",
    "Organisation postcode": "Postcode",
}


def row_kind(cells: Mapping[str, str]) -> RowKind:
    """Return what a row is about. Raises ValidationError, keyed by column title, for any other word."""
    text = cells.get(WHAT_IT_IS, "")
    try:
        return RowKind(RowKindColumn().cell.parse(text)) if text else RowKind.GROUP
    except ValueError as error:
        raise ValidationError({WHAT_IT_IS: str(error)}) from None


def guess_kind(value: str) -> RowKind:
    """Return what a row is that is called so, or is of this kind: a group where it says so, else an organisation."""
    return RowKind.GROUP if _GROUPS.search(fold(value)) else RowKind.ORGANISATION


def service_name(cells: Mapping[str, str]) -> str:
    """Return the name of the service that a row without a group is about; "" if it is about its organisation."""
    organisation, name = cells.get("Organisation", ""), cells.get("Name", "")
    return name if organisation and fold(name) != fold(organisation) else ""


def service_words(cells: Mapping[str, str]) -> str:
    """Return the cells of a row about a service, in one line."""
    summary, details = cells.get("Summary", ""), cells.get("What it is like", "")
    if details.startswith(summary.rstrip(".… ")):
        summary = ""
    return " ".join(" ".join([summary, details, cells.get("When", ""), cells.get("Cost", "")]).split())


def organisation_cells(cells: Mapping[str, str]) -> dict[str, str]:
    """Return the cells of a row that is not a group, as cells about its organisation.

    Cells about one service of it are left out.
    """
    if service_name(cells):
        return dict(cells)
    filled = {title: cells.get(title) or cells.get(of_group, "") for title, of_group in _OF_GROUP.items()}
    return dict(cells) | filled


class RowKindColumn(Column):
    """The column of the kind of a row: exported rows are always groups."""

    def __init__(self) -> None:
        about = "Of a row that is no group: an organisation to list for what it does, or nothing for us."
        super().__init__("row_kind", WHAT_IT_IS, Choice(RowKind), about, "Group")

    def value(self, state: RowState) -> RowKind:
        return RowKind.GROUP
