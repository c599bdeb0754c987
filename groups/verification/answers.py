"""Record what an organisation answers: "still right" is stored as a check, a change or an end as a proposal."""

import datetime
import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from organisations.choices import CheckedBy
from organisations.models import Organisation

from ..choices import CheckAnswer, ProposalSource, ProposalState, Stage
from ..feedback.models.base import listing_fields
from ..feedback.models.proposal import Proposal
from ..feedback.proposals import prepare, propose
from ..models import SupportGroup
from .models import AskedListing, CheckRequest
from .snapshots import ListingSnapshot, listing_of_signed_state, snapshot_listings

#: The most undecided proposals for one listing that come from links.
MOST_OPEN = 10


class QueueFullError(Exception):
    """Too many answers about a listing wait to be decided: no more are stored."""


@transaction.atomic
def confirm_listing(
    request: CheckRequest, signed_states: Iterable[str], today: datetime.date
) -> tuple[int, list[ListingSnapshot]]:
    """Record a check of each listing whose signed state is still its state today.

    Return how many were confirmed, and the snapshots of those that have changed since they were shown. Idempotent
    within a day.
    """
    _lock(request)
    shown = snapshot_listings(request, today)
    confirmed, changed = 0, []
    for signed_state in set(signed_states):
        snapshot = listing_of_signed_state(signed_state, shown)
        if snapshot is None or not snapshot.is_public:
            continue
        if snapshot.signed_state != signed_state:
            changed.append(snapshot)
            continue
        confirmed += 1
        if (snapshot.asked.answer, snapshot.asked.answered_on) != (CheckAnswer.RIGHT, today):
            note = f"By the link in our message of {request.sent_on}."
            snapshot.listing.checks.create(checked_on=today, checked_by=CheckedBy.ORGANISATION, note=note)
            _record_answer(snapshot.asked, CheckAnswer.RIGHT, today)
    return confirmed, changed


@transaction.atomic
def propose_changes(
    request: CheckRequest,
    snapshot: ListingSnapshot,
    signed_state: str,
    proposed: dict[str, Any],
    note: str,
    email: str,
    today: datetime.date,
) -> bool:
    """Store what has changed as a proposal. Return False if the listing is no longer in the state that was shown.

    Raises `QueueFullError`.
    """
    return _propose(request, snapshot, signed_state, proposed, note, email, today, CheckAnswer.CHANGED)


@transaction.atomic
def propose_end(
    request: CheckRequest,
    snapshot: ListingSnapshot,
    signed_state: str,
    ended_on: datetime.date | None,
    words: str,
    email: str,
    today: datetime.date,
) -> bool:
    """Store as a proposal that a listing has ended. Return False if it is no longer in the state that was shown.

    Raises `QueueFullError`.
    """
    proposed: dict[str, Any] = {}
    if isinstance(snapshot.listing, SupportGroup):
        proposed = {"stage": Stage.ENDED, "where_members_went": words, "ended_on": ended_on}
    elif isinstance(snapshot.listing, Organisation) and ended_on:
        proposed = {"what_became_of_it": words, "ended_on": ended_on}
    note = " ".join(filter(None, ["It has ended.", f"The last day: {ended_on}." if ended_on else "", words]))
    return _propose(request, snapshot, signed_state, proposed, note, email, today, CheckAnswer.ENDED)


def _propose(
    request: CheckRequest,
    snapshot: ListingSnapshot,
    signed_state: str,
    proposed: dict[str, Any],
    note: str,
    email: str,
    today: datetime.date,
    answer: CheckAnswer,
) -> bool:
    _lock(request)
    snapshots = snapshot_listings(request, today)
    current = next((current for current in snapshots if current.asked.pk == snapshot.asked.pk), None)
    if current is None or current.signed_state != signed_state:
        return False
    listing = current.listing
    waiting = list(
        Proposal.objects.filter(source=ProposalSource.LINK, state=ProposalState.OPEN, **listing_fields(listing))
    )
    changes, whole_note = prepare(listing, proposed, note)
    answer_sent = (json.loads(json.dumps(changes, cls=DjangoJSONEncoder)), whole_note, email)
    # Idempotent: a form that is sent twice is one answer.
    if not any((row.changes, row.note, row.email) == answer_sent for row in waiting):
        if len(waiting) >= MOST_OPEN:
            raise QueueFullError
        propose(listing, ProposalSource.LINK, proposed, note, email=email)
    _record_answer(current.asked, answer, today)
    return True


def _lock(request: CheckRequest) -> None:
    """Lock the row until the transaction ends, so that answers sent with the same link run one after the other."""
    CheckRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)


def _record_answer(asked: AskedListing, answer: CheckAnswer, today: datetime.date) -> None:
    asked.answer, asked.answered_on = answer, today
    asked.save()
