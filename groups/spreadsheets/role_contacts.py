"""The contacts of a feed by their roles, which a sheet of groups only names: those that are new are added.

A contact that is here is linked, and never changed. What may be one person's own is for staff only, whoever agreed.
"""

import datetime
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.core.exceptions import ValidationError

from common.text import fold
from organisations.choices import Purpose
from organisations.models import Contact

from .contact_columns import ContactResolver
from .list_columns import ContactsCell
from .row_state import EMAIL, PHONE, RowState

#: The title of an internal cell with all contacts of a group as JSON.
CONTACT_DETAILS = "Contacts in full"
_MOBILE = re.compile(r"^07")
_NOTE = "From a feed of Open Referral UK."


class FeedContact(msgspec.Struct, frozen=True, omit_defaults=True):
    """A contact as a feed has it. Without a role it is a plain telephone or mailbox."""

    role: str = ""
    purpose: str = Purpose.GENERAL.value
    email: str = ""
    phone: str = ""
    text_number: str = ""
    hours: str = ""
    takes_whatsapp: bool = False
    #: Who agreed that it is public; "" for nobody.
    agreed_by: str = ""

    @property
    def may_be_persons(self) -> bool:
        """Whether one of its numbers is a mobile number, which may be a person's own."""
        return any(_MOBILE.match(number) for number in (self.phone, self.text_number))

    @property
    def name(self) -> str:
        """Its name in the sheet of groups: its role, and what it is for."""
        return f"{self.role} ({Purpose(self.purpose).label})"


def contacts_cell(contacts: Collection[FeedContact]) -> str:
    """Return the cell of some contacts; "" for none."""
    return msgspec.json.encode([*contacts]).decode() if contacts else ""


@dataclass
class RoleContacts:
    """The contacts with roles, and other plain ones, of one file. New ones are those of the resolver of plain ones."""

    resolver: ContactResolver
    today: datetime.date
    _known: dict[tuple[Any, ...], Contact] = field(default_factory=dict)

    def load(self, organisations: Collection[int], rows: Collection[Mapping[str, str]]) -> None:
        """Load the contacts of some organisations, if a row has contacts in full."""
        if any(row.get(CONTACT_DETAILS) for row in rows):
            for contact in Contact.objects.filter(organisation__in=organisations).order_by("pk"):
                self._known.setdefault(_key(contact.organisation_id, contact), contact)

    def add_roles(self, state: RowState, cells: Mapping[str, str], cell: ContactsCell) -> None:
        """Let the cell of contacts find the row's contacts by role, and add new ones."""
        for given in _read(cells):
            if given.role:
                cell.add(state.group, self._contact(state, given))

    def add_plain(self, state: RowState, cells: Mapping[str, str]) -> None:
        """Add to a new group its plain contacts but for the first, which has columns; that gets its hours."""
        for given in _read(cells):
            if given.role or not state.is_new:
                continue
            if (given.phone, given.email) == (cells.get(PHONE, ""), cells.get(EMAIL, "")):
                self._complete(state, given)
            else:
                state.relations.links["contacts"].append(self._contact(state, given))

    def _complete(self, state: RowState, given: FeedContact) -> None:
        for contact in state.relations.links["contacts"]:
            if contact.pk is None and (contact.phone, contact.email) == (given.phone, given.email):
                contact.hours, contact.purpose = given.hours, given.purpose
                contact.takes_whatsapp = given.takes_whatsapp

    def _contact(self, state: RowState, given: FeedContact) -> Contact:
        organisation = state.group.organisation
        contact = Contact(
            organisation=organisation,
            role_title=given.role,
            purpose=given.purpose,
            email=given.email,
            phone=given.phone,
            text_number=given.text_number,
            hours=given.hours,
            takes_whatsapp=given.takes_whatsapp,
            staff_note=_NOTE,
        )
        known = self._known.setdefault(_key(organisation.pk, contact), contact)
        if known is contact:
            agreed_by = "" if given.may_be_persons else given.agreed_by
            contact.is_released, contact.release_agreed_by = bool(agreed_by), agreed_by
            contact.release_agreed_on = self.today if agreed_by else None
            _require_valid(contact)
            self.resolver.new.append(contact)
        return known


def _read(cells: Mapping[str, str]) -> list[FeedContact]:
    text = cells.get(CONTACT_DETAILS, "")
    return msgspec.json.decode(text, type=list[FeedContact]) if text.startswith("[") else []


def _require_valid(contact: Contact) -> None:
    """Raise ValidationError, keyed by the column of contacts, for an address or number that is none."""
    try:
        contact.clean_fields(exclude=["organisation"])
    except ValidationError as error:
        raise ValidationError({"Contacts": [*error.messages]}) from None


def _key(organisation: int, contact: Contact) -> tuple[Any, ...]:
    if contact.role_title:
        return organisation, fold(contact.role_title), contact.purpose
    return organisation, contact.purpose, contact.phone, contact.email, contact.text_number
