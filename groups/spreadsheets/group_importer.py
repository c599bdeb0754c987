"""The dry run of a file of groups."""

from collections.abc import Sequence
from copy import copy

from django.core.exceptions import ValidationError

from common.dates import today
from common.text import fold
from organisations.choices import Publication
from organisations.models import Organisation

from ..choices import RowKind
from ..models import SourceRecord, SupportGroup, Venue
from .cells import tidy
from .columns import Column
from .contact_columns import ContactResolver, PlainContactColumn
from .feed_dates import FeedDates
from .feed_places import OTHER_PLACES, FeedPlaces, cells_of_places
from .group_columns import group_columns
from .group_results import GroupImportResult
from .list_columns import ContactsCell
from .loading import GroupLoader, portions
from .organisation_columns import OrganisationColumn, OrganisationResolver, is_called
from .organisation_details import OrganisationDetails, places_of
from .progress import Progress
from .reader import SheetRow
from .results import Errors
from .role_contacts import RoleContacts
from .row_changes import changes_of, leave_to_staff, require_valid
from .row_importer import REVISION, RowImporter
from .row_kinds import RowKindColumn, organisation_cells, row_kind, service_name, service_words
from .row_matching import CODE, NAME, RowMatcher
from .row_state import RowState
from .schedule_column import TimesColumn
from .scope import ImportScope
from .source_columns import FOREIGN_ID, SourceColumn, SourceMatcher
from .venue_columns import POSTCODE, TOWN, PlaceColumn, VenueResolver, venue_cells
from .venue_details import VenueDetails

#: Columns that identify a group, and are not written.
_IDENTITY = {"code", "revision", "publication", "organisation"}


class GroupImporter(RowImporter[GroupImportResult]):
    """Reads one file of groups of one user."""

    def __init__(self, scope: ImportScope) -> None:
        super().__init__(scope)
        self._columns = group_columns()
        self._title_of = {column.name: column.title for column in self._columns}
        [self._contacts_cell] = [each.cell for each in self._columns if isinstance(each.cell, ContactsCell)]
        self._organisations = OrganisationResolver(scope)
        self._loader = GroupLoader(scope.organisations)
        self._venues = VenueResolver(scope.organisations)
        self._matcher = RowMatcher(scope, self._organisations, self._loader)
        self._contacts, self._sources = ContactResolver(today()), SourceMatcher(scope, self._loader)
        self._venue_details, self._dates = VenueDetails(), FeedDates()
        self._organisation_details = OrganisationDetails(self._organisations, self._venues)
        self._places = FeedPlaces(self._venues, self._venue_details)
        self._role_contacts = RoleContacts(self._contacts, today())

    def new_result(self) -> GroupImportResult:
        return GroupImportResult(
            self._venues,
            self._organisations,
            self._contacts,
            self._sources,
            self._venue_details,
            self._dates,
            self._organisation_details,
        )

    def read_row(self, row: SheetRow, result: GroupImportResult) -> None:
        kind = row_kind(row.cells)
        if kind == RowKind.GROUP:
            result.states[row.number] = self._read_row(row)
        elif kind == RowKind.ORGANISATION:
            result.organisation_rows[row.number] = self._read_organisation(row)
        else:
            result.left_out.append(row.number)

    def load_portion(self, rows: Sequence[SheetRow]) -> None:
        cells = [row.cells for row in rows]
        self._loader.forget()
        self._matcher.load_groups(cells)
        self._sources.load_groups(cells)

    def load(self, rows: Sequence[SheetRow], progress: Progress) -> None:
        cells = [row.cells for row in rows]
        self._organisations.load(cells)
        self._sources.load(cells)
        progress(0)
        self._matcher.load(cells)
        progress(0)
        places = [*cells, *cells_of_places(cells)]
        postcodes = {each.get(POSTCODE, "") for each in places}
        for keys in portions([*self._matcher.keys_of(cells) | self._sources.keys_of(cells)]):
            venues = Venue.objects.filter(groups__in=keys).order_by()
            postcodes.update(venues.values_list("postcode", flat=True))
        offices = places_of(cells)
        postcodes.update(postcode for postcode, _ in offices)
        self._venues.load(postcodes, {*(each.get(TOWN, "") for each in places), *(town for _, town in offices)})
        progress(0)
        self._contacts.load(self.scope.organisations)
        self._venue_details.load(places)
        self._role_contacts.load(self.scope.organisations, cells)
        self._contacts_cell.load(self.scope.organisations)

    def _read_row(self, row: SheetRow) -> RowState:
        """Return the state of a row. Raises ValidationError, keyed by column title, if it cannot be written."""
        known = self._sources.find_record(row.cells, row.number)
        state = self._match(row, known)
        state.record = known or state.record
        errors = self._put_cells(state, row)
        state.record = self._sources.assign(row.cells, known, group=state.group) or state.record
        if state.is_new or state.changes or errors:
            require_valid(state, errors, self._title_of, NAME)
            is_named = state.is_new or any(title == NAME for title, _, _ in state.changes)
            if is_named and not self._sources.has_been_read(row.cells):
                is_identified = state.record is not None
                self._matcher.claim(state.group, row.cells, row.number, is_identified=is_identified)
                state.remarks = [*state.remarks, *filter(None, [self._matcher.warning_of(state.group)])]
            if not state.is_new:
                self.reject_stale_row(state.group, row.cells.get(REVISION, ""), "group")
        return state

    def _read_organisation(self, row: SheetRow) -> Organisation:
        """Return the organisation of a row that is no group, with what the row says of it. Raises ValidationError."""
        cells = organisation_cells(row.cells)
        known = self._sources.find_record(cells, row.number)
        organisation = known.organisation if known is not None else None
        organisation = self._organisations.instance(organisation) if organisation else self._organisations.find(cells)
        errors = self._organisations.assign(organisation, cells, row.number)
        if errors:
            raise ValidationError(errors)
        self._organisation_details.assign(organisation, cells)
        if service := service_name(row.cells):
            self._organisations.add_service(organisation, service, service_words(row.cells))
        # Its contact is linked to no group: this one is not written.
        state = RowState.of(SupportGroup(organisation=organisation), row.number)
        self._contacts.assign(state, cells, dict.fromkeys(cells, ""))
        self._sources.assign(cells, known, organisation=organisation)
        return organisation

    def _match(self, row: SheetRow, known: SourceRecord | None) -> RowState:
        group = self._sources.find_group(known)
        if group is not None:
            self._matcher.require_once(group.pk, row.number, FOREIGN_ID, "This group")
        elif row.cells.get(CODE) or not self._sources.has_been_read(row.cells):
            # A new entry of a known source is not matched by name.
            group = self._matcher.find_group(row.cells, row.number, lambda group: self._is_what_stands(group, row))
        if group is None:
            organisation = self._organisations.find(row.cells)
            group = SupportGroup(organisation=organisation, publication=Publication.DRAFT)
        else:
            group.organisation = self._organisations.instance(group.organisation)
        return self._loader.state_of(group, row.number)

    def _is_what_stands(self, group: SupportGroup, row: SheetRow) -> bool:
        """Return whether a row would change nothing of a group."""
        # A copy, since the cells are set on it to compare the result.
        state = self._loader.state_of(copy(group), row.number)
        errors, before = self._put_own_cells(state, row)
        contact = {column: text for column, text in before.items() if isinstance(column, PlainContactColumn)}
        is_same_contact = all(row.cells.get(column.title, "") in ("", text) for column, text in contact.items())
        return is_same_contact and not errors and not changes_of(state, before)

    def _put_cells(self, state: RowState, row: SheetRow) -> Errors:
        """Set what differs from the current values, and the changes of the state; an empty cell changes nothing."""
        cells, note = row.cells, state.group.staff_note
        errors: Errors = {}
        try:
            self._role_contacts.add_roles(state, cells, self._contacts_cell)
        except ValidationError as error:
            errors |= error.message_dict
        own_errors, before = self._put_own_cells(state, row)
        errors |= own_errors
        if state.group.venue is not None and not state.group.venue.is_confidential:
            self._venue_details.assign(state.group.venue, cells)
        self._dates.assign(state, cells, self._places.assign(state, cells))
        errors |= self._organisations.assign(state.group.organisation, cells, state.number)
        self._organisation_details.assign(state.group.organisation, cells)
        current = {column.title: text for column, text in before.items() if isinstance(column, PlainContactColumn)}
        try:
            self._contacts.assign(state, cells, current)
            self._role_contacts.add_plain(state, cells)
        except ValidationError as error:
            errors |= error.message_dict
        state.changes = changes_of(state, before)
        if state.group.staff_note != note:
            state.changes.append(("Note for staff", note, state.group.staff_note))
        return errors

    def _put_own_cells(self, state: RowState, row: SheetRow) -> tuple[Errors, dict[Column, str]]:
        """Set what differs from the current values but for organisation and contact.

        Return the errors, and the text of each column that may change before it did.
        """
        errors: Errors = {}
        cells = row.cells
        state.keeps_times_elsewhere = bool(cells.get(OTHER_PLACES))
        current_venue = {title: tidy(words) for title, words in venue_cells(state.group).items()}
        before: dict[Column, str] = {}
        for column in self._columns:
            text = cells.get(column.title, "")
            if isinstance(column, PlaceColumn):
                before[column] = current_venue[column.title]
                continue
            if isinstance(column, PlainContactColumn):
                before[column] = column.export(state)
                continue
            if isinstance(column, OrganisationColumn | SourceColumn | RowKindColumn):
                continue
            current = column.export(state) if text else ""
            if not text or text == current:
                continue
            before[column] = current
            try:
                self._put(state, column, text)
            except ValueError as error:
                if row.is_foreign and isinstance(column, TimesColumn):
                    leave_to_staff(state, column, text, current, str(error))
                else:
                    errors[column.title] = [str(error)]
        remarks = state.remarks
        try:
            given = {title: cells.get(title, "") for title in current_venue}
            state.remarks = remarks + self._venues.assign(state.group, given, current_venue)
        except ValidationError as error:
            errors |= {title: messages[:1] for title, messages in error.message_dict.items()}
        return errors, before

    def _put(self, state: RowState, column: Column, text: str) -> None:
        group = state.group
        if column.name not in _IDENTITY:
            column.put(state, text)
        elif column.name == "organisation" and not state.is_new and not is_called(group.organisation, text):
            raise ValueError(
                f"This group belongs to {group.organisation}. A sheet does not give it to another organisation."
            )
        elif column.name == "publication" and fold(text) != fold(column.export(state)):
            raise ValueError("A sheet publishes nothing, and takes nothing off. Do that on the list of groups.")
