"""The steps of a merge, as they are written and as they are undone."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db.models import F, ForeignKey, Model
from django.utils import timezone

from ..models import has_revisions, record_revisions

_BATCH = 500
#: A step in JSON: its kind, the label of the model, and what that kind needs.
Step = list[Any]


class Steps:
    """Writes the steps of a merge and records them. By querysets, so that change signals are sent."""

    def __init__(self) -> None:
        self.done: list[Step] = []

    def move(self, relation: "ForeignKey[Any, Any]", keys: Collection[int], old: int, new: int) -> None:
        """Point rows that reference `old` to `new`."""
        _move(relation, keys, old, new)
        self.done.append(["move", relation.model._meta.label_lower, relation.name, sorted(keys), old, new])

    def delete(self, rows: Iterable[Any]) -> None:
        """Delete rows that nothing references any more."""
        for row in rows:
            self.done.append(["delete", row._meta.label_lower, _columns(row)])
            row.is_being_merged, key = True, row.pk
            row.delete()
            # Django takes the key away, which a plan that is shown again needs.
            row.pk = key

    def add(self, row: Any) -> None:
        """Insert a row."""
        row.save(force_insert=True)
        self.done.append(["add", row._meta.label_lower, row.pk])

    def note_values(self, row: Model, names: Iterable[str]) -> None:
        """List the values of a row that are about to be changed, by column."""
        values = _columns(row)
        self.done.append(["change", row._meta.label_lower, row.pk, {name: values[name] for name in names}])


def undo(steps: Iterable[Step], target: Any) -> None:
    """Undo steps, last first, except where somebody has changed since what they wrote. The target is saved."""
    for kind, label, *step in reversed(list(steps)):
        model: Any = apps.get_model(label)
        if kind == "move":
            name, keys, old, new = step
            _move(model._meta.get_field(name), keys, new, old)
        elif kind == "delete":
            _insert(model, step[0])
        elif kind == "add":
            model._default_manager.filter(pk=step[0]).delete()
        else:
            for name, value in step[1].items():
                setattr(target, name, _python(model, name, value))
            target.save()


def touch(model: Any, keys: Collection[int], reason: str) -> None:
    """Record a revision of rows, with the next number, whose relations were written past their own forms."""
    for batch in _batches(keys):
        rows = model._default_manager.filter(pk__in=batch)
        numbered = any(each.name == "revision" for each in model._meta.concrete_fields)
        rows.update(updated_at=timezone.now(), **({"revision": F("revision") + 1} if numbered else {}))
        if has_revisions(model):
            record_revisions(list(model._base_manager.filter(pk__in=batch).order_by("pk")), "~", reason)


def _move(relation: "ForeignKey[Any, Any]", keys: Collection[int], old: int, new: int) -> None:
    for batch in _batches(keys):
        rows: Any = relation.model._default_manager
        rows.filter(pk__in=batch, **{relation.name: old}).update(**{relation.name: new})


def _columns(row: Any) -> dict[str, Any]:
    return {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}


def _insert(model: Any, values: Mapping[str, Any]) -> None:
    """Insert a row with its old key, unless what it needs was deleted since. Its dates stay, which `save` would set."""
    columns = {name: _python(model, name, value) for name, value in values.items()}
    for each in model._meta.concrete_fields:
        if not isinstance(each, ForeignKey) or columns[each.attname] is None:
            continue
        related: Any = each.related_model
        if not related._base_manager.filter(pk=columns[each.attname]).exists():
            if not each.null:
                return
            columns[each.attname] = None
    model._default_manager.bulk_create([model(**columns)])
    dates = {name: columns[name] for name in ("created_at", "updated_at") if name in columns}
    if dates:
        model._default_manager.filter(pk=columns[model._meta.pk.attname]).update(**dates)


def _python(model: Any, column: str, value: Any) -> Any:
    """Return a value as the field has it, from JSON."""
    field = next(each for each in model._meta.concrete_fields if each.attname == column)
    return field.to_python(value)


def _batches(keys: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), _BATCH):
        yield ordered[start : start + _BATCH]
