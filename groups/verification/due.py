"""Which listings it is time to ask about, and whom."""

import datetime
from collections import defaultdict

from django.db.models import Exists, OuterRef, Q

from organisations.choices import Purpose
from organisations.examples import is_example
from organisations.freshness import DUE_AFTER, cutoff
from organisations.models import Contact, Listing, Organisation, PeerRole, Training

from ..choices import Delivery, ProposalSource, ProposalState, Stage
from ..feedback.models.base import KIND
from ..feedback.models.proposal import Proposal
from ..models import SupportGroup
from .models import CheckRequest

#: The least time between two messages to one organisation.
FORTNIGHT = datetime.timedelta(days=14)
#: After so many messages in a row without an answer, the next one waits for longer. A person may ring meanwhile.
PATIENCE, LONG_WAIT = 3, datetime.timedelta(days=91)


def due_listings(today: datetime.date) -> dict[int, list[Listing]]:
    """By the key of each organisation, its public listings that nobody has checked for six months, or ever.

    What has ended is not asked about, nor what its organisation has answered and nobody has decided yet. Generated
    examples are not asked about, nor is anything that an example of an organisation offers: nobody is there.
    """
    due: dict[int, list[Listing]] = defaultdict(list)
    for model in (Organisation, SupportGroup, PeerRole, Training):
        kind = KIND[model._meta.model_name]
        told = Proposal.objects.filter(state=ProposalState.OPEN, source=ProposalSource.LINK, **{kind: OuterRef("pk")})
        listings = model.objects.published().with_last_check().filter(~Exists(told)).exclude(is_example())
        listings = listings.filter(Q(last_checked_on=None) | Q(last_checked_on__lt=cutoff(DUE_AFTER, today)))
        if model is Organisation:
            listings = listings.not_ended()
        else:
            listings = listings.of_listed_organisations().filter(organisation__ended_on=None)
            listings = listings.exclude(is_example("organisation__")).select_related("organisation")
        if model is SupportGroup:
            listings = listings.exclude(stage=Stage.ENDED)
        for listing in listings.order_by("pk"):
            due[listing.pk if model is Organisation else listing.organisation_id].append(listing)
    return due


def recipients(organisation: Organisation) -> Contact | None:
    """The contact that our messages go to: the one that is ticked for it, else the one for any questions."""
    contacts = organisation.contacts.exclude(email="").order_by("pk")
    return contacts.filter(is_asked_for_checks=True).first() or contacts.filter(purpose=Purpose.GENERAL).first()


def may_be_asked(organisation: Organisation, contact: Contact, today: datetime.date) -> bool:
    """Whether it is time for another message: a fortnight after the last, later where nobody ever answers.

    An address that mail was refused for gets no more until somebody has changed the contact.
    """
    sent = list(CheckRequest.objects.filter(organisation=organisation).with_answers().order_by("-sent_on")[:PATIENCE])
    if not sent:
        return True
    last = sent[0]
    if today - last.sent_on < FORTNIGHT:
        return False
    is_mended = contact.pk != last.contact_id or contact.updated_at > last.updated_at
    if last.delivery == Delivery.REFUSED and not is_mended:
        return False
    is_silent = len(sent) == PATIENCE and not any(one.answers for one in sent)
    return not is_silent or is_mended or today - last.sent_on >= LONG_WAIT
