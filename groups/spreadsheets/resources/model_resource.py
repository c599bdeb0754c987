"""A resource whose rows are instances of one model, and nothing else."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from organisations.admin import changes_since
from organisations.models import Organisation
from organisations.permissions import CHANGE, permissions_of

from ..bulk_writes import write_rows
from ..columns import Column
from ..list_columns import LinkColumn
from ..loading import portions
from ..results import ImportResult
from ..row_state import RowState
from ..scope import ImportScope
from .base import SheetResource
from .columns import PlaceLookup, TownColumn
from .loading import StateLoader
from .matching import Matcher
from .model_importer import ModelImporter


class ModelResource(SheetResource):
    """Base of the resources of organisations and of what belongs to them."""

    model: type[Any]
    #: The relations to one that columns need.
    relations: tuple[str, ...] = ("organisation",)
    #: The path from a row to the primary key of its organisation.
    owner = "organisation_id"
    #: The title of the column at which stands what is wrong with no column.
    name_title = "Title"
    order: tuple[str, ...] = ()

    @abstractmethod
    def matcher(self, scope: ImportScope) -> Matcher:
        """Return the `Matcher` of one file."""

    def annotate(self, instances: Sequence[Any]) -> None:
        """Set what columns need on instances beside their fields and relations."""

    def finish(self, state: RowState, titles: set[str], columns: Sequence[Column]) -> None:
        """Set derived fields after the columns with these titles have changed. Raises ValidationError."""

    def remarks_of_new(self, instance: Any, matcher: Any) -> list[str]:
        """Return the remarks on a new row for the editor, as sentences."""
        return []

    def rivals(self, scope: ImportScope, instances: Sequence[Any]) -> QuerySet[Any]:
        """Return the rows that the rows of a file must not share unique values with."""
        owners = {*scope.organisations} | {instance.organisation_id for instance in instances}
        rows: QuerySet[Any] = self.model._default_manager.filter(organisation__in=owners)
        return rows

    def scope(self, request: HttpRequest, page: Any) -> ImportScope:
        rights = permissions_of(request.user)
        organisations = Organisation.objects.all()
        own = {key for key in rights.edits if rights.may(CHANGE, page, key)}
        if not rights.is_manager:
            organisations = organisations.filter(pk__in=own)
        return ImportScope(
            self.exported(page.filter_visible(request, self.model._default_manager.all())),
            organisations.in_bulk(),
            partial(changes_since, request),
            may_add_organisations=rights.is_manager,
            may_change=lambda row: rights.is_manager or getattr(row, self.owner) in own,
        )

    def exported(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.order_by(*self.order, "pk")

    def export_rows(self, rows: QuerySet[Any]) -> Iterator[list[str]]:
        columns = self.columns()
        loader = StateLoader(self, columns)
        for portion in portions(list(rows.values_list("pk", flat=True))):
            found = self.model._default_manager.in_bulk(portion)
            for instance in loader.load(found[key] for key in portion if key in found):
                state = loader.state_of(instance)
                yield [column.export(state) for column in columns]
            loader.forget()

    def importer(self, scope: ImportScope) -> ModelImporter:
        return ModelImporter(scope, self)

    def write(self, result: ImportResult) -> None:
        links = [column.name for column in self.columns() if isinstance(column, LinkColumn)]
        write_rows(self.model, result.to_write, links)

    def places_of(self, columns: Iterable[Column]) -> list[PlaceLookup]:
        """Return the lookup of towns and postcodes of the columns of one file, if they have places."""
        return [column.places for column in columns if isinstance(column, TownColumn)]
