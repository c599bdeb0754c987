"""Pages behind the token of a check request: the listings as they are today, and the forms to answer. GET is safe.

The token is in the query string, which is not logged; the pages are `noindex`.
"""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from common.requests import is_same_origin, public_form_view

from .answers import QueueFullError, confirm_listing, propose_changes, propose_end
from .forms import EndedForm, change_form_for
from .models import CheckRequest
from .snapshots import ListingSnapshot, snapshot_listings
from .tokens import InvalidTokenError, request_of_token

_NOT_OURS = "Your browser did not say that this came from our own page. Please send it again."
_NO_ROOM = "You have told us a lot about this already, and nobody has read it yet. Please try again in a few days."
_CHANGED = "This page has changed since you opened it. Please read it once more below, and answer again."


@public_form_view
def check_listings(request: HttpRequest) -> HttpResponse:
    """Show the listings that a message asked about, as they are today. POST confirms those that are still right."""
    today = timezone.localdate()
    try:
        asked = request_of_token(request.GET.get("t", ""), today)
    except InvalidTokenError as error:
        return _invalid_token(request, error)
    problem, status = "", 200
    if request.method == "POST":
        if is_same_origin(request):
            confirmed, changed = confirm_listing(asked, request.POST.getlist("shown"), today)
            if confirmed and not changed:
                return redirect(_url_with_token("groups:check_listings", request) + "#thanks")
            problem = _CHANGED
        else:
            problem, status = _NOT_OURS, 403
    shown = snapshot_listings(asked, today)
    context = {
        "asked": asked,
        "nation": asked.organisation.nation,
        "shown": shown,
        "open": [snapshot for snapshot in shown if snapshot.is_public and snapshot.asked.answer == "none"],
        "answered": any(snapshot.asked.answer != "none" for snapshot in shown),
        "problem": problem,
        "query": urlencode({"t": request.GET["t"]}),
    }
    return _noindex(render(request, "groups/verification/check_listings.html", context, status=status))


@public_form_view
def check_change(request: HttpRequest) -> HttpResponse:
    """The form for what has changed in one listing."""
    return _answer(request, "groups/verification/check_change.html")


@public_form_view
def check_ended(request: HttpRequest) -> HttpResponse:
    """The form to say that one listing has ended."""
    return _answer(request, "groups/verification/check_ended.html")


def _answer(request: HttpRequest, template: str) -> HttpResponse:
    today = timezone.localdate()
    try:
        asked = request_of_token(request.GET.get("t", ""), today)
        snapshot = _snapshot_of(asked, request.GET.get("listing", ""), today)
    except InvalidTokenError as error:
        return _invalid_token(request, error)
    data = request.POST if request.method == "POST" else None
    is_ended = template == "groups/verification/check_ended.html"
    form = EndedForm(data) if is_ended else change_form_for(snapshot.listing)(data, instance=snapshot.listing)
    # A model form writes the posted values into its instance, so the page is rendered from a snapshot made afterwards.
    status = _process_answer(request, form, asked, snapshot, is_ended) if data is not None else 200
    if status is None:
        return redirect(_url_with_token("groups:check_listings", request) + "#thanks")
    current = _snapshot_of(asked, request.GET["listing"], today)
    context = {
        "asked": asked,
        "nation": current.listing.nation,
        "snapshot": current,
        "form": form,
        "back": _url_with_token("groups:check_listings", request),
    }
    return _noindex(render(request, template, context, status=status))


def _process_answer(
    request: HttpRequest, form: Any, asked: CheckRequest, snapshot: ListingSnapshot, is_ended: bool
) -> int | None:
    """Record the answer. Return None when that is done, else the HTTP status of the page that shows the form again."""
    if not is_same_origin(request):
        form.add_error(None, _NOT_OURS)
        return 403
    if not form.is_valid():
        return 200
    signed_state, answers, today = request.POST.get("shown", ""), form.cleaned_data, timezone.localdate()
    try:
        if is_ended:
            is_recorded = propose_end(
                asked, snapshot, signed_state, answers["ended_on"], answers["words"], answers["email"], today
            )
        else:
            is_recorded = propose_changes(
                asked, snapshot, signed_state, form.proposed, form.whole_note, answers["email"], today
            )
    except QueueFullError:
        form.add_error(None, _NO_ROOM)
        return 429
    if is_recorded:
        return None
    form.add_error(None, _CHANGED)
    return 409


def _snapshot_of(asked: CheckRequest, key: str, today: datetime.date) -> ListingSnapshot:
    """Return the snapshot with this key of `AskedListing`. Raises `InvalidTokenError` if the request has none."""
    for snapshot in snapshot_listings(asked, today):
        if str(snapshot.asked.pk) == key and snapshot.is_public:
            return snapshot
    raise InvalidTokenError


def _invalid_token(request: HttpRequest, error: InvalidTokenError) -> HttpResponse:
    status = 410 if error.is_expired else 404
    return _noindex(
        render(request, "groups/verification/check_no_link.html", {"is_expired": error.is_expired}, status=status)
    )


def _url_with_token(name: str, request: HttpRequest) -> str:
    return f"{reverse(name)}?{urlencode({'t': request.GET['t']})}"


def _noindex(response: HttpResponse) -> HttpResponse:
    """Tell search engines not to index the response."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
