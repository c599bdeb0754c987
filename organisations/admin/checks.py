"""“Checked: all still right”: one click on the page of a listing, or for several at once in the list."""

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from ..choices import CheckedBy
from ..models import Listing

#: How staff check; by itself only an organisation can, behind the link of a message.
WAYS = (CheckedBy.PHONE, CheckedBy.VISIT, CheckedBy.EMAIL, CheckedBy.WEBSITE)
#: The name of the buttons on the page of a listing.
BUTTON = "_checked"


def add_check(request: HttpRequest, listing: Listing, how: CheckedBy) -> None:
    """Say that somebody found a listing right today. Nothing else of it is saved, so nobody's page grows old."""
    listing.checks.create(checked_on=timezone.localdate(), checked_by=how, editor=request.user)


def check_by_button(request: HttpRequest, listing: Listing) -> None:
    """Add the check of the button that a page was saved with, if it was one of these."""
    if request.POST.get(BUTTON) in WAYS:
        how = CheckedBy(request.POST[BUTTON])
        add_check(request, listing, how)
        messages.success(request, f"“{listing}” is checked {how.label}: all still right.")


def _action(how: CheckedBy):
    @admin.action(description=f"Checked {how.label}: all still right", permissions=["publish"])
    @transaction.atomic
    def checked(page, request: HttpRequest, queryset: QuerySet) -> None:
        listings = list(page.edited_by(request, queryset))
        for listing in listings:
            add_check(request, listing, how)
            page.log_change(request, listing, f"Checked {how.label}.")
        noun = page.opts.verbose_name if len(listings) == 1 else page.opts.verbose_name_plural
        messages.success(request, f"{len(listings) or 'No'} {noun} checked {how.label}.")

    checked.__name__ = f"checked_{how.value}"
    return checked


CHECK_ACTIONS = [_action(how) for how in WAYS]
