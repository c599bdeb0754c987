"""Admin of proposals, with a page that compares each field then, today and as proposed, and decides the proposal."""

import re
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from groups.choices import ProposalSource
from groups.disclosures import confidential_terms, warn_of_disclosure
from groups.joining_notices import joining_notice
from groups.models import SupportGroup, Venue
from organisations.admin import RECORD, PublicModelAdmin, fieldset
from organisations.admin.errors import error_sentences
from organisations.admin.permissions import nameable_rows
from organisations.admin.proposals import CONFIDENTIAL
from organisations.choices import CheckedBy
from organisations.permissions import CHANGE, VIEW, model_permission_page
from organisations.revisions.diff_text import RevisionDiff, revision_diffs

from ..comparison import Comparison
from ..models.base import CONTACT
from ..models.proposal import Proposal
from ..proposals import (
    ChangedSinceError,
    DecidedAlreadyError,
    OpenAlreadyError,
    comparisons,
    decide,
    reopen,
)
from ..proposed_contact import proposed_contact
from ..reports import UnchangedError
from .earlier_decisions import earlier_decisions
from .report import BY_LISTING, NAME_RELATIONS
from .unchanged import confirmation_page, is_confirmed

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
    name_relations = NAME_RELATIONS
    list_display = ["listing", "created_at", "source", "state", "closed_on"]
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
        """Return False: proposals are made on the page of a listing, from a report, or by a link."""
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show one proposal. POST decides it, reopens it, or stores the user's address for news."""
        proposal = self.get_object(request, unquote(object_id))
        if proposal is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]  # Not in the stubs.
        if not self.has_view_or_change_permission(request, proposal):
            raise PermissionDenied
        may_decide = proposal.is_open and self._may_decide(request, proposal)
        if "_tell_me" in request.POST and proposal.is_open and proposal.proposed_by == request.user:
            Proposal.objects.filter(pk=proposal.pk).update(email=getattr(request.user, "email", ""))
            messages.success(request, "You will be told by e-mail what becomes of it.")
            return HttpResponseRedirect(request.path)
        if request.method != "POST":
            return self._show(request, proposal, may_decide)
        if not self._may_decide(request, proposal):
            raise PermissionDenied
        try:
            problem = self._reopen(request, proposal) if "_reopen" in request.POST else self._decide(request, proposal)
        except UnchangedError:
            return confirmation_page(request, self, [proposal])
        if not problem:
            return HttpResponseRedirect(reverse("admin:groups_proposal_change", args=[proposal.pk]))
        return self._show(request, self.get_object(request, unquote(object_id)), may_decide, problem)

    def _may_decide(self, request: HttpRequest, proposal: Proposal) -> bool:
        """Return whether the user may publish the listing that it is about."""
        page, listing = model_permission_page(type(proposal.listing)), proposal.listing
        return page.has_change_permission(request, listing) and not page.only_proposes(request, listing)

    def _decide(self, request: HttpRequest, proposal: Proposal) -> str:
        """Decide the proposal as posted. Return an error message; "" on success."""
        data = request.POST
        note_is_done = "note_is_done" in data and "_none" not in data
        rows = comparisons(proposal)
        if "_all" in data and not note_is_done and (proposal.note or any(row.is_by_hand for row in rows)):
            return NOT_TICKED if any(not row.is_by_hand for row in rows) else NOTE_NOT_TICKED
        answers = _answers(request, rows)
        without_tick = [row.name for row in rows if row.is_so_already or answers.get(row.name)]
        take = proposal.changes if "_all" in data else [*data.getlist("take"), *without_tick] if "_some" in data else []
        if "_none" not in data and not take and not note_is_done:
            return NOTHING_TICKED
        try:
            decided = decide(
                proposal,
                take,
                editor=request.user,
                today=timezone.localdate(),
                revision=int(data["revision"]) if data.get("revision", "").isdecimal() else -1,
                note_is_done=note_is_done,
                confirmed=is_confirmed(request, proposal),
                checked_by=data["checked_by"] if data.get("checked_by") in CheckedBy and "_none" not in data else "",
                answers=answers,
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
            if CONTACT in decided.taken:
                _ask_to_release(request, decided)
            if notice := joining_notice(decided.listing):
                messages.warning(request, f"“{decided.listing.name}”: {notice}")
        messages.success(request, f"“{decided.listing}”: {decided.get_state_display().lower()}.")
        if _has_recipient(decided):
            messages.success(request, "We write to whoever wanted to hear what became of it.")
        return ""

    def _reopen(self, request: HttpRequest, proposal: Proposal) -> str:
        """Reopen the proposal. Return an error message; "" on success."""
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
        rows = [row for row in comparisons(proposal) if not row.is_secret or _may_know_venue(request, listing)]
        answers = _answers(request, rows)
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
            "rows": [(row, _disclosures(listing, row), answers.get(row.name, "")) for row in rows],
            "is_taken_by_tick": any(not row.is_by_hand for row in rows),
            "is_by_hand": bool(proposal.note) or any(row.is_by_hand for row in rows),
            "confidential_venues": _confidential_venues(request, proposal.note),
            "may_decide": may_decide,
            "may_reopen": not proposal.is_open and self._may_decide(request, proposal),
            "earlier": earlier_decisions(proposal),
            "was_told": _has_recipient(proposal),
            "note_is_done": "note_is_done" in request.POST,
            "problem": problem,
            "since": _diffs_since(request, proposal) if may_decide else [],
            "ways": CheckedBy.choices,
            "checked_by": CheckedBy.ORGANISATION if from_link else "",
            "email": "email" not in self.hidden(request) and proposal.email,
            "wants_news": bool(proposal.email),
            "may_ask": proposal.is_open
            and proposal.proposed_by == request.user
            and getattr(request.user, "email", "") not in ("", proposal.email),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/proposal.html", context)


def _ask_to_release(request: HttpRequest, proposal: Proposal) -> None:
    """Add a message that leads to the contact that was taken from a proposal, unless it is released already."""
    contact = proposed_contact(proposal.listing, proposal.changes[CONTACT])
    if contact is not None and not contact.is_released:
        url = reverse("admin:organisations_contact_change", args=[contact.pk])
        sentence = 'Only staff see the new contact. Did they agree that everybody may? <a href="{}">Release it</a>.'
        messages.warning(request, format_html(sentence, url))


def _has_recipient(proposal: Proposal) -> bool:
    """Return whether an e-mail address was left for news, with the proposal or with its report."""
    return bool(proposal.email or (proposal.report and proposal.report.email))


def _answers(request: HttpRequest, rows: list[Comparison]) -> dict[str, str]:
    """Return the posted answers to the questions of fields, by their names."""
    return {row.name: request.POST[key] for row in rows if (key := f"answer_{row.name}") in request.POST}


def _may_know_venue(request: HttpRequest, group: SupportGroup) -> bool:
    """Return whether the user may read the name of a group's venue, which is confidential."""
    return group.venue is None or nameable_rows(request, Venue.objects.filter(pk=group.venue.pk)).exists()


def _confidential_venues(request: HttpRequest, note: str) -> list[tuple[str, str]]:
    """Return (address of its page, name) of each confidential venue that a note means, of those the user may know."""
    keys = re.findall(rf"\b{CONFIDENTIAL} {Venue._meta.verbose_name}, number (\d+)", note)
    venues = nameable_rows(request, Venue.objects.filter(pk__in=keys)) if keys else ()
    return [(reverse("admin:groups_venue_change", args=[venue.pk]), str(venue)) for venue in venues]


def _diffs_since(request: HttpRequest, proposal: Proposal) -> list[RevisionDiff]:
    """Return the diffs of the listing since the proposal was made, newest first, at most ten."""
    listing = proposal.listing
    if listing.revision == proposal.made_against:
        return []
    history = model_permission_page(type(listing)).versions_for(request, listing)
    revisions = list(history.select_related("history_user")[:10])
    newer = [revision for revision in revisions if revision.revision > proposal.made_against]
    before = revisions[len(newer)] if len(newer) < len(revisions) else None
    return revision_diffs(newer, before=before, name_filter=partial(nameable_rows, request))


def _disclosures(listing: Any, row: Comparison) -> list[str]:
    """Return the terms of a confidential venue that the proposed text would disclose."""
    secret = confidential_terms(listing.venue) if isinstance(listing, SupportGroup) else None
    return secret.disclosed_in(row.proposed) if secret else []
