"""The result of importing a file of groups: groups, their organisations and contacts, and source records."""

from dataclasses import dataclass, field
from typing import Any

from organisations.models import Contact, Organisation

from ..models import SourceRecord, Venue
from .contact_columns import ContactResolver
from .feed_dates import FeedDates
from .organisation_columns import OrganisationResolver, OrganisationState
from .organisation_details import OrganisationDetails
from .results import ImportResult
from .source_columns import SourceMatcher
from .venue_columns import VenueResolver
from .venue_details import VenueDetails


@dataclass
class GroupImportResult(ImportResult):
    """The result of importing a file of groups. `states` has its rows of groups."""

    venues: VenueResolver
    organisations: OrganisationResolver
    contacts: ContactResolver
    sources: SourceMatcher
    venue_details: VenueDetails
    dates: FeedDates
    organisation_details: OrganisationDetails
    #: The states of rows that are not groups.
    organisation_rows: dict[int, Organisation] = field(default_factory=dict)
    left_out: list[int] = field(default_factory=list)

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
        """The records that an earlier file of the same list had, and this one lacks."""
        return self.sources.gone

    @property
    def changes_anything(self) -> bool:
        contacts = self.contacts.new or self.contacts.changed
        return bool(self.to_write or self.organisations.changes_anything or contacts or self.new_records)

    def _digested(self) -> list[tuple[Any, ...]]:
        contacts = [*self.contacts.new, *self.contacts.changed.values()]
        return [
            *super()._digested(),
            *((state.organisation.pk, state.is_new, state.changes) for state in self.organisations.states.values()),
            *(
                (contact.pk, contact.organisation_id, contact.phone, contact.email, contact.release_agreed_by)
                for contact in contacts
            ),
            *((contact.is_released,) for contact in contacts),
            *((record.source.name, record.foreign_id) for record in self.new_records),
        ]
