"""The sheet of contacts. What belongs to one person is released as on the page of a contact: when they agreed."""

from collections.abc import Hashable, Sequence

from common.dates import today
from common.text import fold
from organisations.choices import Purpose
from organisations.models import Contact

from ..columns import Choice, Column, Day, Text, TickBox
from ..row_state import RowState
from ..scope import ImportScope
from .columns import IdColumn, OwnerColumn, VersionColumn
from .matching import Cells, OwnedMatcher, reject
from .model_resource import ModelResource

ROLE, PURPOSE, EMAIL, PHONE, TEXT_NUMBER = "Role", "What it is for", "E-mail", "Telephone", "Number for texts"


class ContactResource(ModelResource):
    """Ways to reach a role of an organisation, or its plain telephone or mailbox."""

    model = Contact
    has_drafts = False
    name_title = EMAIL
    order = ("organisation__name", "purpose", "role_title")
    not_exported = "It has what only staff may see. Give it to nobody else."
    own_rules = (
        "A row is about the contact with its id. Without an id, it is about the one of that organisation with its role "
        "and what it is for. Without a role, its telephone, e-mail or number for texts says which. If there is none, "
        "it is added.",
        "A contact is for staff only, unless “Public” says “Yes”. One that belongs to one person can be public only "
        "if you write who agreed.",
        "A new number counts as not yet checked.",
    )

    def columns(self) -> list[Column]:
        return [
            IdColumn(),
            VersionColumn(),
            OwnerColumn(),
            Column("role_title", ROLE, Text(120), "A role, never a person. Empty for a plain telephone.", "Peer Lead"),
            Column("purpose", PURPOSE, Choice(Purpose, Purpose.GENERAL), "What people ask them.", "Joining a group"),
            Column("email", EMAIL, Text(254), "A mailbox.", "us@example.org"),
            Column("phone", PHONE, Text(30), "A number.", "01632 960001"),
            Column("text_number", TEXT_NUMBER, Text(30), "A number that takes texts.", "07700 900001"),
            Column("takes_whatsapp", "Takes WhatsApp", TickBox(), "Whether that number does.", "No"),
            Column("hours", "Hours", Text(120), "When somebody answers.", "Weekdays, 9am to 5pm"),
            Column("belongs_to_person", "Belongs to one person", TickBox(), "Somebody's own e-mail or number.", "No"),
            Column("is_released", "Public", TickBox(), "“Yes” when everybody may see it.", "No"),
            Column("release_agreed_by", "Who agreed", Text(120), "For staff only.", "The co-ordinator, by phone"),
            Column("release_agreed_on", "Agreed on", Day(), "The day they agreed.", "5 December 2026"),
            Column("is_asked_for_checks", "Asked for checks", TickBox(), "Whether our messages go to it.", "No"),
        ]

    def matcher(self, scope: ImportScope) -> OwnedMatcher:
        return OwnedMatcher(scope, self.noun, Contact, _keys_of, _key_of_cells)

    def finish(self, state: RowState, titles: set[str], columns: Sequence[Column]) -> None:
        contact: Contact = state.instance
        if contact.belongs_to_person and contact.is_released and not contact.release_agreed_on:
            contact.release_agreed_on = today()
        if titles & {PHONE, TEXT_NUMBER}:
            contact.number_checked_on = None


def _keys_of(contact: Contact) -> list[Hashable]:
    if contact.role_title:
        role = fold(contact.role_title)
        return [(ROLE, role), (ROLE, role, fold(contact.purpose_label))]
    ways = ((PHONE, contact.phone), (EMAIL, contact.email), (TEXT_NUMBER, contact.text_number))
    return [(title, _way(title, value)) for title, value in ways if value]


def _key_of_cells(cells: Cells) -> Hashable:
    if role := cells.get(ROLE, ""):
        purpose = cells.get(PURPOSE, "")
        return (ROLE, fold(role), fold(purpose)) if purpose else (ROLE, fold(role))
    title = next((title for title in (PHONE, EMAIL, TEXT_NUMBER) if cells.get(title)), "")
    if not title:
        reject(EMAIL, "Write a role, an e-mail, a telephone or a number for texts: there is none in this row.")
    return (title, _way(title, cells[title]))


def _way(title: str, value: str) -> str:
    return value.casefold() if title == EMAIL else "".join(letter for letter in value if letter.isdigit())


CONTACTS = ContactResource()
