"""The columns of the source list and the foreign id of a row, by which a later file finds it again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from common.text import fold

from ..models import Source, SourceRecord, SupportGroup
from .columns import Cell, Column, Text
from .loading import GroupLoader
from .row_state import RowState
from .scope import ImportScope

SOURCE, FOREIGN_ID = "From list", "Id in that list"


class SourceColumn(Column):
    """A column of the record that a row is about, else of the first one of its group."""

    def __init__(self, name: str, title: str, cell: Cell, about: str, example: str) -> None:
        super().__init__(name, title, cell, about, example)

    def value(self, state: RowState) -> str:
        if state.record is None:
            return ""
        return state.record.source.name if self.title == SOURCE else state.record.foreign_id


def source_columns() -> list[SourceColumn]:
    """Return new columns of the source and the id."""
    return [
        SourceColumn(
            "source", SOURCE, Text(120), "The list of others that it comes from.", "Example Council directory"
        ),
        SourceColumn("foreign_id", FOREIGN_ID, Text(200), "What that list calls it: its code there.", "17"),
    ]


@dataclass
class SourceMatcher:
    """The sources that one file names, and what their entries are here."""

    scope: ImportScope
    loader: GroupLoader
    new_sources: list[Source] = field(default_factory=list)
    new_records: list[SourceRecord] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    _records: dict[tuple[str, str], SourceRecord] = field(default_factory=dict)
    _groups: dict[int, SupportGroup] = field(default_factory=dict)
    #: The folded names of the sources that have records.
    _read: set[str] = field(default_factory=set)
    #: The file row of each id.
    _rows: dict[tuple[str, str], int] = field(default_factory=dict)

    def load(self, rows: Iterable[dict[str, str]]) -> None:
        """Load the sources that the file names, and their records, in bulk."""
        named = {fold(row[SOURCE]) for row in rows if row.get(SOURCE)}
        if not named:
            return
        self.sources = {fold(source.name): source for source in Source.objects.all() if fold(source.name) in named}
        records: Any = SourceRecord.objects.filter(source__in=self.sources.values())
        for record in records.select_related("source", "group", "organisation").order_by("pk"):
            self._records[fold(record.source.name), record.foreign_id] = record
        self._read = {source for source, _ in self._records}

    def load_groups(self, rows: Iterable[dict[str, str]]) -> None:
        """Load the groups of the ids of some rows, in the place of those of the rows before."""
        groups = self.scope.rows.filter(pk__in=self.keys_of(rows)) if self._records else []
        self._groups = {group.pk: group for group in self.loader.load(groups)}

    def keys_of(self, rows: Iterable[dict[str, str]]) -> set[int]:
        """Return the primary keys of the groups of the ids of some rows."""
        ids = {(fold(row.get(SOURCE, "")), row.get(FOREIGN_ID, "")) for row in rows}
        records = (self._records[key] for key in ids if key in self._records)
        return {record.group_id for record in records if record.group_id}

    def find_record(self, row: dict[str, str], number: int) -> SourceRecord | None:
        """Return the known record of a row. Raises ValidationError for an incomplete or repeated id."""
        source, foreign_id = row.get(SOURCE, ""), row.get(FOREIGN_ID, "")
        if not source and not foreign_id:
            return None
        if not (source and foreign_id):
            raise ValidationError(
                {FOREIGN_ID if source else SOURCE: f"Write both “{SOURCE}” and “{FOREIGN_ID}”, or neither."}
            )
        key = (fold(source), foreign_id)
        first = self._rows.setdefault(key, number)
        if first != number:
            raise ValidationError(
                {FOREIGN_ID: f"The id “{foreign_id}” is in row {first} already. Take one of them out."}
            )
        return self._records.get(key)

    def has_been_read(self, row: dict[str, str]) -> bool:
        """Return whether the source of a row already has records from an earlier file."""
        return fold(row.get(SOURCE, "")) in self._read

    def find_group(self, record: SourceRecord | None) -> SupportGroup | None:
        """Return the group of a record. Raises ValidationError if it may not be changed."""
        if record is None or record.group_id is None:
            return None
        group = self._groups.get(record.group_id)
        if group is None:
            raise ValidationError({FOREIGN_ID: "This is a group that you may not change. Take this row out."})
        return group

    def assign(self, row: dict[str, str], known: SourceRecord | None, **subject: Any) -> SourceRecord | None:
        """Return the record of a row: the known one, or a new one of this subject. None if the row names no source.

        Raises ValidationError if the id is another thing here, or the source may not be added.
        """
        name, foreign_id = row.get(SOURCE, ""), row.get(FOREIGN_ID, "")
        if known is not None:
            [(kind, thing)] = subject.items()
            if getattr(known, f"{kind}_id") != thing.pk:
                raise ValidationError({FOREIGN_ID: f"In our list this id is “{known.subject}”. Put it right."})
            return known
        if not name:
            return None
        source = self.sources.get(fold(name))
        if source is None:
            if not self.scope.may_add_organisations:
                raise ValidationError({SOURCE: f"We know no list called “{name}”. A manager adds it."})
            source = self.sources[fold(name)] = Source(name=name)
            self.new_sources.append(source)
        record = SourceRecord(source=source, foreign_id=foreign_id, **subject)
        self.new_records.append(record)
        return record

    @property
    def gone(self) -> list[SourceRecord]:
        """The records of the named sources whose ids the file does not have, but for groups that have ended."""
        missing = [record for key, record in self._records.items() if key not in self._rows]
        return [
            record
            for record in missing
            if not (record.group and record.group.has_ended)
            and not (record.organisation and record.organisation.has_ended)
        ]
