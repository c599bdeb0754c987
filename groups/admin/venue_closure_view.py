"""The page on which an editor closes a venue for some time, for all its groups at once."""

import datetime

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone

from .group import warn_of_disclosure
from .venue_closure import VenueClosure, close, day_in_full

_FORTNIGHT = datetime.timedelta(days=13)
#: A box in which a browser offers a calendar of its own.
_DAY_BOX = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ClosingForm(forms.Form):
    """From when to when a venue is closed, and why."""

    first = forms.DateField(label="First day it is closed", widget=_DAY_BOX)
    last = forms.DateField(label="Last day it is closed", widget=_DAY_BOX, help_text="It opens again the day after.")
    words = forms.CharField(
        label="What people read",
        required=False,
        max_length=120,
        help_text="“The hall is being painted.” The day it opens again is added. You may leave this empty.",
    )

    def clean(self) -> dict:
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day cannot come before the first.")
        elif last and last < timezone.localdate():
            self.add_error("last", "This day is past.")
        return cleaned


class VenueClosureAdmin:
    """For the page of venues: closing one. It stands before `ModelAdmin` among the bases."""

    actions = ["close_for_some_time"]

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.close_view)
        return [path("<int:object_id>/close/", view, name="groups_venue_close"), *super().get_urls()]

    @admin.action(description="Close for some time…", permissions=["change"])
    def close_for_some_time(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Lead to the page of the one that is chosen."""
        chosen = list(queryset[:2])
        if len(chosen) != 1:
            messages.error(request, "Choose one venue. Each is closed on a page of its own.")
            return None
        return HttpResponseRedirect(reverse("admin:groups_venue_close", args=[chosen[0].pk]))

    def close_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Ask from when to when; then show what that means for each group; then do it."""
        venue = self._row(request, str(object_id))
        if not (self.has_change_permission(request, venue) and request.user.has_perm("groups.change_supportgroup")):
            raise PermissionDenied
        today = timezone.localdate()
        form = ClosingForm(request.POST or None, initial={"first": today, "last": today + _FORTNIGHT})
        closing = None
        if form.is_valid() and "_again" not in request.POST:
            if "_close" in request.POST:
                return self._close(request, venue, form.cleaned_data)
            closing = VenueClosure(venue, **form.cleaned_data)
        return self._show(
            request,
            "admin/close_venue.html",
            venue,
            title=f"Close {venue.name} for some time",
            form=form,
            closing=closing,
            opens_again=day_in_full(closing.opens_again_on) if closing else "",
        )

    def _close(self, request: HttpRequest, venue, asked: dict) -> HttpResponseRedirect:
        closing = close(venue, **asked)
        number = len(closing.off)
        self.log_change(request, venue, f"Closed {closing.time_in_words}: {_groups(number)} off.")
        for group, _ in closing.off:
            self.log_change(request, group, f"Off {closing.time_in_words}: {closing.reason}.")
            warn_of_disclosure(request, group)
        if number:
            messages.success(
                request,
                f"{_groups(number)} {'is' if number == 1 else 'are'} off {closing.time_in_words}. “{venue.name}” opens "
                f"again on {day_in_full(closing.opens_again_on)}.",
            )
        else:
            messages.warning(request, "Nothing was changed: no group had to be set off.")
        for group, why in closing.by_hand:
            messages.warning(request, f"Look at “{group.name}” yourself: {why}")
        return HttpResponseRedirect(reverse("admin:groups_venue_change", args=[venue.pk]))


def _groups(number: int) -> str:
    return "1 group" if number == 1 else f"{number or 'No'} groups"
