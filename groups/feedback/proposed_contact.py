"""The telephone and e-mail of a group that its owner proposes: once applied, an unreleased contact."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError

from organisations.choices import Purpose
from organisations.models import Contact

from ..models import SupportGroup
from .comparison import Comparison
from .models.base import CONTACT, CONTACT_LABEL

_NOTE = "Proposed by the owner of the listing, behind the link in our message."
#: The fewest digits of a telephone number.
FEWEST_DIGITS = 7


class PlainContact(NamedTuple):
    """A telephone and an e-mail without a role; "" for none."""

    phone: str = ""
    email: str = ""

    @property
    def words(self) -> str:
        return "\n".join(filter(None, self))


def public_contact(group: SupportGroup) -> PlainContact:
    """Return the first contact of a group without a role that everybody may see; an empty one for none."""
    released = group.contacts.filter(is_released=True, role_title="", organisation=group.organisation_id)
    contact = released.order_by("pk").first()
    return PlainContact(contact.phone, contact.email) if contact else PlainContact()


def contact_change(group: SupportGroup, proposed: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the change of a proposed `PlainContact`, by name; {} if there is none, or nothing would change."""
    contact = proposed.get(CONTACT)
    was = public_contact(group)
    if not isinstance(contact, PlainContact) or not any(contact) or contact == was:
        return {}
    return {CONTACT: {"was": was.words, "proposed": contact.words, **contact._asdict()}}


def contact_comparison(group: SupportGroup, change: Mapping[str, Any]) -> Comparison:
    """Return the comparison of a proposed contact with that which everybody sees today."""
    return Comparison(
        name=CONTACT,
        label=f"{CONTACT_LABEL}: for staff, until you release it",
        was=change["was"],
        today=public_contact(group).words,
        proposed=change["proposed"],
    )


def take_contact(group: SupportGroup, change: Mapping[str, Any]) -> None:
    """Add a proposed contact to a group, unreleased; an existing one with the same details stays as it is.

    Raises `ValidationError`.
    """
    details = {name: change.get(name, "") for name in PlainContact._fields}
    if not any(details.values()):
        raise ValidationError("What was proposed has been erased since. Ask them again.")
    plain = Contact.objects.filter(organisation=group.organisation_id, role_title="", text_number="")
    contact = plain.filter(**details).order_by("pk").first()
    if contact is None:
        contact = Contact(organisation_id=group.organisation_id, purpose=Purpose.GENERAL, staff_note=_NOTE, **details)
        contact.full_clean()
        contact.save()
    group.contacts.add(contact)


def proposed_contact(group: SupportGroup, change: Mapping[str, Any]) -> Contact | None:
    """Return the contact of a group that was made of a proposed one; None if it is not there any more."""
    details = {name: change.get(name, "") for name in PlainContact._fields}
    contact: Contact | None = group.contacts.filter(role_title="", **details).order_by("pk").first()
    return contact
