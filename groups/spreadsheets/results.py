"""The result of an import, as a dry run finds it: for the preview, the writer, and the confirmed digest."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from .row_state import RowState

#: Sentences by the title of their column.
Errors = dict[str, list[str]]


@dataclass
class ImportResult:
    """The result of an import: the state of each row that could be read, and the errors of the others, by number."""

    states: dict[int, RowState] = field(default_factory=dict, kw_only=True)
    errors: dict[int, Errors] = field(default_factory=dict, kw_only=True)
    is_written: bool = field(default=False, kw_only=True)

    @property
    def new(self) -> list[RowState]:
        return [state for state in self.states.values() if state.is_new]

    @property
    def changed(self) -> list[RowState]:
        return [state for state in self.states.values() if state.changes and not state.is_new]

    @property
    def same_number(self) -> int:
        """The number of rows that change nothing."""
        return len(self.states) - len(self.new) - len(self.changed)

    @property
    def to_write(self) -> list[RowState]:
        """The new and changed rows, in the order of the file."""
        return [state for state in self.states.values() if state.is_new or state.changes]

    @property
    def remarks(self) -> list[tuple[int, str]]:
        """The remarks for the editor on rows that are written: the row's number, and a sentence."""
        return [(state.number, remark) for state in self.to_write for remark in state.remarks]

    @property
    def changes_anything(self) -> bool:
        return bool(self.to_write)

    @property
    def digest(self) -> str:
        """The digest of all changes, by which a confirmed import is compared with its preview."""
        digest = hashlib.sha256()
        for part in self._digested():
            digest.update(repr(part).encode())
        return digest.hexdigest()

    def _digested(self) -> list[tuple[Any, ...]]:
        """Return all that the import changes, as values that are equal where it changes the same."""
        return [(state.number, None if state.is_new else state.instance.pk, state.changes) for state in self.to_write]
