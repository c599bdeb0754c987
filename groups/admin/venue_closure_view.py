"""The staff page that closes a venue for a period, for all of its groups at once."""

import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone

from organisations.admin.revisions import RevisionAdmin

from ..disclosures import warn_of_disclosure
from .venue_closure import VenueClosure, close, current_closures, day_in_full, undo

_FORTNIGHT = datetime.timedelta(days=13)
#: The browser's own date picker.
_DAY_BOX = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ClosingForm(forms.Form):
    """The first and last day of a closure, and its reason."""

    first = forms.DateField(label="First day it is closed", widget=_DAY_BOX)
    last = forms.DateField(label="Last day it is closed", widget=_DAY_BOX, help_text="It opens again the day after.")
    words = forms.CharField(
        label="What people read",
        required=False,
        max_length=120,
        help_text="“The hall is being painted.” The day it opens again is added. You may leave this empty.",
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day cannot come before the first.")
        elif last and last < timezone.localdate():
            self.add_error("last", "This day is past.")
        return cleaned


class VenueClosureAdmin(RevisionAdmin):
    """Mixin of `VenueAdmin` with the page and action that close a venue. It precedes `ModelAdmin` in the bases."""

    actions = ["close_venue"]

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.close_view)
        return [path("<int:object_id>/close/", view, name="groups_venue_close"), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add to the context whether the user may close the venue, and its closures."""
        venue = context.get("original")
        if venue is not None and self._may_close(request, venue):
            context |= {"may_close": True, "closures": current_closures(venue, timezone.localdate())}
        return super().render_change_form(request, context, *args, **kwargs)

    def _may_close(self, request: HttpRequest, venue: Any) -> bool:
        user: Any = request.user
        return self.has_change_permission(request, venue) and user.has_perm("groups.change_supportgroup")

    @admin.action(description="Close for some time…", permissions=["change"])
    def close_venue(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Redirect to the page that closes the venue, if exactly one is selected."""
        venues = list(queryset[:2])
        if len(venues) != 1:
            messages.error(request, "Choose one venue. Each is closed on a page of its own.")
            return None
        return HttpResponseRedirect(reverse("admin:groups_venue_close", args=[venues[0].pk]))

    def close_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Show the form; on POST show the dry run; with the button "_close", close the venue."""
        venue = self._get_row(request, str(object_id))
        if not self._may_close(request, venue):
            raise PermissionDenied
        today = timezone.localdate()
        if "_undo" in request.POST:
            return self._undo(request, venue, request.POST["_undo"], today)
        form = ClosingForm(request.POST or None, initial={"first": today, "last": today + _FORTNIGHT})
        closing = None
        if form.is_valid() and "_again" not in request.POST:
            if "_close" in request.POST:
                return self._close(request, venue, form.cleaned_data)
            closing = VenueClosure(venue, **form.cleaned_data)
        return self._render(
            request,
            "admin/close_venue.html",
            venue,
            title=f"Close {venue.name} for some time",
            form=form,
            closing=closing,
            closures=current_closures(venue, today),
            opens_again=day_in_full(closing.opens_again_on) if closing else "",
        )

    def _undo(self, request: HttpRequest, venue: Any, key: str, today: datetime.date) -> HttpResponseRedirect:
        """Undo the closure with this key, if it is there still."""
        closure = next((each for each in current_closures(venue, today) if each.key == key), None)
        groups = undo(venue, closure) if closure else []
        if closure is None:
            messages.warning(request, "Nothing was changed: it is not closed on those days any more.")
        else:
            self.log_change(request, venue, f"Not closed {closure.period} after all.")
            number = len(groups)
            messages.success(
                request, f"{_groups(number)} {'meets' if number == 1 else 'meet'} as usual {closure.period}."
            )
        for group in groups:
            self.log_change(request, group, f"{venue.name} is not closed after all.")
        return HttpResponseRedirect(reverse("admin:groups_venue_change", args=[venue.pk]))

    def _close(self, request: HttpRequest, venue: Any, cleaned: dict[str, Any]) -> HttpResponseRedirect:
        closing = close(venue, **cleaned)
        number = len(closing.off)
        self.log_change(request, venue, f"Closed {closing.period}: {_groups(number)} off.")
        for group, _ in closing.off:
            self.log_change(request, group, f"Off {closing.period}: {closing.reason}.")
            warn_of_disclosure(request, group)
        if number:
            messages.success(
                request,
                f"{_groups(number)} {'is' if number == 1 else 'are'} off {closing.period}. “{venue.name}” opens "
                f"again on {day_in_full(closing.opens_again_on)}.",
            )
        else:
            messages.warning(request, "Nothing was changed: no group had to be set off.")
        for group, why in closing.by_hand:
            messages.warning(request, f"Look at “{group.name}” yourself: {why}")
        return HttpResponseRedirect(reverse("admin:groups_venue_change", args=[venue.pk]))


def _groups(number: int) -> str:
    return "1 group" if number == 1 else f"{number or 'No'} groups"
