"""What we say of a listing today, as its organisation reads it behind a link, and a mark of just that."""

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing
from django.utils import timezone

from organisations.models import Listing, Organisation, PeerRole, Training

from ..choices import Stage
from ..feedback.proposals import format_value
from ..models import SupportGroup
from ..timetable.cautions import day_name_at_christmas
from ..timetable.meetings import LONDON
from ..timetable.sentences import format_day
from .models import AskedListing, CheckRequest

_SIGNER = signing.Signer(salt="what was shown of a listing")


@dataclass(frozen=True)
class ListingSnapshot:
    """A listing that a message asked about, with what everybody can read of it today: labels and words."""

    asked: AskedListing
    listing: Listing
    facts: list[tuple[str, str]]

    @property
    def is_public(self) -> bool:
        """Whether there is anything left to ask: not of what was withdrawn or has ended meanwhile."""
        return self.listing.is_published and getattr(self.listing, "stage", "") != Stage.ENDED

    @property
    def mark(self) -> str:
        """What tells this from any other state of it; signed, so that nobody confirms what they have not seen."""
        said = json.dumps([self.asked.pk, self.listing.revision, self.facts])
        return _SIGNER.sign(f"{self.asked.pk}:{hashlib.sha256(said.encode()).hexdigest()}")


def snapshot_listings(request: CheckRequest, today: datetime.date) -> list[ListingSnapshot]:
    """What a message asked about, as it is today: a query or a few for each kind of listing.

    A listing that another organisation has taken over is not for whoever has the link.
    """
    asked = list(request.asked.all())
    groups = SupportGroup.objects.for_cards().prefetch_related("contacts")
    kinds = {
        "group": groups,
        "organisation": Organisation.objects.all(),
        "role": PeerRole.objects.select_related("organisation").prefetch_related("contacts"),
        "training": Training.objects.select_related("organisation").prefetch_related("contacts"),
    }
    found = {}
    for kind, listings in kinds.items():
        keys = [key for one in asked if (key := getattr(one, f"{kind}_id"))]
        if keys:
            rows = listings.with_last_check().in_bulk(keys)
            found |= {(kind, key): row for key, row in rows.items()}
    listings = [next(found[kind, key] for kind in kinds if (key := getattr(one, f"{kind}_id"))) for one in asked]
    return [
        ListingSnapshot(one, listing, facts_of(listing))
        for one, listing in zip(asked, listings, strict=True)
        if getattr(listing, "organisation_id", listing.pk) == request.organisation_id
    ]


def facts_of(listing: Listing) -> list[tuple[str, str]]:
    """What everybody can read of a listing, by the words of its page, without what is empty."""
    facts = []
    if isinstance(listing, SupportGroup):
        facts += [("When", " ".join(listing.when)), ("Where", listing.where)]
        facts.append(("Please tell us", _days_to_confirm(listing)))
    facts += [(words, _fact(listing, name)) for name, words in listing.plain_fields.items()]
    if not isinstance(listing, Organisation) and getattr(listing, "can_be_visited", True):
        facts.append(("Who can I ask?", "; ".join(_ways(one) for one in listing.contacts.all() if one.is_released)))
    return [(label, words) for label, words in facts if words]


def _days_to_confirm(group: SupportGroup) -> str:
    """Ask on which days at Christmas a group meets; "" where it has said so, or there are none soon."""
    now = timezone.now()
    today = now.astimezone(LONDON).date()
    days = [f"{format_day(day, today)} is {day_name_at_christmas(day)}." for day in group.days_to_confirm(now)]
    return " ".join([*days, "Do you meet? “Something changed” asks you."]) if days else ""


def _fact(listing: Listing, name: str) -> str:
    """A plain field in words. How to join a group is what visitors read, with the answer it was made of."""
    answer = format_value(listing._meta.get_field(name), getattr(listing, name))
    if name != "joining" or not listing.joining_reason:
        return answer
    return (
        f"{listing.joining_label}. {listing.joining_reason}\n"
        f"You told us “{answer}”. People cannot see the address, so we ask them to contact you first."
    )


def _ways(contact) -> str:
    return ", ".join(filter(None, [contact.role_title, contact.phone, contact.text_number, contact.email]))


def listing_of_signed_state(mark: str, among: Iterable[ListingSnapshot]) -> ListingSnapshot | None:
    """Which listing a mark is of, whatever state it was in then; None for one that nobody made, or of another link."""
    try:
        key = int(_SIGNER.unsign(mark).partition(":")[0])
    except (signing.BadSignature, ValueError):
        return None
    return next((one for one in among if one.asked.pk == key), None)
