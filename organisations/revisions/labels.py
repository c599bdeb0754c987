"""The names of what versions point at: one query for each kind of thing, however many versions there are."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from django.db.models import Field, Model, QuerySet

from .snapshots import State, linked_fields, told_fields

GONE = "something that is not here any more"
HIDDEN = "something that you may not see"

#: Of rows of any model, those whose names somebody may read.
Named = Callable[[QuerySet], QuerySet]


class LabelLookup:
    """Looks up by key what the states of a model point at, whether it is still there or not."""

    def __init__(self, model: type[Model], states: Iterable[State], named: Named | None = None) -> None:
        wanted: dict[type[Model], set[int]] = defaultdict(set)
        for related, key in referenced_rows(model, states):
            if key is not None:
                wanted[related].add(key)
        self._found, self._hidden = {}, {}
        for related, keys in wanted.items():
            rows = _with_what_names_say(related)
            self._found[related] = (named(rows) if named else rows).in_bulk(keys)
            if named and (missing := keys - set(self._found[related])):
                self._hidden[related] = set(rows.filter(pk__in=missing).values_list("pk", flat=True))

    def row(self, model: type[Model], key: int) -> Model | None:
        """What is there under a key, of all that was asked for."""
        return self._found.get(model, {}).get(key)

    def name(self, model: type[Model], key: int) -> str:
        """Its name, or that it is gone."""
        row = self.row(model, key)
        return str(row) if row is not None else HIDDEN if key in self._hidden.get(model, ()) else GONE


def referenced_rows(model: type[Model], states: Iterable[State]) -> Iterator[tuple[type[Model], int | None]]:
    """The models and keys of all that some states of a model point at."""
    for state in states:
        for field in _foreign_keys(told_fields(model)):
            yield field.related_model, state.fields.get(field.name)
        for link in linked_fields(model):
            for key in state.links.get(link.name, ()):
                yield link.related_model, key
        for name, rows in state.parts.items():
            for field in _foreign_keys(part_fields(model, name)):
                for row in rows:
                    yield field.related_model, row.get(field.attname)


def part_fields(model: type[Model], name: str) -> list[Field]:
    """The fields of one of a model's parts, without the one that says whose part it is."""
    relation = model._meta.get_field(name)
    return [field for field in told_fields(relation.related_model) if field != relation.field]


def _foreign_keys(fields: Iterable[Field]) -> list[Field]:
    return [field for field in fields if field.many_to_one]


def _with_what_names_say(model: type[Model]):
    """Its rows, with what each points at: a town's name says its district."""
    return model._base_manager.select_related(*(field.name for field in _foreign_keys(model._meta.concrete_fields)))
