"""The columns of a group's telephone and e-mail. Without the name of who agreed, only staff see them."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count

from organisations.choices import Purpose
from organisations.models import Contact

from .cells import is_blank_marker
from .columns import Cell, Column, Text
from .row_state import AGREED, EMAIL, PHONE, RowState

#: The attribute of a contact that each column holds.
_ATTRIBUTES = {PHONE: "phone", EMAIL: "email", AGREED: "release_agreed_by"}
_NOTE = "From a spreadsheet."


class PlainContactColumn(Column):
    """A column of the first contact of a group, of its own organisation, that has no role."""

    def __init__(self, name: str, title: str, cell: Cell, about: str, example: str) -> None:
        super().__init__(name, title, cell, about, example)

    def value(self, state: RowState) -> str:
        contact = plain_contact(state)
        return getattr(contact, _ATTRIBUTES[self.title]) if contact else ""


def contact_columns() -> list[PlainContactColumn]:
    """Return new columns of the contact without a role, in order."""
    return [
        PlainContactColumn("phone", PHONE, Text(30), "Of the group itself, or of its organisation.", "01632 960001"),
        PlainContactColumn("email", EMAIL, Text(254), "A mailbox of the group, not of one person.", "us@example.org"),
        PlainContactColumn(
            "contact_agreed_by",
            AGREED,
            Text(120),
            "Who agreed that everybody may see the telephone and e-mail. Empty: only staff see them.",
            "The co-ordinator, by phone",
        ),
    ]


def plain_contact(state: RowState) -> Contact | None:
    """Return the first contact without a role of the group of a row, of its own organisation; None for none."""
    return next((contact for contact in state.relations.links["contacts"] if not contact.role_title), None)


@dataclass
class ContactResolver:
    """The plain contacts of one file: found by their telephone and mailbox in their organisation, changed, or added."""

    today: datetime.date
    new: list[Contact] = field(default_factory=list)
    changed: dict[int, Contact] = field(default_factory=dict)
    _known: dict[tuple[int, str, str], Contact] = field(default_factory=dict)
    _by_key: dict[int, Contact] = field(default_factory=dict)
    #: How many groups name each contact.
    _uses: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def load(self, organisations: Iterable[int]) -> None:
        """Load the plain contacts of some organisations in one query."""
        plain: Any = Contact.objects.filter(organisation__in=set(organisations), role_title="", text_number="")
        for contact in plain.annotate(uses=Count("groups")).order_by("pk"):
            self._uses[contact.pk] = contact.uses
            self._by_key[contact.pk] = contact
            self._known.setdefault((contact.organisation_id, contact.phone, contact.email), contact)

    def assign(self, state: RowState, cells: Mapping[str, str], current: Mapping[str, str]) -> None:
        """Set the contact of a row from its cells. Raises ValidationError, keyed by column title."""
        texts = {title: cells[title] for title in _ATTRIBUTES if cells.get(title)}
        given = {title: "" if is_blank_marker(text) else text for title, text in texts.items()}
        if all(words == current.get(title, "") for title, words in given.items()):
            return
        phone, email = (" ".join(given.get(title, current.get(title, "")).split()) for title in (PHONE, EMAIL))
        before = plain_contact(state)
        if not phone and not email:
            if given.get(AGREED):
                raise ValidationError({AGREED: "Write the telephone or the e-mail too: there is none yet."})
            self._link(state, before, None)
            return
        same_details = before is not None and (phone, email) == (before.phone, before.email)
        known = self._known.get((state.group.organisation.pk, phone, email))
        contact = known or self._contact(state, before, phone, email)
        # Another contact of theirs stays as public as it is, unless somebody is named.
        if given.get(AGREED) or (AGREED in given if same_details else known is None):
            self._release(contact, given.get(AGREED, ""))
        self._validate(contact)
        self._link(state, before, contact)

    def _contact(self, state: RowState, before: Contact | None, phone: str, email: str) -> Contact:
        """Return the contact of this group alone, with these details instead, or a new one."""
        organisation = state.group.organisation
        if before is not None and self._uses.get(before.pk) == 1:
            contact = self._by_key[before.pk]
            if contact.phone != phone:
                contact.number_checked_on = None
            contact.phone, contact.email = phone, email
            self.changed[contact.pk] = contact
        else:
            contact = Contact(
                organisation=organisation, purpose=Purpose.GENERAL, phone=phone, email=email, staff_note=_NOTE
            )
            self.new.append(contact)
        self._known[organisation.pk, phone, email] = contact
        return contact

    def _release(self, contact: Contact, agreed_by: str) -> None:
        """Release a contact if somebody's agreement is named; otherwise only staff see it."""
        if contact.is_released and contact.release_agreed_by == agreed_by and agreed_by:
            return
        contact.is_released = bool(agreed_by)
        contact.release_agreed_by = agreed_by
        contact.release_agreed_on = self.today if agreed_by else None
        if contact.pk:
            self.changed[contact.pk] = contact

    def _validate(self, contact: Contact) -> None:
        try:
            contact.clean_fields(exclude=["organisation"])
        except ValidationError as error:
            titles = {name: title for title, name in _ATTRIBUTES.items()}
            messages = {titles.get(name, PHONE): texts for name, texts in error.message_dict.items()}
            raise ValidationError(messages) from None
        if contact.phone and sum(letter.isdigit() for letter in contact.phone) < 3:
            raise ValidationError({PHONE: f"“{contact.phone}” is no telephone number. Write its digits."})

    def _link(self, state: RowState, before: Contact | None, after: Contact | None) -> None:
        contacts = [contact for contact in state.relations.links["contacts"] if contact is not before]
        state.relations.links["contacts"] = [*([after] if after else []), *contacts]
