"""What becomes of a group that somebody told us of: a draft, or a proposal for the group that we had already."""

import datetime

from django.db import transaction

from organisations.choices import Publication
from organisations.models import Organisation, single_revision

from ..choices import ProposalSource, SuggestionState
from ..models import SupportGroup
from .emails import send_email
from .models.proposal import Proposal
from .models.suggestion import Suggestion
from .proposals import propose


@transaction.atomic
def draft_of(suggestion: Suggestion, today: datetime.date) -> SupportGroup:
    """Make a draft of a group, and of an organisation where none was chosen, and close the suggestion.

    The words are those of whoever told us, in the places where an editor will look for them; nothing is public.
    """
    organisation = suggestion.organisation or _organisation_of(suggestion)
    group = SupportGroup(
        name=suggestion.name,
        organisation=organisation,
        summary=_first_sentence(suggestion.what),
        what_it_is_like=suggestion.what,
        publication=Publication.DRAFT,
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
    """Make a proposal for the group that we had already of what somebody says of it, and close the suggestion."""
    said = [
        ("", suggestion.what),
        ("When and where: ", suggestion.when_and_where),
        ("Who runs it: ", suggestion.run_by),
        ("How people can ask: ", suggestion.how_to_ask),
    ]
    note = "\n".join(f"{label}{words}" for label, words in said if words)
    proposal = propose(suggestion.group, ProposalSource.SUGGESTION, {}, note, suggestion=suggestion)
    close_suggestion(suggestion, SuggestionState.KNOWN, today)
    return proposal


class NoListingError(Exception):
    """A suggestion would be said to be listed without a listing, or not to be where there is one."""


def close_suggestion(suggestion: Suggestion, state: SuggestionState, today: datetime.date) -> None:
    """Close a suggestion, and tell whoever wanted to hear what became of it. Raises `NoListingError`."""
    if reason_not_to_close(suggestion, state):
        raise NoListingError
    suggestion.state, suggestion.closed_on = state, today
    suggestion.save()
    if suggestion.email:
        send_email(
            "emails/suggestion_closed.txt",
            to=suggestion.email,
            subject=f"The group you told us about: {suggestion.name}",
            suggestion=suggestion,
            page=suggestion.group.get_absolute_url() if _is_public(suggestion.group) else "",
            again=suggestion.reopened_on is not None,
        )


def reason_not_to_close(suggestion: Suggestion, state: str) -> str:
    """Why what a suggestion would be closed as is not so, in a sentence for staff; "" where it is so."""
    if state == SuggestionState.DRAFTED and suggestion.group is None:
        return "There is no draft yet. Press “Make a draft of it”, or choose the draft under “If we have it already”."
    if state == SuggestionState.KNOWN and suggestion.group is None:
        return "Choose the group that we have, under “If we have it already”."
    if state == SuggestionState.DECLINED and _is_public(suggestion.group):
        return "The group that is chosen here has a page that everybody can see. Take it out, or choose another answer."
    return ""


def reopen_suggestion(suggestion: Suggestion, today: datetime.date) -> None:
    """Open a closed suggestion again. What was written to anybody stays written."""
    suggestion.state, suggestion.closed_on, suggestion.reopened_on = SuggestionState.OPEN, None, today
    suggestion.save()


def _is_public(group: SupportGroup | None) -> bool:
    """Whether everybody can see the page of a group: of a published organisation, for one of a draft has none."""
    return group is not None and group.is_published and group.organisation.is_published


def _organisation_of(suggestion: Suggestion) -> Organisation:
    name = suggestion.run_by or suggestion.name
    known = Organisation.objects.filter(name__iexact=name).first()
    if known is not None:
        return known
    organisation = Organisation(name=name, summary="Somebody told us of a group of theirs.")
    with single_revision(organisation, "A draft of a suggestion"):
        organisation.save()
        if suggestion.area:
            organisation.areas_served.add(suggestion.area)
    return organisation


def _first_sentence(text: str) -> str:
    """The first sentence, if it is short enough for a list; an editor writes a better one."""
    return text.splitlines()[0].partition(". ")[0][:240]
