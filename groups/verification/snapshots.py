"""Snapshots of listings as the public reads them today, each with a signed digest of its content."""

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils import timezone

from organisations.models import Contact, Organisation, PeerRole, Training

from ..choices import Stage
from ..feedback.models.base import HOURS
from ..feedback.proposals import format_value
from ..feedback.proposed_hours import shows_hours
from ..models import SupportGroup
from ..timetable.cautions import day_name_at_christmas
from ..timetable.meetings import LONDON
from ..timetable.sentences import format_day
from .models import AskedListing, CheckRequest

_SIGNER = signing.Signer(salt="what was shown of a listing")


@dataclass(frozen=True)
class ListingSnapshot:
    """A listing that a check request asked about, with its public facts of today as pairs of label and text."""

    asked: AskedListing
    listing: Any
    facts: list[tuple[str, str]]

    @property
    def is_public(self) -> bool:
        """Return whether it is still published and has not ended."""
        return self.listing.is_published and getattr(self.listing, "stage", "") != Stage.ENDED

    @property
    def signed_state(self) -> str:
        """Return a signed digest of this state, so that nobody can confirm a state that they were not shown."""
        state = json.dumps([self.asked.pk, self.listing.revision, self.facts])
        return _SIGNER.sign(f"{self.asked.pk}:{hashlib.sha256(state.encode()).hexdigest()}")


def snapshot_listings(request: CheckRequest, today: datetime.date) -> list[ListingSnapshot]:
    """Return a snapshot of each listing that a check request asked about, with a few queries for each kind of listing.

    Listings that another organisation has taken over since are left out.
    """
    asked = list(request.asked.all())
    groups = SupportGroup.objects.for_cards().prefetch_related("contacts")
    kinds: dict[str, Any] = {
        "group": groups,
        "organisation": Organisation.objects.all(),
        "role": PeerRole.objects.select_related("organisation").prefetch_related("contacts"),
        "training": Training.objects.select_related("organisation").prefetch_related("contacts"),
    }
    by_key: dict[tuple[str, int], Any] = {}
    for kind, listings in kinds.items():
        keys = [key for row in asked if (key := getattr(row, f"{kind}_id"))]
        if keys:
            rows = listings.with_last_check().in_bulk(keys)
            by_key |= {(kind, key): listing for key, listing in rows.items()}
    current = [next(by_key[kind, key] for kind in kinds if (key := getattr(row, f"{kind}_id"))) for row in asked]
    return [
        ListingSnapshot(row, listing, facts_of(listing))
        for row, listing in zip(asked, current, strict=True)
        if getattr(listing, "organisation_id", listing.pk) == request.organisation_id
    ]


def facts_of(listing: Any) -> list[tuple[str, str]]:
    """Return the public facts of a listing as pairs of label and text, labelled as on its page, without empty ones."""
    facts = []
    if isinstance(listing, SupportGroup):
        facts += [("When", " ".join(listing.when)), ("Where", listing.where)]
        facts.append(("Please tell us", _days_to_confirm(listing)))
    shown = {name: label for name, label in listing.plain_fields.items() if name != HOURS or shows_hours(listing)}
    facts += [(label, _field_text(listing, name)) for name, label in shown.items()]
    if not isinstance(listing, Organisation) and getattr(listing, "can_be_visited", True):
        contacts = [contact for contact in listing.contacts.all() if contact.is_released]
        facts.append(("Who can I ask?", "; ".join(map(_contact_text, contacts))))
    return [(label, text) for label, text in facts if text]


def _days_to_confirm(group: SupportGroup) -> str:
    """Return the question on which days at Christmas a group meets; "" if it has answered, or none are near."""
    now = timezone.now()
    today = now.astimezone(LONDON).date()
    days = [f"{format_day(day, today)} is {day_name_at_christmas(day)}." for day in group.days_to_confirm(now)]
    return " ".join([*days, "Do you meet? “Something changed” asks you."]) if days else ""


def _field_text(listing: Any, name: str) -> str:
    """Return the value of a plain field as text; for `joining`, the public wording with the answer it comes from."""
    answer = format_value(listing._meta.get_field(name), getattr(listing, name))
    if name != "joining" or not listing.joining_reason:
        return answer
    return (
        f"{listing.joining_label}. {listing.joining_reason}\n"
        f"You told us “{answer}”. People cannot see the address, so we ask them to contact you first."
    )


def _contact_text(contact: Contact) -> str:
    return ", ".join(filter(None, [contact.role_title, contact.phone, contact.text_number, contact.email]))


def listing_of_signed_state(signed_state: str, snapshots: Iterable[ListingSnapshot]) -> ListingSnapshot | None:
    """Return the snapshot of the listing that was signed, in whatever state it was then.

    Return None if the signature is bad, or the listing is not among the snapshots.
    """
    try:
        key = int(_SIGNER.unsign(signed_state).partition(":")[0])
    except (signing.BadSignature, ValueError):
        return None
    return next((snapshot for snapshot in snapshots if snapshot.asked.pk == key), None)
