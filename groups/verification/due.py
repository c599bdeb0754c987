"""Which listings are due for a check request, and the contact to send it to."""

import datetime
from collections import defaultdict
from typing import Any

from django.db.models import Exists, OuterRef, Q

from organisations.choices import Purpose
from organisations.examples import is_example
from organisations.freshness import DUE_AFTER, cutoff
from organisations.models import Contact, Listing, Organisation, PeerRole, Training

from ..choices import Delivery, ProposalSource, ProposalState, Stage
from ..feedback.models.base import RELATION_NAMES
from ..feedback.models.proposal import Proposal
from ..models import SupportGroup
from .models import CheckRequest

#: The shortest time between two messages to one organisation.
FORTNIGHT = datetime.timedelta(days=14)
#: After `PATIENCE` messages in a row without an answer, the next one waits for `LONG_WAIT`.
PATIENCE, LONG_WAIT = 3, datetime.timedelta(days=91)


def due_listings(today: datetime.date) -> dict[int, list[Listing]]:
    """Return `{organisation_pk: listings}` of the public listings with no check in the last six months.

    Left out are listings that have ended, those with an open proposal from a link, and generated examples with all
    that an example organisation offers.
    """
    due: dict[int, list[Listing]] = defaultdict(list)
    kinds: tuple[Any, ...] = (SupportGroup, PeerRole, Training)
    for model in (Organisation, *kinds):
        relation = RELATION_NAMES[model._meta.model_name]
        proposals = Proposal.objects.filter(
            state=ProposalState.OPEN, source=ProposalSource.LINK, **{relation: OuterRef("pk")}
        )
        listings: Any = model.objects.published().with_last_check().filter(~Exists(proposals)).exclude(is_example())
        listings = listings.filter(Q(last_checked_on=None) | Q(last_checked_on__lt=cutoff(DUE_AFTER, today)))
        if model is Organisation:
            listings = listings.not_ended()
        else:
            listings = listings.of_listed_organisations().filter(organisation__ended_on=None)
            listings = listings.exclude(is_example("organisation__")).select_related("organisation")
        if model is SupportGroup:
            listings = listings.exclude(stage=Stage.ENDED)
        if model is Training:
            listings = listings.not_over(today)
        for listing in listings.order_by("pk"):
            due[listing.pk if model is Organisation else listing.organisation_id].append(listing)
    return due


def recipient(organisation: Organisation) -> Contact | None:
    """Return the contact that check requests go to: the one ticked for them, else the one for general questions."""
    contacts = organisation.contacts.exclude(email="").order_by("pk")
    return contacts.filter(is_asked_for_checks=True).first() or contacts.filter(purpose=Purpose.GENERAL).first()


def may_send_request(organisation: Organisation, contact: Contact, today: datetime.date) -> bool:
    """Return whether another message may be sent: a fortnight after the last, later if the last few had no answer.

    After a refused message, none is sent until the contact is changed.
    """
    earlier = CheckRequest.objects.filter(organisation=organisation).with_answers()
    requests: list[Any] = list(earlier.order_by("-sent_on")[:PATIENCE])
    if not requests:
        return True
    last = requests[0]
    if today - last.sent_on < FORTNIGHT:
        return False
    has_new_contact = contact.pk != last.contact_id or contact.updated_at > last.updated_at
    if last.delivery == Delivery.REFUSED and not has_new_contact:
        return False
    is_silent = len(requests) == PATIENCE and not any(request.answers for request in requests)
    return not is_silent or has_new_contact or today - last.sent_on >= LONG_WAIT
