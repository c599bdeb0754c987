"""What a dry run found, for its page, and what an import did, in a sentence."""

from typing import Any

from django.template.loader import render_to_string

from .problems import problems_of
from .results import ImportResult
from .row_state import shown_as_contact_first

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
        "organisation_rows": len(result.organisation_rows),
        "left_out": len(result.left_out),
        "venues": result.new_venues[:MOST_SHOWN],
        "remarks": result.remarks[:MOST_SHOWN],
        "new_organisations": result.new_organisations[:MOST_SHOWN],
        "changed_organisations": result.changed_organisations[:MOST_SHOWN],
        "unreleased": len(result.unreleased_contacts),
        "records": len(result.new_records),
        "gone": result.gone[:MOST_SHOWN],
        "gone_number": len(result.gone),
        "contact_first": shown_as_contact_first([*new, *changed])[:MOST_SHOWN],
    }


def preview_page(result: ImportResult) -> dict[str, Any]:
    """Return a dry run for its page, as JSON: its pieces of HTML, its digest, and whether it can be confirmed."""
    can_be_written = result.changes_anything and not result.errors
    context = {**preview_context(result), "can_be_written": can_be_written}
    return {
        "is_read": True,
        "summary": render_to_string("admin/groups/supportgroup/sheet_summary.html", context),
        "changes": render_to_string("admin/groups/supportgroup/sheet_changes.html", context),
        "mark": result.digest,
        "can_be_written": can_be_written,
    }


def imported_sentence(result: ImportResult) -> str:
    """Return what was written, in a sentence."""
    parts = [f"{_count(len(result.new))} added, as drafts", f"{_count(len(result.changed))} changed"]
    for states, done in ((result.new_organisations, "added, as drafts"), (result.changed_organisations, "changed")):
        if states:
            number = "1 organisation" if len(states) == 1 else f"{len(states):,} organisations"
            parts.append(f"{number} {done}")
    return f"Imported: {'; '.join(parts)}. None of them counts as checked."


def _count(number: int) -> str:
    return "1 group" if number == 1 else f"{number:,} groups"
