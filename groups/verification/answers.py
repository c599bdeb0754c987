"""What an organisation answers: still right is a check; a change or an end is a proposal."""

import datetime
import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from organisations.choices import CheckedBy
from organisations.field_changes import changes_to
from organisations.models import Organisation

from ..choices import CheckAnswer, ProposalSource, ProposalState, Stage
from ..feedback.models.base import about
from ..feedback.models.proposal import Proposal
from ..feedback.proposals import propose
from ..models import SupportGroup
from .models import AskedListing, CheckRequest
from .snapshots import ListingSnapshot, listing_of_signed_state, snapshot_listings

#: How many proposals for one listing, sent by links, wait to be decided.
MOST_OPEN = 10


class NoRoomError(Exception):
    """So many answers wait to be read that no more are kept."""


@transaction.atomic
def confirm_listing(
    request: CheckRequest, marks: Iterable[str], today: datetime.date
) -> tuple[int, list[ListingSnapshot]]:
    """Check the listings of these marks, if they are still what was shown; how many, and those that are not.

    Pressed twice in a day, it is one check.
    """
    _lock(request)
    shown = snapshot_listings(request, today)
    right, others = 0, []
    for mark in set(marks):
        one = listing_of_signed_state(mark, shown)
        if one is None or not one.is_public:
            continue
        if one.signed_state != mark:
            others.append(one)
            continue
        right += 1
        if (one.asked.answer, one.asked.answered_on) != (CheckAnswer.RIGHT, today):
            note = f"By the link in our message of {request.sent_on}."
            one.listing.checks.create(checked_on=today, checked_by=CheckedBy.ORGANISATION, note=note)
            _answer(one.asked, CheckAnswer.RIGHT, today)
    return right, others


@transaction.atomic
def propose_changes(
    request: CheckRequest,
    one: ListingSnapshot,
    mark: str,
    proposed: dict[str, Any],
    note: str,
    email: str,
    today: datetime.date,
) -> bool:
    """Keep what has changed as a proposal; False where the listing is no longer what was shown.

    Raises `NoRoomError`.
    """
    return _propose(request, one, mark, proposed, note, email, today, CheckAnswer.CHANGED)


@transaction.atomic
def propose_end(
    request: CheckRequest,
    one: ListingSnapshot,
    mark: str,
    ended_on: datetime.date | None,
    words: str,
    email: str,
    today: datetime.date,
) -> bool:
    """Keep as a proposal that it has ended; False where the listing is no longer what was shown.

    Raises `NoRoomError`.
    """
    proposed: dict[str, Any] = {}
    if isinstance(one.listing, SupportGroup):
        proposed = {"stage": Stage.ENDED, "where_members_went": words[:240]}
    elif isinstance(one.listing, Organisation) and ended_on:
        proposed = {"what_became_of_it": words[:240]}
    if proposed and ended_on:
        proposed["ended_on"] = ended_on
    note = " ".join(filter(None, ["It has ended.", f"The last day: {ended_on}." if ended_on else "", words]))
    return _propose(request, one, mark, proposed, note, email, today, CheckAnswer.ENDED)


def _propose(
    request: CheckRequest,
    one: ListingSnapshot,
    mark: str,
    proposed: dict[str, Any],
    note: str,
    email: str,
    today: datetime.date,
    answer: CheckAnswer,
) -> bool:
    _lock(request)
    now = next((each for each in snapshot_listings(request, today) if each.asked.pk == one.asked.pk), None)
    if now is None or now.signed_state != mark:
        return False
    waiting = list(Proposal.objects.filter(source=ProposalSource.LINK, state=ProposalState.OPEN, **about(now.listing)))
    changes = json.loads(json.dumps(changes_to(now.listing, proposed), cls=DjangoJSONEncoder))
    # A form that is sent twice is one answer.
    if not any((one.changes, one.note, one.email) == (changes, note, email) for one in waiting):
        if len(waiting) >= MOST_OPEN:
            raise NoRoomError
        propose(now.listing, ProposalSource.LINK, proposed, note, email=email)
    _answer(now.asked, answer, today)
    return True


def _lock(request: CheckRequest) -> None:
    """One answer at a time: two windows with the same link wait for each other."""
    CheckRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)


def _answer(asked: AskedListing, answer: CheckAnswer, today: datetime.date) -> None:
    asked.answer, asked.answered_on = answer, today
    asked.save()
