"""The dry run of a sheet of one model."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from ..columns import Column
from ..list_columns import ContactsCell
from ..progress import Progress
from ..reader import SheetRow
from ..results import Errors, ImportResult
from ..row_changes import changes_of, require_valid
from ..row_importer import REVISION, RowImporter
from ..row_state import RowState
from ..scope import ImportScope
from .columns import ID, TOWN
from .loading import StateLoader
from .unique import UniqueIndex

if TYPE_CHECKING:
    from .model_resource import ModelResource


class ModelImporter(RowImporter[ImportResult]):
    """Reads one file of one model of one user."""

    def __init__(self, scope: ImportScope, resource: "ModelResource") -> None:
        super().__init__(scope)
        self._resource = resource
        self._columns = resource.columns()
        # The town is chosen by the postcode.
        self._in_order = sorted(self._columns, key=lambda column: column.title == TOWN)
        self._title_of = {column.name: column.title for column in self._columns}
        self._matcher = resource.matcher(scope)
        self._loader = StateLoader(resource, self._columns, scope.organisations)
        self._unique = UniqueIndex(resource.model)

    def new_result(self) -> ImportResult:
        return ImportResult()

    def load(self, rows: Sequence[SheetRow], progress: Progress) -> None:
        cells = [row.cells for row in rows]
        instances = self._matcher.load(cells)
        progress(0)
        self._loader.load(instances)
        progress(0)
        self._unique.load(self._resource.rivals(self.scope, instances))
        for column in self._columns:
            if isinstance(column.cell, ContactsCell):
                column.cell.load({*self.scope.organisations} | {row.organisation_id for row in instances})
        for places in self._resource.places_of(self._columns):
            places.load(cells, instances)

    def read_row(self, row: SheetRow, result: ImportResult) -> None:
        state = self._loader.state_of(self._matcher.find(row.cells, row.number), row.number)
        before = {column: column.export(state) for column in self._columns if not column.is_read_only}
        errors = self._put_cells(state, row, before)
        state.changes = changes_of(state, before)
        if state.is_new or state.changes or errors:
            self._require_writable(state, row, errors)
        result.states[row.number] = state

    def _put_cells(self, state: RowState, row: SheetRow, before: dict[Column, str]) -> Errors:
        """Set what differs from the current values; an empty cell changes nothing. Return the errors by title."""
        errors: Errors = {}
        for column in self._in_order:
            text = row.cells.get(column.title, "")
            if not text or text == before.get(column):
                continue
            try:
                column.put(state, text)
            except ValueError as error:
                errors[column.title] = [str(error)]
        titles = {column.title for column, text in before.items() if column.export(state) != text}
        if titles or state.is_new:
            try:
                self._resource.finish(state, titles, self._columns)
            except ValidationError as error:
                errors |= error.message_dict
        if state.is_new:
            state.remarks = [*state.remarks, *self._resource.remarks_of_new(state.instance, self._matcher)]
        return errors

    def _require_writable(self, state: RowState, row: SheetRow, errors: Errors) -> None:
        """Raise ValidationError, keyed by column title, if a new or changed row cannot be written."""
        resource, instance = self._resource, state.instance
        if not state.is_new and not self.scope.may_change(instance):
            raise ValidationError({ID: f"This is a {resource.noun} that you may not change. Take this row out."})
        require_valid(state, errors, self._title_of, resource.name_title)
        self._unique.claim(instance, self._title_of)
        if not state.is_new:
            self.reject_stale_row(instance, row.cells.get(REVISION, ""), resource.noun)
