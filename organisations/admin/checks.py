"""Adds a check by a button on the page of a listing, or by an action for several in the list."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from ..choices import CheckedBy
from ..models import Listing

#: How staff check. `CheckedBy.ORGANISATION` comes only from the signed link of a check request.
CHECK_METHODS = (CheckedBy.PHONE, CheckedBy.VISIT, CheckedBy.EMAIL, CheckedBy.WEBSITE)
#: The `name` of the buttons on the page of a listing.
CHECK_BUTTON = "_checked"


def add_check(request: HttpRequest, listing: Listing, how: CheckedBy) -> None:
    """Add a check of today. The listing itself is not saved, so open forms of it stay current."""
    listing.checks.create(checked_on=timezone.localdate(), checked_by=how, editor=request.user)


def check_by_button(request: HttpRequest, listing: Listing) -> None:
    """Add a check if the form was submitted by one of the check buttons."""
    if request.POST.get(CHECK_BUTTON) in CHECK_METHODS:
        how = CheckedBy(request.POST[CHECK_BUTTON])
        add_check(request, listing, how)
        messages.success(request, f"“{listing}” is checked {how.label}: all still right.")


def _action(how: CheckedBy) -> Any:
    @admin.action(description=f"Checked {how.label}: all still right", permissions=["publish"])
    @transaction.atomic
    def checked(page: Any, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        listings = list(page.edited_by(request, queryset))
        for listing in listings:
            add_check(request, listing, how)
            page.log_change(request, listing, f"Checked {how.label}.")
        noun = page.opts.verbose_name if len(listings) == 1 else page.opts.verbose_name_plural
        messages.success(request, f"{len(listings) or 'No'} {noun} checked {how.label}.")

    checked.__name__ = f"checked_{how.value}"
    return checked


CHECK_ACTIONS = [_action(how) for how in CHECK_METHODS]
