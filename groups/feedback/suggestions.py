"""Turn suggestions into drafts, or into proposals for groups that are listed already; close and reopen them."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from common.emails import send_email
from organisations.choices import Publication
from organisations.models import Organisation, single_revision

from ..choices import ProposalSource, SuggestionState
from ..in_words.when import read_when, replace_schedules
from ..in_words.where import add_venue, named_venue, other_address, read_where, venues_at
from ..models import SupportGroup, Venue
from .models.base import WORDED
from .models.proposal import Proposal
from .models.suggestion import Suggestion
from .proposals import proposal_with_note, propose, worded_in


@transaction.atomic
def draft_of(suggestion: Suggestion, today: datetime.date) -> SupportGroup:
    """Store a draft of a group, and of an organisation if none is set, and close the suggestion.

    The text is the sender's own; nothing of it is public until an editor publishes it. When and where it meets become
    its schedules and its venue, if they were read. What no field of a group takes stands in its note for staff.
    """
    organisation = suggestion.organisation or _organisation_of(suggestion)
    rows = read_when(suggestion.when_read or suggestion.when_in_words, today).rows
    venue = _venue_of(suggestion)
    unread = [name for name, is_read in (("when_in_words", rows), ("where_in_words", venue)) if not is_read]
    group = SupportGroup(
        name=suggestion.name,
        organisation=organisation,
        summary=_first_sentence(suggestion.what),
        what_it_is_like=suggestion.what,
        publication=Publication.DRAFT,
        venue=venue,
        staff_note=_labelled(suggestion, *unread, "place", "run_by", "how_to_ask"),
        source_name="Somebody told us of it",
        source_dated=f"{suggestion.created_at:%B %Y}",
    )
    with single_revision(group, "A draft of a suggestion"):
        group.save()
        replace_schedules(group, rows, [])
        if suggestion.area:
            group.areas_served.add(suggestion.area)
    suggestion.organisation, suggestion.group = organisation, group
    close_suggestion(suggestion, SuggestionState.DRAFTED, today)
    return group


@transaction.atomic
def proposal_of(suggestion: Suggestion, today: datetime.date) -> Proposal:
    """Store a proposal for the group that is set, and close the suggestion.

    It proposes when and where it meets, if they were read; all else is its note.
    """
    note = "\n".join(filter(None, [suggestion.what, _labelled(suggestion, "run_by", "how_to_ask")]))
    listing: Any = suggestion.group
    proposal = propose(listing, ProposalSource.SUGGESTION, worded_in(suggestion), note, suggestion=suggestion)
    close_suggestion(suggestion, SuggestionState.KNOWN, today)
    return proposal_with_note(proposal)


#: What a note calls the fields of a suggestion.
_LABELS = {
    "when_in_words": WORDED["when"],
    "where_in_words": WORDED["where"],
    "place": "Place",
    "run_by": "Who runs it",
    "how_to_ask": "How people can ask",
}


def _labelled(suggestion: Suggestion, *names: str) -> str:
    """Return what a suggestion says in some fields, as a line for each."""
    return "\n".join(f"{_LABELS[name]}: {text}" for name in names if (text := getattr(suggestion, name)))


def _venue_of(suggestion: Suggestion) -> Venue | None:
    """Return the venue that a suggestion names, stored if it is new; None if it is not read, or not sure.

    It is not sure where there are other venues at its postcode, or its name is here with another address.
    """
    place = read_where(suggestion.where_read or suggestion.where_in_words)
    if place is None:
        return None
    venues = venues_at(place)
    named = named_venue(place, venues)
    if named is not None:
        return None if other_address(named, place) else named
    try:
        return None if venues else add_venue(place, "A draft of a suggestion")
    except ValidationError:
        return None


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
