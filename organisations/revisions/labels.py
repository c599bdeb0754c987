"""Labels of the rows that revisions reference: one query for each model, however many revisions."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Field, Model, QuerySet

from common.models import reverse_relation

from .snapshots import State, editable_fields, linked_fields

GONE = "something that is not here any more"
HIDDEN = "something that you may not see"

#: Limits rows of any model to those whose names the reader may know.
NameFilter = Callable[[QuerySet[Any]], QuerySet[Any]]


class LabelLookup:
    """Loads the rows that states of a model reference, and labels them by key, deleted and hidden ones too."""

    def __init__(self, model: type[Model], states: Iterable[State], name_filter: NameFilter | None = None) -> None:
        wanted: dict[type[Model], set[int]] = defaultdict(set)
        for related, key in referenced_rows(model, states):
            if key is not None:
                wanted[related].add(key)
        self._rows, self._hidden = {}, {}
        for related, keys in wanted.items():
            rows = _with_related_names(related)
            self._rows[related] = (name_filter(rows) if name_filter else rows).in_bulk(keys)
            if name_filter and (missing := keys - set(self._rows[related])):
                self._hidden[related] = set(rows.filter(pk__in=missing).values_list("pk", flat=True))

    def row(self, model: type[Model], key: int) -> Model | None:
        """Return the loaded row with this key, or None."""
        return self._rows.get(model, {}).get(key)

    def name(self, model: type[Model], key: int) -> str:
        """Return the name of a row, `HIDDEN` if the reader may not know it, `GONE` if it was deleted."""
        row = self.row(model, key)
        return str(row) if row is not None else HIDDEN if key in self._hidden.get(model, ()) else GONE


def referenced_rows(model: type[Model], states: Iterable[State]) -> Iterator[tuple[Any, int | None]]:
    """Yield (model, key) for each reference in the states of a model: foreign keys, relations, and those of parts."""
    for state in states:
        for field in _foreign_keys(editable_fields(model)):
            yield field.related_model, state.fields.get(field.name)
        for link in linked_fields(model):
            for key in state.links.get(link.name, ()):
                yield link.related_model, key
        for name, rows in state.parts.items():
            for field in _foreign_keys(part_fields(model, name)):
                for row in rows:
                    yield field.related_model, row.get(field.attname)


def part_fields(model: type[Model], name: str) -> "list[Field[Any, Any]]":
    """Return the editable fields of a part, without the foreign key to its owner."""
    relation = reverse_relation(model, name)
    return [field for field in editable_fields(relation.related_model) if field != relation.field]


def _foreign_keys(fields: "Iterable[Field[Any, Any]]") -> "list[Field[Any, Any]]":
    return [field for field in fields if field.many_to_one]


def _with_related_names(model: type[Model]) -> Any:
    """Return the rows with their foreign keys selected: `str` of a town needs its district."""
    return model._base_manager.select_related(*(field.name for field in _foreign_keys(model._meta.concrete_fields)))
