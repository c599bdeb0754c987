"""What a proposal says: for each field, what it was and what it could be."""

from typing import Any

from .models import Listing, proposable_fields

Changes = dict[str, dict[str, Any]]


def changes_to(listing: Listing, proposed: dict[str, Any]) -> Changes:
    """The plain fields of a listing for which something else is proposed than it says now.

    `listing` is as it stands; `proposed` has the values by the name of the field. Other names are left out.
    """
    return {
        field.name: {"was": getattr(listing, field.name), "proposed": proposed[field.name]}
        for field in proposable_fields(type(listing))
        if field.name in proposed and proposed[field.name] != getattr(listing, field.name)
    }
