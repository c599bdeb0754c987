"""Import and export of groups: dry run, validation, and writing in bulk. Built on django-import-export."""

import hashlib
from collections import OrderedDict

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from import_export.instance_loaders import BaseInstanceLoader
from import_export.results import Result, RowResult
from tablib import Dataset

from common.text import fold
from organisations.choices import Publication

from ..models import SupportGroup
from ..search.snapshot.change_log import lock
from .cells import tidy
from .columns import Column
from .constraints import violations
from .group_columns import GroupColumns
from .reader import ROW
from .row_matching import NAME, RowMatcher
from .row_relations import RowRelations, row_relations, with_relations
from .scope import ImportScope
from .venue_columns import PlaceColumn, VenueResolver, venue_cells
from .writer import write

REVISION = "Version"
#: Columns that identify a group, and are not written.
_IDENTITY = {"code", "revision", "publication", "organisation"}
#: For how many stale rows the error message lists what has changed since: each costs a query.
_MOST_EXPLAINED = 10

Change = tuple[str, str, str]


class GroupSheet(GroupColumns):
    """The resource for one file and one user; not reusable."""

    class Meta:
        model = SupportGroup
        # No savepoint and no copy for each row: nothing is written until all rows are read.
        use_bulk = True
        skip_diff = True
        instance_loader_class = BaseInstanceLoader
        store_instance = True
        chunk_size = 500

    def __init__(self, scope: ImportScope | None = None, confirmed_digest: str | None = None, **kwargs) -> None:
        """`confirmed_digest` is the digest of the preview that the user confirmed; None for a dry run."""
        super().__init__(**kwargs)
        self._scope, self._confirmed_digest = scope, confirmed_digest
        self._by_attribute = {field.attribute: field.column_name for field in self.fields.values() if field.attribute}
        self._venues, self._matcher = VenueResolver(), RowMatcher(scope) if scope else None
        self._new: list[SupportGroup] = []
        self._changed: list[tuple[SupportGroup, RowRelations]] = []
        self._stale_rows = 0
        self._digest = hashlib.sha256()

    # Export

    def filter_export(self, queryset, **kwargs):
        return with_relations(queryset)

    def export_field(self, field: Column, instance: SupportGroup, **kwargs) -> str:
        return field.export(instance)

    # Import

    def before_import(self, dataset: Dataset, **kwargs) -> None:
        """Load everything that the file names in bulk; when writing, lock the directory first."""
        if self._confirmed_digest is not None:
            lock()
        rows = [dict(zip(dataset.headers, row, strict=True)) for row in dataset]
        self._numbers = [row[ROW] for row in rows]
        self._matcher.load(rows)
        self._venues.load({row.get("Postcode", "") for row in rows}, {row.get("Town", "") for row in rows})
        self.fields["contacts"].widget.load(self._scope.organisations)

    def get_or_init_instance(self, instance_loader, row: OrderedDict) -> tuple[SupportGroup, bool]:
        group = self._matcher.find_group(row, row[ROW])
        if group is not None:
            return group, False
        return SupportGroup(organisation=self._matcher.find_organisation(row), publication=Publication.DRAFT), True

    def import_instance(self, instance: SupportGroup, row: OrderedDict, **kwargs) -> None:
        """Set the fields whose cells differ from the current values; an empty cell changes nothing."""
        before = row_relations(instance)
        instance._previous_relations, instance._row_relations = before, before.copy()
        errors, touched, cells = {}, {}, {}
        current_venue = {title: tidy(words) for title, words in venue_cells(instance).items()}
        for name, field in self.fields.items():
            cell = row.get(field.column_name, "")
            if isinstance(field, PlaceColumn):
                cells[field.column_name] = cell
                touched[field] = current_venue[field.column_name]
                continue
            current = field.export(instance) if cell else ""
            if not cell or cell == current:
                continue
            try:
                self._put(name, field, instance, cell)
            except ValueError as error:
                errors[field.column_name] = str(error)
            touched[field] = current
        try:
            self._venues.assign(instance, cells, current_venue)
        except ValidationError as error:
            errors |= {title: messages[0] for title, messages in error.message_dict.items()}
        instance._changes = self._changes(instance, touched)
        if errors:
            raise ValidationError(errors)

    def skip_row(self, instance, original, row, import_validation_errors=None) -> bool:
        """Return whether a row changes nothing."""
        return bool(instance.pk and not instance._changes and not import_validation_errors)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True) -> None:
        """Validate a group against its model, with each error at a column, without a query for each constraint."""
        errors = {title: list(each.messages) for title, each in _by_title(import_validation_errors).items()}
        excluded = [
            field.name for field in instance._meta.fields if field.is_relation or field.name in ("slug", "code")
        ]
        try:
            instance.clean_fields(exclude=excluded)
            instance.clean()
        except ValidationError as error:
            for attribute, messages in error.message_dict.items():
                errors.setdefault(self._by_attribute.get(attribute, NAME), self._editor_messages(attribute, messages))
        touched = {title for title, _, _ in instance._changes}
        for fields, sentence in violations(instance):
            titles = [title for attribute, title in self._by_attribute.items() if attribute in fields]
            title = next((each for each in titles if each in touched), titles[0])
            if title not in errors:
                errors[title] = [sentence]
        if errors:
            raise ValidationError(errors)

    def save_instance(self, instance: SupportGroup, is_create: bool, row: OrderedDict, **kwargs) -> None:
        """Queue the group for the bulk write. Raises ValidationError if it is a duplicate or stale."""
        if is_create or any(title == NAME for title, _, _ in instance._changes):
            self._matcher.claim(instance, row, row[ROW])
        if is_create:
            self._new.append(instance)
        else:
            self._reject_stale_row(instance, row.get(REVISION, ""))
            self._changed.append((instance, instance._previous_relations))

    def after_import_row(self, row: OrderedDict, row_result: RowResult, **kwargs) -> None:
        row_result.number, row_result.diff = row[ROW], row_result.instance._changes
        if row_result.import_type != RowResult.IMPORT_TYPE_SKIP:
            line = (row[ROW], row_result.instance.code if row_result.is_update() else "", row_result.diff)
            self._digest.update(repr(line).encode())

    def after_import(self, dataset: Dataset, result: Result, **kwargs) -> None:
        """Write all rows if there are no errors and the digest is the confirmed one; otherwise none."""
        result.digest = self._digest.hexdigest()
        result.new_venues = self._venues.new
        for row in result.invalid_rows:
            row.number = self._numbers[row.number - 1]
        result.has_moved = self._confirmed_digest is not None and self._confirmed_digest != result.digest
        result.is_written = False
        if self._confirmed_digest is None or result.has_moved or result.has_errors() or result.has_validation_errors():
            return
        write(self._new, self._changed, self._venues.new)
        result.is_written = True

    def _put(self, name: str, field: Column, group: SupportGroup, cell: str) -> None:
        if name not in _IDENTITY:
            field.put(group, cell)
        elif name == "organisation" and group.pk and fold(cell) != fold(group.organisation.name):
            raise ValueError(
                f"This group belongs to {group.organisation}. A sheet does not give it to another organisation."
            )
        elif name == "publication":
            raise ValueError("A sheet publishes nothing, and takes nothing off. Do that on the list of groups.")

    def _changes(self, group: SupportGroup, touched: dict[Column, str]) -> list[Change]:
        now = [(field.column_name, was, field.export(group)) for field, was in touched.items()]
        return [(title, was if group.pk else "", text) for title, was, text in now if text != was]

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

    def _editor_messages(self, attribute: str, messages: list[str]) -> list[str]:
        is_missing = getattr(self._model_field(attribute), "blank", True) is False
        return ["This cannot be empty for a new group. Write something."] if is_missing else messages

    def _model_field(self, attribute: str):
        return next((field for field in SupportGroup._meta.fields if field.name == attribute), None)


def _by_title(errors: dict | None) -> dict[str, ValidationError]:
    found: dict[str, ValidationError] = {}
    for title, each in (errors or {}).items():
        found[NAME if title == NON_FIELD_ERRORS else title] = ValidationError(each)
    return found
