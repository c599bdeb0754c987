"""The changes of a proposal: for each field, the old and the proposed value."""

from typing import Any

from .models import Listing, proposable_fields

Changes = dict[str, dict[str, Any]]


def changes_to(listing: Listing, proposed: dict[str, Any]) -> Changes:
    """Return {field name: {"was": value, "proposed": value}} for the plain fields whose proposed value differs.

    `proposed` has values by field name; names of other fields are ignored.
    """
    return {
        field.name: {"was": getattr(listing, field.name), "proposed": proposed[field.name]}
        for field in proposable_fields(type(listing))
        if field.name in proposed and proposed[field.name] != getattr(listing, field.name)
    }
