"""Public forms for reports, suggestions and needs, each with a page of thanks. No cookie, no session."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.pagination import get_page
from common.requests import client_address, is_same_origin, public_form_view
from organisations.models import Organisation, PeerRole, Training
from organisations.views import listing_at

from ..models import SupportGroup
from ..search.danger import Detection
from .forms import MissingForm, PublicForm, SuggestionForm
from .models.need import Need
from .needs import record_need, record_suggestion
from .rate_limit import allow_submission
from .report_form import ReportForm
from .reports import record_report

Form = TypeVar("Form", bound=PublicForm)


@public_form_view
def group_report(request: HttpRequest, slug: str) -> HttpResponse:
    """The form to report what is wrong with a group."""
    group = listing_at(SupportGroup.objects.published().of_listed_organisations().for_cards(), slug)
    if group.slug != slug:
        return redirect("groups:group_report", group.slug, permanent=True)
    return _report(request, group, group.page_title)


@public_form_view
def organisation_report(request: HttpRequest, slug: str) -> HttpResponse:
    """The form to report what is wrong with an organisation."""
    organisation = listing_at(Organisation.objects.published(), slug)
    if organisation.slug != slug:
        return redirect("groups:organisation_report", organisation.slug, permanent=True)
    return _report(request, organisation, organisation.name)


@public_form_view
def role_report(request: HttpRequest, slug: str) -> HttpResponse:
    """The form to report what is wrong with a peer role."""
    role = listing_at(PeerRole.objects.published().of_listed_organisations().select_related("organisation"), slug)
    if role.slug != slug:
        return redirect("groups:role_report", role.slug, permanent=True)
    return _report(request, role, str(role))


@public_form_view
def training_report(request: HttpRequest, slug: str) -> HttpResponse:
    """The form to report what is wrong with a training."""
    training = listing_at(Training.objects.published().of_listed_organisations().select_related("organisation"), slug)
    if training.slug != slug:
        return redirect("groups:training_report", training.slug, permanent=True)
    return _report(request, training, str(training))


@require_safe
def report_thanks(request: HttpRequest) -> HttpResponse:
    """Thanks for a report."""
    return render(request, "groups/feedback/report_thanks.html", _danger_context(request))


@public_form_view
def group_suggest(request: HttpRequest) -> HttpResponse:
    """The form to suggest a group that is not listed."""
    form = SuggestionForm(request.POST if request.method == "POST" else None)
    status = process_submission(request, form, "a group that we do not have", record_suggestion)
    if status is None:
        return _thanks("groups:group_suggest_thanks", form)
    return render(request, "groups/feedback/group_suggest.html", {"form": form}, status=status)


@require_safe
def group_suggest_thanks(request: HttpRequest) -> HttpResponse:
    """Thanks for a suggestion."""
    return render(request, "groups/feedback/group_suggest_thanks.html", _danger_context(request))


@public_form_view
def missing(request: HttpRequest) -> HttpResponse:
    """The form for a need, and the needs that an editor has approved for the public."""
    form = MissingForm(request.POST if request.method == "POST" else None, initial=MissingForm.initial_of(request.GET))
    status = process_submission(request, form, "what is missing", record_need)
    if status is None:
        return _thanks("groups:missing_thanks", form)
    needs = Need.objects.filter(is_shown=True).select_related("area", "taken_on_by")
    context = {"form": form, "page": get_page(needs, request.GET)}
    return render(request, "groups/feedback/missing.html", context, status=status)


@require_safe
def missing_thanks(request: HttpRequest) -> HttpResponse:
    """Thanks for a need."""
    return render(request, "groups/feedback/missing_thanks.html", _danger_context(request))


def _report(request: HttpRequest, listing: Any, title: str) -> HttpResponse:
    form = ReportForm(listing, request.POST if request.method == "POST" else None)

    def record(form: ReportForm) -> None:
        answers = form.cleaned_data
        worded = {name: answers.get(f"{name}_in_words", "") for name in ("when", "where", "hours")}
        record_report(listing, answers["part"], answers["what_is_right"], answers["email"], **worded)

    status = process_submission(request, form, f"{listing._meta.model_name} {listing.pk}", record)
    if status is None:
        return _thanks("groups:report_thanks", form)
    context = {"form": form, "nation": listing.nation, "listing": listing, "listing_title": title}
    return render(request, "groups/feedback/report.html", context, status=status)


def _thanks(page: str, form: PublicForm) -> HttpResponse:
    """Redirect to the page of thanks; if danger was detected, with the code of the crisis lines to show there."""
    code = form.danger.code if form.danger and not form.is_honeypot_filled else ""
    return redirect(f"{reverse(page)}?lines={code}" if code else reverse(page))


def _danger_context(request: HttpRequest) -> dict[str, Detection | None]:
    """Return the danger that the code in the address names, for the crisis lines on a page of thanks."""
    return {"danger": Detection.of_code(request.GET.get("lines", ""))}


def process_submission(request: HttpRequest, form: Form, subject: str, record: Callable[[Form], object]) -> int | None:
    """Record a submission. Return None when that is done, else the HTTP status of the page that shows the form again.

    A submission with the honeypot filled in is thanked for and dropped. Only a network over its rate limit is refused;
    a flood from many networks is set aside by `record`, so that the form stays open.
    """
    if request.method != "POST":
        return 200
    if not is_same_origin(request):
        form.add_error(None, "Your browser did not say that this came from our own page. Please send it again.")
        return 403
    if not form.is_valid():
        return 200
    if form.is_honeypot_filled:
        return None
    if allow_submission(client_address(request), subject, timezone.localdate()):
        record(form)
        return None
    form.add_error(None, _too_many())
    return 429


def _too_many() -> str:
    why = "We take only a few messages a day from one internet connection, and yours has sent that many."
    what_now = "Please try again tomorrow"
    contact = settings.CONTACT_EMAIL
    return f"{why} {what_now}, or write to {contact}." if contact else f"{why} {what_now}."
