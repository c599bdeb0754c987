"""Import of groups: every row is matched, read and validated; then all are written at once, or none."""

import hashlib
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from common.statistics import analyse
from common.text import fold
from organisations.choices import Publication

from ..models import SupportGroup, Venue
from ..search.snapshot.change_log import lock
from .cells import tidy
from .columns import Column
from .constraints import violations
from .group_columns import group_columns
from .list_columns import ContactsCell
from .reader import SheetRow
from .row_matching import NAME, RowMatcher
from .row_state import Change, RowState
from .scope import ImportScope
from .venue_columns import POSTCODE, TOWN, PlaceColumn, VenueResolver, venue_cells
from .writer import write

REVISION = "Version"
#: Columns that identify a group, and are not written.
_IDENTITY = {"code", "revision", "publication", "organisation"}
#: For how many stale rows the error message lists what has changed since: each costs a query.
_MOST_EXPLAINED = 10
#: From so many new groups on, the database counts its tables again: it plans by what there was before.
MANY = 500

#: Sentences by the title of their column.
Errors = dict[str, list[str]]


@dataclass
class ImportResult:
    """What a file does: the state of each row that could be read, and the errors of each other row, by its number."""

    states: dict[int, RowState]
    errors: dict[int, Errors]
    new_venues: list[Venue]
    is_written: bool = False

    @property
    def new(self) -> list[RowState]:
        return [state for state in self.states.values() if state.is_new]

    @property
    def changed(self) -> list[RowState]:
        return [state for state in self.states.values() if state.changes and not state.is_new]

    @property
    def to_write(self) -> list[RowState]:
        """The new and changed rows, in the order of the file."""
        return [state for state in self.states.values() if state.is_new or state.changes]

    @property
    def remarks(self) -> list[tuple[int, str]]:
        """What the editor is told of rows that are written: the number of the row, and a sentence."""
        return [(state.number, remark) for state in self.to_write for remark in state.remarks]

    @property
    def digest(self) -> str:
        """The digest of all changes, by which a confirmed import is compared with its preview."""
        digest = hashlib.sha256()
        for state in self.to_write:
            code = "" if state.is_new else state.group.code
            digest.update(repr((state.number, code, state.changes)).encode())
        return digest.hexdigest()


def preview_import(rows: Sequence[SheetRow], scope: ImportScope) -> ImportResult:
    """Return what a file would do; nothing is written."""
    return _Importer(scope).read(rows)


def write_import(rows: Sequence[SheetRow], scope: ImportScope, confirmed_digest: str) -> ImportResult:
    """Write a file if it has no errors and does what the user confirmed, by the digest of the preview; else nothing.

    Must be called in a transaction: the directory is locked first.
    """
    lock()
    result = _Importer(scope).read(rows)
    if not result.errors and result.digest == confirmed_digest:
        write(result.to_write, result.new_venues)
        result.is_written = True
        if len(result.new) >= MANY:
            transaction.on_commit(analyse)
    return result


class _Importer:
    """Reads one file of one user."""

    def __init__(self, scope: ImportScope) -> None:
        self._scope = scope
        self._columns = group_columns()
        self._title_of = {column.name: column.title for column in self._columns}
        self._venues, self._matcher = VenueResolver(), RowMatcher(scope)
        self._stale_rows = 0

    def read(self, rows: Sequence[SheetRow]) -> ImportResult:
        self._load(rows)
        result = ImportResult({}, {}, self._venues.new)
        for row in rows:
            try:
                result.states[row.number] = self._read_row(row)
            except ValidationError as error:
                result.errors[row.number] = error.message_dict
        return result

    def _load(self, rows: Sequence[SheetRow]) -> None:
        """Load everything that the file names in bulk."""
        self._matcher.load(row.cells for row in rows)
        venues = [group.venue for group in self._matcher.groups if group.venue]
        postcodes = {row.cells.get(POSTCODE, "") for row in rows} | {venue.postcode for venue in venues}
        self._venues.load(postcodes, {row.cells.get(TOWN, "") for row in rows})
        for column in self._columns:
            if isinstance(column.cell, ContactsCell):
                column.cell.load(self._scope.organisations)

    def _read_row(self, row: SheetRow) -> RowState:
        """Return the state of a row. Raises ValidationError, keyed by column title, if it cannot be written."""
        state = self._match(row)
        errors = self._put_cells(state, row.cells)
        if state.is_new or state.changes or errors:
            self._validate(state, errors)
            if state.is_new or any(title == NAME for title, _, _ in state.changes):
                self._matcher.claim(state.group, row.cells, row.number)
            if not state.is_new:
                self._reject_stale_row(state.group, row.cells.get(REVISION, ""))
        return state

    def _match(self, row: SheetRow) -> RowState:
        group = self._matcher.find_group(row.cells, row.number, lambda group: self._is_what_stands(group, row))
        if group is None:
            organisation = self._matcher.find_organisation(row.cells)
            group = SupportGroup(organisation=organisation, publication=Publication.DRAFT)
        return RowState.of(group, row.number)

    def _is_what_stands(self, group: SupportGroup, row: SheetRow) -> bool:
        """Return whether a row would change nothing of a group."""
        # A copy, since cells are set to see what they come to.
        state = RowState.of(copy(group), row.number)
        return not self._put_cells(state, row.cells) and not state.changes

    def _put_cells(self, state: RowState, cells: Mapping[str, str]) -> Errors:
        """Set what differs from the current values, and the changes of the state; an empty cell changes nothing."""
        errors: Errors = {}
        current_venue = {title: tidy(words) for title, words in venue_cells(state.group).items()}
        before: dict[Column, str] = {}
        for column in self._columns:
            text = cells.get(column.title, "")
            if isinstance(column, PlaceColumn):
                before[column] = current_venue[column.title]
                continue
            current = column.export(state) if text else ""
            if not text or text == current:
                continue
            before[column] = current
            try:
                self._put(state, column, text)
            except ValueError as error:
                errors[column.title] = [str(error)]
        try:
            given = {title: cells.get(title, "") for title in current_venue}
            state.remarks = self._venues.assign(state.group, given, current_venue)
        except ValidationError as error:
            errors |= {title: messages[:1] for title, messages in error.message_dict.items()}
        state.changes = _changes(state, before)
        return errors

    def _put(self, state: RowState, column: Column, text: str) -> None:
        group = state.group
        if column.name not in _IDENTITY:
            column.put(state, text)
        elif column.name == "organisation" and not state.is_new and fold(text) != fold(group.organisation.name):
            raise ValueError(
                f"This group belongs to {group.organisation}. A sheet does not give it to another organisation."
            )
        elif column.name == "publication" and fold(text) != fold(column.export(state)):
            raise ValueError("A sheet publishes nothing, and takes nothing off. Do that on the list of groups.")

    def _validate(self, state: RowState, errors: Errors) -> None:
        """Validate a group against its model, with each error at a column, without a query for each constraint."""
        group = state.group
        excluded = [field.name for field in group._meta.fields if field.is_relation or field.name in ("slug", "code")]
        try:
            group.clean_fields(exclude=excluded)
            group.clean()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                errors.setdefault(self._title_of.get(name, NAME), _editor_messages(name, messages))
        touched = {title for title, _, _ in state.changes}
        for names, sentence in violations(group):
            titles = [title for name, title in self._title_of.items() if name in names]
            title = next((each for each in titles if each in touched), titles[0])
            errors.setdefault(title, [sentence])
        if errors:
            raise ValidationError(errors)

    def _reject_stale_row(self, group: SupportGroup, revision: str) -> None:
        if not revision or revision == str(group.revision):
            return
        self._stale_rows += 1
        changes = self._scope.changes_since(group, revision) if self._stale_rows <= _MOST_EXPLAINED else []
        raise ValidationError(
            {
                REVISION: "Somebody else has changed this group since your file was made. "
                + (f"They changed: {' '.join(changes)} " if changes else "")
                + "Make a new file, and put your changes in there; or take this row out."
            }
        )


def _changes(state: RowState, before: Mapping[Column, str]) -> list[Change]:
    texts = [(column.title, text, column.export(state)) for column, text in before.items()]
    return [(title, "" if state.is_new else text, after) for title, text, after in texts if after != text]


def _editor_messages(name: str, messages: list[str]) -> list[str]:
    fields = {field.name: field for field in SupportGroup._meta.fields}
    is_missing = name in fields and not fields[name].blank
    return ["This cannot be empty for a new group. Write something."] if is_missing else messages
