"""The page on which an editor decides a proposal: before, today and after, field by field."""

from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from groups.admin.group import warn_of_disclosure
from groups.admin.group_form import confidential_terms
from groups.admin.joining_notices import joining_notice
from groups.choices import ProposalSource
from groups.models import SupportGroup
from organisations.admin import RECORD, PublicModelAdmin, fieldset
from organisations.admin.errors import error_sentences
from organisations.admin.permissions import named
from organisations.choices import CheckedBy
from organisations.permissions import CHANGE, VIEW, model_permission_page
from organisations.revisions.diff_text import RevisionDiff, revision_diffs

from ..models.proposal import Proposal
from ..proposals import (
    ChangedSinceError,
    Comparison,
    DecidedAlreadyError,
    OpenAlreadyError,
    comparisons,
    decide,
    reopen,
)
from ..reports import UnchangedError
from .decisions import earlier_decisions
from .report import BY_LISTING, NAMES_SAY
from .unchanged import ask_first, is_asked_about

CHANGED = (
    "This has not been saved yet: somebody saved the listing after you opened this page. Read what it says today, "
    "below, and decide again."
)
NOTE_NOT_TICKED = (
    "You have not ticked “I have put it in”. Put it in, on the page of the listing, and tick it. Or take none of it."
)
NOT_TICKED = (
    "You have not ticked “I have put it in”. Put in what they say besides, and tick it. Or press “Take what is ticked”."
)
NOTHING_TICKED = "Nothing is ticked. Tick what you take, or press “Take none of it”."


@admin.register(Proposal)
class ProposalAdmin(PublicModelAdmin):
    belongs_by = BY_LISTING
    editors_may = (VIEW, CHANGE)
    for_managers = ("email",)
    names_say = NAMES_SAY
    list_display = ["created_at", "listing", "source", "state", "closed_on"]
    list_filter = ["state", "source"]
    search_fields = ["note", "group__name", "organisation__name", "role__title", "training__title"]
    autocomplete_fields = ["group", "organisation", "role", "training", "report", "suggestion"]
    fieldsets = [
        fieldset("About", "group", "organisation", "role", "training", about="One of the four."),
        fieldset("What is proposed", "source", "note", "email", "report", "suggestion"),
        fieldset("What you did", ("state", "closed_on"), "staff_note"),
        RECORD,
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds one here: it comes from the page of a listing, a report or a link."""
        return False

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context=None) -> HttpResponse:
        """One proposal; posted, it is decided."""
        proposal = self.get_object(request, unquote(object_id))
        if proposal is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, proposal):
            raise PermissionDenied
        may_decide = proposal.is_open and self._may_decide(request, proposal)
        if "_tell_me" in request.POST and proposal.is_open and proposal.proposed_by == request.user:
            Proposal.objects.filter(pk=proposal.pk).update(email=request.user.email)
            messages.success(request, "You will be told by e-mail what becomes of it.")
            return HttpResponseRedirect(request.path)
        if request.method != "POST":
            return self._show(request, proposal, may_decide)
        if not self._may_decide(request, proposal):
            raise PermissionDenied
        try:
            problem = self._reopen(request, proposal) if "_reopen" in request.POST else self._decide(request, proposal)
        except UnchangedError:
            return ask_first(request, self, [proposal])
        if not problem:
            return HttpResponseRedirect(reverse("admin:groups_proposal_change", args=[proposal.pk]))
        return self._show(request, self.get_object(request, unquote(object_id)), may_decide, problem)

    def _may_decide(self, request: HttpRequest, proposal: Proposal) -> bool:
        """Whoever may publish the listing that it is about."""
        page, listing = model_permission_page(type(proposal.listing)), proposal.listing
        return page.has_change_permission(request, listing) and not page.only_proposes(request, listing)

    def _decide(self, request: HttpRequest, proposal: Proposal) -> str:
        """Do what was chosen; what is wrong with it, in a sentence, or "" when it is done."""
        typed = request.POST
        note_is_done = "note_is_done" in typed and "_none" not in typed
        if "_all" in typed and proposal.note and not note_is_done:
            return NOT_TICKED if proposal.changes else NOTE_NOT_TICKED
        so_already = [row.name for row in comparisons(proposal) if row.is_so_already]
        take = (
            proposal.changes if "_all" in typed else [*typed.getlist("take"), *so_already] if "_some" in typed else []
        )
        if "_none" not in typed and not take and not note_is_done:
            return NOTHING_TICKED
        try:
            decided = decide(
                proposal,
                take,
                editor=request.user,
                today=timezone.localdate(),
                revision=int(typed["revision"]) if typed.get("revision", "").isdecimal() else -1,
                note_is_done=note_is_done,
                confirmed=is_asked_about(request, proposal),
                checked_by=typed["checked_by"] if typed.get("checked_by") in CheckedBy and "_none" not in typed else "",
            )
        except ChangedSinceError:
            return CHANGED
        except DecidedAlreadyError:
            return "Somebody else has decided this already."
        except ValidationError as error:
            return f"This cannot be taken as it is. {error_sentences(error, type(proposal.listing))}"
        self.log_change(request, decided, f"{decided.get_state_display()}.")
        if decided.taken:
            model_permission_page(type(decided.listing)).log_change(
                request, decided.listing, f"{decided.get_source_display()}."
            )
        if isinstance(decided.listing, SupportGroup):
            warn_of_disclosure(request, decided.listing)
            if notice := joining_notice(decided.listing):
                messages.warning(request, f"“{decided.listing.name}”: {notice}")
        messages.success(request, f"“{decided.listing}”: {decided.get_state_display().lower()}.")
        if _is_waited_for(decided):
            messages.success(request, "We write to whoever wanted to hear what became of it.")
        return ""

    def _reopen(self, request: HttpRequest, proposal: Proposal) -> str:
        """Open it again; what is wrong with that, in a sentence, or "" when it is done."""
        before = proposal.get_state_display()
        try:
            reopen(proposal, editor=request.user, today=timezone.localdate())
        except OpenAlreadyError:
            return "It is open already."
        self.log_change(request, proposal, f"Opened again. It was: {before}.")
        messages.success(request, "It is open again. Decide it anew.")
        return ""

    def _show(self, request: HttpRequest, proposal: Proposal, may_decide: bool, problem: str = "") -> TemplateResponse:
        listing = proposal.listing
        rows = comparisons(proposal)
        from_link = proposal.source == ProposalSource.LINK
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": proposal,
            "title": "Change proposal" if self.has_change_permission(request, proposal) else "View proposal",
            "module_name": self.opts.verbose_name_plural,
            "listing": listing,
            "listing_url": f"admin:{listing._meta.app_label}_{listing._meta.model_name}_change",
            "listing_history": f"admin:{listing._meta.app_label}_{listing._meta.model_name}_history",
            "rows": [(row, _tells(listing, row)) for row in rows],
            "may_decide": may_decide,
            "may_reopen": not proposal.is_open and self._may_decide(request, proposal),
            "earlier": earlier_decisions(proposal),
            "was_told": _is_waited_for(proposal),
            "note_is_done": "note_is_done" in request.POST,
            "problem": problem,
            "since": _since(request, proposal) if may_decide else [],
            "ways": CheckedBy.choices,
            "checked_by": CheckedBy.ORGANISATION if from_link else "",
            "email": "email" not in self.hidden(request) and proposal.email,
            "wants_news": bool(proposal.email),
            "may_ask": proposal.is_open
            and proposal.proposed_by == request.user
            and request.user.email not in ("", proposal.email),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/proposal.html", context)


def _is_waited_for(proposal: Proposal) -> bool:
    """Whether somebody left an address to hear of it: by the proposal, or by the report that it is of."""
    return bool(proposal.email or (proposal.report and proposal.report.email))


def _since(request: HttpRequest, proposal: Proposal) -> list[RevisionDiff]:
    """What was changed of the listing since the proposal was made, newest first, as far as versions tell."""
    listing = proposal.listing
    if listing.revision == proposal.made_against:
        return []
    told = model_permission_page(type(listing)).versions_for(request, listing)
    versions = list(told.select_related("history_user")[:10])
    newer = [version for version in versions if version.revision > proposal.made_against]
    before = versions[len(newer)] if len(newer) < len(versions) else None
    return revision_diffs(newer, before=before, named=partial(named, request))


def _tells(listing, row: Comparison) -> list[str]:
    """What of a confidential venue the proposed words would give away."""
    secret = confidential_terms(listing.venue) if isinstance(listing, SupportGroup) else None
    return secret.disclosed_in(row.proposed) if secret else []
