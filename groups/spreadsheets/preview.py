"""The template context of a dry run."""

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from .problems import problems_of
from .reader import Table
from .results import ImportResult

if TYPE_CHECKING:
    from .resources.base import SheetResource

#: The most rows of each kind in a preview: more would be slow, and nobody reads them.
MOST_SHOWN = 200


def preview_context(result: ImportResult) -> dict[str, Any]:
    """Return the template context of a dry run: errors, new rows and changed rows, at most `MOST_SHOWN` of each."""
    new, changed = result.new, result.changed
    problems = problems_of(result.errors)
    return {
        "problems": problems[:MOST_SHOWN],
        "problem_number": len(problems),
        "wrong_rows": len(result.errors),
        "new": new[:MOST_SHOWN],
        "new_number": len(new),
        "changed": changed[:MOST_SHOWN],
        "changed_number": len(changed),
        "same_number": result.same_number,
        "remarks": result.remarks[:MOST_SHOWN],
    }


def preview_page(resource: "SheetResource", result: ImportResult, table: Table) -> dict[str, Any]:
    """Return the preview of a dry run of a table as JSON: its HTML, its digest, and whether it can be confirmed."""
    can_be_written = result.changes_anything and not result.errors
    context = {
        **preview_context(result),
        **resource.preview_context(result),
        "resource": resource,
        "can_be_written": can_be_written,
        "filled": table.filled,
        "notes": table.notes,
    }
    return {
        "is_read": True,
        "summary": render_to_string("admin/spreadsheets/sheet_summary.html", context),
        "changes": render_to_string("admin/spreadsheets/sheet_changes.html", context),
        "mark": result.digest,
        "can_be_written": can_be_written,
    }


def count_of(number: int, noun: str, plural: str) -> str:
    """Return a number with its noun: "1 group", "1,200 groups"."""
    return f"1 {noun}" if number == 1 else f"{number:,} {plural}"
