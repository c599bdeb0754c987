"""Sheet resources: the one interface that the pages, the import and the export use."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from organisations.permissions import CHANGE, permissions_of

from ..columns import Column
from ..preview import count_of
from ..reader import MOST_IN_WORDS
from ..results import ImportResult
from ..row_importer import RowImporter
from ..scope import ImportScope
from ..workbook import MOST_ROWS

#: Rules of every sheet, for its template.
_ALL_OR_NOTHING = (
    "Nothing is written before you have seen what would change. If one row is wrong, nothing is written at all.",
    f"At most {MOST_ROWS:,} rows and {MOST_IN_WORDS}.",
)


class SheetResource(ABC):
    """A kind of sheet: the model and columns of its rows, and how they are matched, written and exported."""

    model: type[Model]
    #: Whether what a file adds is a draft, and can be checked.
    has_drafts = True
    #: Whether a file with titles of its own is asked what its columns are; else its titles must be ours.
    is_mapped = False
    #: How a row is found, and what is particular, for the template.
    own_rules: tuple[str, ...] = ()
    #: What the page of an export says of what is not in the file.
    not_exported = ""

    @property
    def key(self) -> str:
        """The name of the resource in forms and uploads: "supportgroup"."""
        return self.model._meta.model_name or ""

    @property
    def noun(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def plural(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    @property
    def rules(self) -> list[str]:
        """The rules of its sheet, for its template."""
        return [
            f"One row for each {self.noun}. The first row has the titles of the columns; leave out those you do not "
            "need.",
            "An empty cell changes nothing. To empty what we say, write a single dash: -",
            *self.own_rules,
            *_ALL_OR_NOTHING,
        ]

    @abstractmethod
    def columns(self) -> list[Column]:
        """Return new columns for one file; relation columns cache the names that they look up."""

    def titles(self) -> list[str]:
        """Return the titles of all columns, in order."""
        return [column.title for column in self.columns()]

    def may_import(self, request: HttpRequest, page: Any) -> bool:
        """Return whether the user may change rows of any organisation. `page` is the `ModelAdmin` of the model.

        Those who may only propose cannot import.
        """
        rights = permissions_of(request.user)
        return rights.is_manager or any(rights.may(CHANGE, page, key) for key in rights.edits)

    @abstractmethod
    def scope(self, request: HttpRequest, page: Any) -> ImportScope:
        """Return the rows that the user's files may write."""

    @abstractmethod
    def exported(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return those of the rows that may be exported, in the order of the file."""

    @abstractmethod
    def export_rows(self, rows: QuerySet[Any]) -> Iterator[list[str]]:
        """Yield the texts of each row in the order of the columns. Rows are read in batches."""

    @abstractmethod
    def importer(self, scope: ImportScope) -> RowImporter[Any]:
        """Return what reads one file of one user."""

    @abstractmethod
    def write(self, result: Any) -> None:
        """Write everything that a dry run found, with revisions."""

    def preview_context(self, result: Any) -> dict[str, Any]:
        """Return the template context that only this resource's preview has."""
        return {}

    def imported_sentence(self, result: ImportResult) -> str:
        """Return a sentence on what was written."""
        parts = [f"{self._count(len(result.new))} added", f"{self._count(len(result.changed))} changed"]
        if not self.has_drafts:
            return f"Imported: {'; '.join(parts)}."
        parts[0] += ", as drafts"
        return f"Imported: {'; '.join([*parts, *self._more_written(result)])}. None of them counts as checked."

    def _more_written(self, result: Any) -> list[str]:
        return []

    def _count(self, number: int) -> str:
        return count_of(number, self.noun, self.plural)
