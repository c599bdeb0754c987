"""Loads the row states of a sheet of one model, with all that their cells need."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from organisations.models import Organisation

from ..columns import Column
from ..list_columns import LinkColumn
from ..loading import RelationLoader, portions
from ..row_state import RowRelations, RowState

if TYPE_CHECKING:
    from .model_resource import ModelResource


class StateLoader:
    """Loads the relations of instances that the columns of a resource cover."""

    def __init__(
        self, resource: "ModelResource", columns: Sequence[Column], organisations: dict[int, Organisation] | None = None
    ) -> None:
        """Take the organisations that are loaded already, by primary key."""
        self._resource = resource
        self._links = [column.name for column in columns if isinstance(column, LinkColumn)]
        self._related = RelationLoader(organisations)
        self._found: dict[str, dict[int, list[Any]]] = {name: {} for name in self._links}

    def load(self, instances: Iterable[Any]) -> list[Any]:
        """Load the relations that the cells of instances need. Return the instances."""
        loaded = list(instances)
        for portion in portions(loaded):
            keys = [instance.pk for instance in portion]
            for name in self._links:
                self._found[name].update(self._related.links(self._resource.model, name, keys))
            self._resource.annotate(portion)
            for name in self._resource.relations:
                related = self._related.attach(portion, name)
                if name == "town":
                    self._related.attach(related, "district")
        return loaded

    def forget(self) -> None:
        """Forget the relations of the instances that were loaded, and keep what they share."""
        self._found = {name: {} for name in self._links}

    def state_of(self, instance: Any, number: int = 0) -> RowState:
        """Return the state of an instance that was loaded, or of a new one, before anything is imported."""
        links = {name: self._found[name].get(instance.pk or 0, []) for name in self._links}
        return RowState.of(instance, number, RowRelations(links))
