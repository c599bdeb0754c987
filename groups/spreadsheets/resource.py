"""A file of groups: what it would change, what is wrong with it, and doing it. Built on django-import-export."""

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
from .constraints import broken_rules
from .group_columns import GroupColumns
from .reader import ROW
from .row_matching import NAME, RowMatcher
from .row_relations import RowRelations, row_relations, with_all
from .scope import ImportScope
from .venue_columns import PlaceColumn, VenueResolver, says
from .writer import write

VERSION = "Revision"
#: Columns that say which group a row is about, and are not written.
_IDENTITY = {"code", "revision", "publication", "organisation"}
#: What no cell says, and is given when it is written.
_NOT_SAID = ("slug", "code")
#: For how many rows that somebody else has changed it is looked up what.
_MOST_LOOKED_UP = 10

Change = tuple[str, str, str]


class GroupSheet(GroupColumns):
    """Groups as rows of a file, for one person. Made anew for each file."""

    class Meta:
        model = SupportGroup
        # No savepoint and no copy for each row: nothing is written before all rows are read.
        use_bulk = True
        skip_diff = True
        instance_loader_class = BaseInstanceLoader
        store_instance = True
        chunk_size = 500

    def __init__(self, reach: ImportScope | None = None, shown: str | None = None, **kwargs) -> None:
        """`shown`: the mark of what its sender was shown and said yes to; None while it is only looked at."""
        super().__init__(**kwargs)
        self._reach, self._shown = reach, shown
        self._by_attribute = {field.attribute: field.column_name for field in self.fields.values() if field.attribute}
        self._places, self._matching = VenueResolver(), RowMatcher(reach) if reach else None
        self._new: list[SupportGroup] = []
        self._changed: list[tuple[SupportGroup, RowRelations]] = []
        self._looked_up = 0
        self._mark = hashlib.sha256()

    # Out

    def filter_export(self, queryset, **kwargs):
        return with_all(queryset)

    def export_field(self, field: Column, instance: SupportGroup, **kwargs) -> str:
        return field.export(instance)

    # In

    def before_import(self, dataset: Dataset, **kwargs) -> None:
        """Read all that the file names, at once; nobody else writes until this is done."""
        if self._shown is not None:
            lock()
        rows = [dict(zip(dataset.headers, row, strict=True)) for row in dataset]
        self._numbers = [row[ROW] for row in rows]
        self._matching.read(rows)
        self._places.read({row.get("Postcode", "") for row in rows}, {row.get("Town", "") for row in rows})
        self.fields["contacts"].widget.read(self._reach.organisations)

    def get_or_init_instance(self, instance_loader, row: OrderedDict) -> tuple[SupportGroup, bool]:
        group = self._matching.group_of(row, row[ROW])
        if group is not None:
            return group, False
        return SupportGroup(organisation=self._matching.organisation_of(row), publication=Publication.DRAFT), True

    def import_instance(self, instance: SupportGroup, row: OrderedDict, **kwargs) -> None:
        """Give a group what the cells say that differ from what stands; an empty cell says nothing."""
        before = row_relations(instance)
        instance._before, instance._given = before, before.copy()
        errors, touched, cells = {}, {}, {}
        standing = {title: tidy(words) for title, words in says(instance).items()}
        for name, field in self.fields.items():
            cell = row.get(field.column_name, "")
            if isinstance(field, PlaceColumn):
                cells[field.column_name] = cell
                touched[field] = standing[field.column_name]
                continue
            stands = field.export(instance) if cell else ""
            if not cell or cell == stands:
                continue
            try:
                self._put(name, field, instance, cell)
            except ValueError as error:
                errors[field.column_name] = str(error)
            touched[field] = stands
        try:
            self._places.put(instance, cells, standing)
        except ValidationError as error:
            errors |= {title: messages[0] for title, messages in error.message_dict.items()}
        instance._changes = self._changes(instance, touched)
        if errors:
            raise ValidationError(errors)

    def skip_row(self, instance, original, row, import_validation_errors=None) -> bool:
        """Whether a row says what stands already."""
        return bool(instance.pk and not instance._changes and not import_validation_errors)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True) -> None:
        """Hold a group to its model's own rules, each said at a column; without a query for each rule of each row."""
        errors = {title: list(each.messages) for title, each in _by_title(import_validation_errors).items()}
        excluded = [
            field.name for field in instance._meta.fields if field.is_relation or field.name in ("slug", "code")
        ]
        try:
            instance.clean_fields(exclude=excluded)
            instance.clean()
        except ValidationError as error:
            for attribute, messages in error.message_dict.items():
                errors.setdefault(self._by_attribute.get(attribute, NAME), self._plainly(attribute, messages))
        touched = {title for title, _, _ in instance._changes}
        for fields, sentence in broken_rules(instance):
            titles = [title for attribute, title in self._by_attribute.items() if attribute in fields]
            title = next((each for each in titles if each in touched), titles[0])
            if title not in errors:
                errors[title] = [sentence]
        if errors:
            raise ValidationError(errors)

    def save_instance(self, instance: SupportGroup, is_create: bool, row: OrderedDict, **kwargs) -> None:
        """Put it with those that are written at the end, if it may be."""
        if is_create or any(title == NAME for title, _, _ in instance._changes):
            self._matching.claim(instance, row, row[ROW])
        if is_create:
            self._new.append(instance)
        else:
            self._refuse_if_newer(instance, row.get(VERSION, ""))
            self._changed.append((instance, instance._before))

    def after_import_row(self, row: OrderedDict, row_result: RowResult, **kwargs) -> None:
        row_result.number, row_result.diff = row[ROW], row_result.instance._changes
        if row_result.import_type != RowResult.IMPORT_TYPE_SKIP:
            said = (row[ROW], row_result.instance.code if row_result.is_update() else "", row_result.diff)
            self._mark.update(repr(said).encode())

    def after_import(self, dataset: Dataset, result: Result, **kwargs) -> None:
        """Write it all, if its sender has seen just this; nothing if one row is wrong."""
        result.mark = self._mark.hexdigest()
        result.new_venues = self._places.new
        for row in result.invalid_rows:
            row.number = self._numbers[row.number - 1]
        result.has_moved = self._shown is not None and self._shown != result.mark
        result.is_written = False
        if self._shown is None or result.has_moved or result.has_errors() or result.has_validation_errors():
            return
        write(self._new, self._changed, self._places.new)
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

    def _refuse_if_newer(self, group: SupportGroup, version: str) -> None:
        if not version or version == str(group.revision):
            return
        self._looked_up += 1
        said = self._reach.since(group, version) if self._looked_up <= _MOST_LOOKED_UP else []
        raise ValidationError(
            {
                VERSION: "Somebody else has changed this group since your file was made. "
                + (f"They changed: {' '.join(said)} " if said else "")
                + "Make a new file, and put your changes in there; or take this row out."
            }
        )

    def _plainly(self, attribute: str, messages: list[str]) -> list[str]:
        is_missing = getattr(self._model_of(attribute), "blank", True) is False
        return ["This cannot be empty for a new group. Write something."] if is_missing else messages

    def _model_of(self, attribute: str):
        return next((field for field in SupportGroup._meta.fields if field.name == attribute), None)


def _by_title(errors: dict | None) -> dict[str, ValidationError]:
    found: dict[str, ValidationError] = {}
    for title, each in (errors or {}).items():
        found[NAME if title == NON_FIELD_ERRORS else title] = ValidationError(each)
    return found
