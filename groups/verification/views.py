"""The pages behind the link of a message: what we say now, and what its organisation answers. Opening one does nothing.

The secret stands after the question mark: no log keeps it, and no search engine is let in.
"""

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from common.requests import is_same_origin, public_form_view

from .answers import NoRoomError, confirm_listing, propose_changes, propose_end
from .forms import EndedForm, change_form_for
from .models import CheckRequest
from .snapshots import ListingSnapshot, snapshot_listings
from .tokens import LinkProblemError, request_of_token

_NOT_OURS = "Your browser did not say that this came from our own page. Please send it again."
_NO_ROOM = "You have told us a lot about this already, and nobody has read it yet. Please try again in a few days."
_CHANGED = "This page has changed since you opened it. Please read it once more below, and answer again."


@public_form_view
def check_listings(request: HttpRequest) -> HttpResponse:
    """All that a message asked about, as it is today, with the ways to answer; posted, some of it is still right."""
    today = timezone.localdate()
    try:
        asked = request_of_token(request.GET.get("t", ""), today)
    except LinkProblemError as problem:
        return _no_such_link(request, problem)
    said, status = "", 200
    if request.method == "POST":
        if is_same_origin(request):
            right, others = confirm_listing(asked, request.POST.getlist("shown"), today)
            if right and not others:
                return redirect(_address("groups:check_listings", request) + "#thanks")
            said = _CHANGED
        else:
            said, status = _NOT_OURS, 403
    shown = snapshot_listings(asked, today)
    context = {
        "asked": asked,
        "nation": asked.organisation.nation,
        "shown": shown,
        "open": [one for one in shown if one.is_public and one.asked.answer == "none"],
        "answered": any(one.asked.answer != "none" for one in shown),
        "said": said,
        "query": urlencode({"t": request.GET["t"]}),
    }
    return _private(render(request, "groups/verification/check_listings.html", context, status=status))


@public_form_view
def check_change(request: HttpRequest) -> HttpResponse:
    """What has changed, of one listing."""
    return _answer(request, "groups/verification/check_change.html")


@public_form_view
def check_ended(request: HttpRequest) -> HttpResponse:
    """One listing has ended."""
    return _answer(request, "groups/verification/check_ended.html")


def _answer(request: HttpRequest, template: str) -> HttpResponse:
    today = timezone.localdate()
    try:
        asked = request_of_token(request.GET.get("t", ""), today)
        one = _one_of(asked, request.GET.get("listing", ""), today)
    except LinkProblemError as problem:
        return _no_such_link(request, problem)
    data = request.POST if request.method == "POST" else None
    is_ended = template == "groups/verification/check_ended.html"
    form = EndedForm(data) if is_ended else change_form_for(one.listing)(data, instance=one.listing)
    # A form for a row writes what was typed into it; what is shown beside it is what we say now.
    status = _receive(request, form, asked, one, is_ended) if data is not None else 200
    if status is None:
        return redirect(_address("groups:check_listings", request) + "#thanks")
    now = _one_of(asked, request.GET["listing"], today)
    context = {
        "asked": asked,
        "nation": now.listing.nation,
        "one": now,
        "form": form,
        "back": _address("groups:check_listings", request),
    }
    return _private(render(request, template, context, status=status))


def _receive(
    request: HttpRequest, form: BaseForm, asked: CheckRequest, one: ListingSnapshot, is_ended: bool
) -> int | None:
    """Keep the answer: None when it is kept, else the status of the page that shows the form again."""
    if not is_same_origin(request):
        form.add_error(None, _NOT_OURS)
        return 403
    if not form.is_valid():
        return 200
    mark, said, today = request.POST.get("shown", ""), form.cleaned_data, timezone.localdate()
    try:
        if is_ended:
            kept = propose_end(asked, one, mark, said["ended_on"], said["words"], said["email"], today)
        else:
            kept = propose_changes(asked, one, mark, form.proposed, form.whole_note, said["email"], today)
    except NoRoomError:
        form.add_error(None, _NO_ROOM)
        return 429
    if kept:
        return None
    form.add_error(None, _CHANGED)
    return 409


def _one_of(asked: CheckRequest, key: str, today) -> ListingSnapshot:
    """The listing of this key that a message asked about; no other."""
    for one in snapshot_listings(asked, today):
        if str(one.asked.pk) == key and one.is_public:
            return one
    raise LinkProblemError


def _no_such_link(request: HttpRequest, problem: LinkProblemError) -> HttpResponse:
    status = 410 if problem.is_old else 404
    return _private(
        render(request, "groups/verification/check_no_link.html", {"is_old": problem.is_old}, status=status)
    )


def _address(name: str, request: HttpRequest) -> str:
    return f"{reverse(name)}?{urlencode({'t': request.GET['t']})}"


def _private(response: HttpResponse) -> HttpResponse:
    """For no search engine, whoever found the link."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
