"""What a file does, as a dry run finds out: for the preview, the writer, and the digest that is confirmed."""

import hashlib
from dataclasses import dataclass, field

from organisations.models import Contact, Organisation

from ..models import SourceRecord, Venue
from .contact_columns import ContactResolver
from .organisation_columns import OrganisationResolver, OrganisationState
from .row_state import RowState
from .source_columns import SourceMatcher
from .venue_columns import VenueResolver

#: Sentences by the title of their column.
Errors = dict[str, list[str]]


@dataclass
class ImportResult:
    """What a file does: the state of each row that could be read, and the errors of each other row, by its number."""

    venues: VenueResolver
    organisations: OrganisationResolver
    contacts: ContactResolver
    sources: SourceMatcher
    states: dict[int, RowState] = field(default_factory=dict)
    errors: dict[int, Errors] = field(default_factory=dict)
    #: Of the rows that are no group.
    organisation_rows: dict[int, Organisation] = field(default_factory=dict)
    left_out: list[int] = field(default_factory=list)
    is_written: bool = False

    @property
    def new(self) -> list[RowState]:
        return [state for state in self.states.values() if state.is_new]

    @property
    def changed(self) -> list[RowState]:
        return [state for state in self.states.values() if state.changes and not state.is_new]

    @property
    def same_number(self) -> int:
        """How many rows of groups change nothing of their group."""
        return len(self.states) - len(self.new) - len(self.changed)

    @property
    def to_write(self) -> list[RowState]:
        """The new and changed rows, in the order of the file."""
        return [state for state in self.states.values() if state.is_new or state.changes]

    @property
    def remarks(self) -> list[tuple[int, str]]:
        """What the editor is told of rows that are written: the number of the row, and a sentence."""
        return [(state.number, remark) for state in self.to_write for remark in state.remarks]

    @property
    def new_venues(self) -> list[Venue]:
        return self.venues.new

    @property
    def new_organisations(self) -> list[OrganisationState]:
        return [state for state in self.organisations.states.values() if state.is_new]

    @property
    def changed_organisations(self) -> list[OrganisationState]:
        return [state for state in self.organisations.states.values() if state.changes and not state.is_new]

    @property
    def unreleased_contacts(self) -> list[Contact]:
        """The new and changed contacts that only staff will see."""
        contacts = [*self.contacts.new, *self.contacts.changed.values()]
        return [contact for contact in contacts if not contact.is_released]

    @property
    def new_records(self) -> list[SourceRecord]:
        return self.sources.new_records

    @property
    def gone(self) -> list[SourceRecord]:
        """What an earlier file of the same list had, and this one has not."""
        return self.sources.gone

    @property
    def changes_anything(self) -> bool:
        contacts = self.contacts.new or self.contacts.changed
        return bool(self.to_write or self.organisations.changes_anything or contacts or self.new_records)

    @property
    def digest(self) -> str:
        """The digest of all changes, by which a confirmed import is compared with its preview."""
        digest = hashlib.sha256()
        for state in self.to_write:
            code = "" if state.is_new else state.group.code
            digest.update(repr((state.number, code, state.changes)).encode())
        for organisation in self.organisations.states.values():
            digest.update(repr((organisation.organisation.pk, organisation.is_new, organisation.changes)).encode())
        for contact in (*self.contacts.new, *self.contacts.changed.values()):
            details = (contact.pk, contact.organisation_id, contact.phone, contact.email, contact.release_agreed_by)
            digest.update(repr((details, contact.is_released)).encode())
        for record in self.new_records:
            digest.update(repr((record.source.name, record.foreign_id)).encode())
        return digest.hexdigest()
