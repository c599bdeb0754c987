"""Turn suggestions into drafts, or into proposals for groups that are listed already; close and reopen them."""

import datetime
from typing import Any

from django.db import transaction

from common.emails import send_email
from organisations.choices import Publication
from organisations.models import Organisation, single_revision

from ..choices import ProposalSource, SuggestionState
from ..models import SupportGroup
from .models.proposal import Proposal
from .models.suggestion import Suggestion
from .proposals import proposal_with_note, propose


@transaction.atomic
def draft_of(suggestion: Suggestion, today: datetime.date) -> SupportGroup:
    """Store a draft of a group, and of an organisation if none is set, and close the suggestion.

    The text is the sender's own; nothing of it is public until an editor publishes it. What no field of a group takes
    as it is stands in its note for staff.
    """
    organisation = suggestion.organisation or _organisation_of(suggestion)
    group = SupportGroup(
        name=suggestion.name,
        organisation=organisation,
        summary=_first_sentence(suggestion.what),
        what_it_is_like=suggestion.what,
        publication=Publication.DRAFT,
        staff_note=_labelled(suggestion, "place"),
        source_name="Somebody told us of it",
        source_dated=f"{suggestion.created_at:%B %Y}",
    )
    with single_revision(group, "A draft of a suggestion"):
        group.save()
        if suggestion.area:
            group.areas_served.add(suggestion.area)
    suggestion.organisation, suggestion.group = organisation, group
    close_suggestion(suggestion, SuggestionState.DRAFTED, today)
    return group


@transaction.atomic
def proposal_of(suggestion: Suggestion, today: datetime.date) -> Proposal:
    """Store a proposal for the group that is set, with the suggestion as its note, and close the suggestion."""
    note = "\n".join(filter(None, [suggestion.what, _labelled(suggestion)]))
    listing: Any = suggestion.group
    proposal = propose(listing, ProposalSource.SUGGESTION, {}, note, suggestion=suggestion)
    close_suggestion(suggestion, SuggestionState.KNOWN, today)
    return proposal_with_note(proposal)


def _labelled(suggestion: Suggestion, *others: str) -> str:
    """Return what a suggestion says of when, where and how to ask, and in other fields, as a line for each."""
    labels = {
        "when_and_where": "When and where",
        "place": "Place",
        "run_by": "Who runs it",
        "how_to_ask": "How people can ask",
    }
    names = [name for name in labels if name in ("when_and_where", "run_by", "how_to_ask", *others)]
    return "\n".join(f"{labels[name]}: {text}" for name in names if (text := getattr(suggestion, name)))


class NoListingError(Exception):
    """A suggestion would be closed as listed with no listing, or as declined with a public one."""


def close_suggestion(suggestion: Suggestion, state: SuggestionState, today: datetime.date) -> None:
    """Close a suggestion, and e-mail its sender if they asked for news. Raises `NoListingError`."""
    if reason_not_to_close(suggestion, state):
        raise NoListingError
    suggestion.state, suggestion.closed_on = state, today
    suggestion.save()
    if suggestion.email:
        send_email(
            "suggestion_closed",
            to=suggestion.email,
            suggestion=suggestion,
            page=suggestion.group.get_absolute_url() if suggestion.group and _is_public(suggestion.group) else "",
            again=suggestion.reopened_on is not None,
        )


def reason_not_to_close(suggestion: Suggestion, state: str) -> str:
    """Return why a suggestion cannot be closed with this state, as a sentence for staff; "" if it can."""
    if state == SuggestionState.DRAFTED and suggestion.group is None:
        return "There is no draft yet. Press “Make a draft of it”, or choose the draft under “If we have it already”."
    if state == SuggestionState.KNOWN and suggestion.group is None:
        return "Choose the group that we have, under “If we have it already”."
    if state == SuggestionState.DECLINED and _is_public(suggestion.group):
        return "The group that is chosen here has a page that everybody can see. Take it out, or choose another answer."
    return ""


def reopen_suggestion(suggestion: Suggestion, today: datetime.date) -> None:
    """Reopen a closed suggestion. E-mails that were sent are not recalled."""
    suggestion.state, suggestion.closed_on, suggestion.reopened_on = SuggestionState.OPEN, None, today
    suggestion.save()


def _is_public(group: SupportGroup | None) -> bool:
    """Return whether a group has a public page: it and its organisation are published."""
    return group is not None and group.is_published and group.organisation.is_published


def _organisation_of(suggestion: Suggestion) -> Organisation:
    """Return the organisation with the name of who runs the group, or store a draft of one."""
    name = suggestion.run_by or suggestion.name
    organisation = Organisation.objects.filter(name__iexact=name).first()
    if organisation is not None:
        return organisation
    organisation = Organisation(name=name, summary="Somebody told us of a group of theirs.")
    with single_revision(organisation, "A draft of a suggestion"):
        organisation.save()
        if suggestion.area:
            organisation.areas_served.add(suggestion.area)
    return organisation


def _first_sentence(text: str) -> str:
    """Return the first sentence, cut at 240 characters, as a first summary for an editor to improve."""
    return text.splitlines()[0].partition(". ")[0][:240]
