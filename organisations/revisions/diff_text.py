"""Diffs between revisions as sentences for editors."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, Model
from django.utils.text import Truncator, capfirst

from common.dates import format_date
from common.models import reverse_relation

from ..models import Revision
from ..models.revision import history_model
from .labels import LabelLookup, NameFilter, part_fields
from .snapshots import State, editable_fields, linked_fields, states

#: Values are cut to this length in a sentence; the page of a revision has them in full.
MAX_LENGTH = 300


@dataclass(frozen=True)
class RevisionDiff:
    """A revision and its diff from the one before, in sentences; none for the first one."""

    version: Revision
    sentences: Sequence[str] = ()

    @property
    def who(self) -> str:
        """Return the name of the editor, or that it was the site itself. Never an e-mail address."""
        user = self.version.history_user
        return (user.get_full_name() or user.get_username()) if user else "The site itself"


def revision_diffs(
    versions: Iterable[Revision], *, before: Revision | None = None, name_filter: NameFilter | None = None
) -> list[RevisionDiff]:
    """Return the diffs of revisions, newest first. `before` is the revision before the last of them.

    `name_filter` limits rows to those whose names the reader may know; other rows are not named in the sentences.
    """
    versions = list(versions)
    all_states = states([*versions, *([before] if before else [])])
    if not versions:
        return []
    model = versions[0].instance_type
    names = LabelLookup(model, all_states, name_filter)
    sentences = [
        _difference(model, older, newer, names) for newer, older in zip(all_states, all_states[1:], strict=False)
    ]
    return [RevisionDiff(version, changes) for version, changes in zip(versions, [*sentences, []], strict=False)]


class RevisionComparison:
    """Revisions of one row, loaded together: the values of each, and the diff between any two."""

    def __init__(self, versions: list[Revision], name_filter: NameFilter | None = None) -> None:
        versions = list(dict.fromkeys(versions))
        self._model = versions[0].instance_type
        self._states = dict(zip((version.pk for version in versions), states(versions), strict=True))
        self._names = LabelLookup(self._model, self._states.values(), name_filter)

    def difference(self, before: Revision, after: Revision) -> list[str]:
        """Return the diff between two revisions, in sentences."""
        return _difference(self._model, self._states[before.pk], self._states[after.pk], self._names)

    def values(self, version: Revision) -> list[tuple[str, str]]:
        """Return (label, text) for each value of a revision that is not empty."""
        model, state, names = self._model, self._states[version.pk], self._names
        values = [
            (_label(field), value_text(field, state.fields[field.name], names)) for field in editable_fields(model)
        ]
        for link in linked_fields(model):
            linked = sorted(names.name(link.related_model, key) for key in state.links[link.name])
            values.append((_label(link), ", ".join(linked)))
        whole = _build_row(model, state)
        for name, rows in state.parts.items():
            values.append((part_label(model, name), "\n".join(part_text(whole, name, row, names) for row in rows)))
        return [(label, words) for label, words in values if words]


def _difference(model: type[Model], before: State, after: State, names: LabelLookup) -> list[str]:
    sentences = _fields_difference(editable_fields(model), before.fields, after.fields, names)
    for link in linked_fields(model):
        added, removed = (
            sorted(names.name(link.related_model, key) for key in keys)
            for keys in (
                after.links[link.name] - before.links[link.name],
                before.links[link.name] - after.links[link.name],
            )
        )
        sentences += _added_and_removed(_label(link), added, removed)
    for name in history_model(model).revision_history.part_names:
        sentences += _parts_difference(_build_row(model, after), name, before.parts, after.parts, names)
    return sentences


def _fields_difference(
    fields: "list[Field[Any, Any]]", before: dict[str, Any], after: dict[str, Any], names: LabelLookup
) -> list[str]:
    sentences = []
    for field in fields:
        old, new = before.get(field.name), after.get(field.name)
        if old == new:
            continue
        if isinstance(old, list) and isinstance(new, list):
            added, removed = [word for word in new if word not in old], [word for word in old if word not in new]
            sentences += _added_and_removed(_label(field), added, removed) or [f"{_label(field)}: another order."]
            continue
        old, new = (Truncator(value_text(field, value, names)).chars(MAX_LENGTH) for value in (old, new))
        if not old:
            sentences.append(_with_full_stop(f"{_label(field)} added: “{new}”"))
        elif not new:
            sentences.append(_with_full_stop(f"{_label(field)} taken away: “{old}”"))
        else:
            sentences.append(_with_full_stop(f"{_label(field)} changed from “{old}” to “{new}”"))
    return sentences


def _parts_difference(
    whole: Model, name: str, before: dict[str, Any], after: dict[str, Any], names: LabelLookup
) -> list[str]:
    label, fields = part_label(type(whole), name), part_fields(type(whole), name)
    old_rows, new_rows = ({row["id"]: row for row in parts.get(name, [])} for parts in (before, after))
    added, removed = (
        [f"“{part_text(whole, name, rows[key], names)}”" for key in rows if key not in others]
        for rows, others in ((new_rows, old_rows), (old_rows, new_rows))
    )
    sentences = _added_and_removed(label, added, removed)
    for key in [key for key in old_rows if key in new_rows]:
        old, new = (_by_field_name(fields, rows[key]) for rows in (old_rows, new_rows))
        changed = _fields_difference(fields, old, new, names)
        if changed:
            sentences.append(f"{label}, “{part_text(whole, name, old_rows[key], names)}”: {' '.join(changed)}")
    return sentences


def _by_field_name(fields: "list[Field[Any, Any]]", row: dict[str, Any]) -> dict[str, Any]:
    return {field.name: field.to_python(row.get(field.attname)) for field in fields}


def _added_and_removed(label: str, added: list[str], removed: list[str]) -> list[str]:
    phrases = [f"{word} {', '.join(names)}" for word, names in (("added", added), ("removed", removed)) if names]
    return [_with_full_stop(f"{label}: {'; '.join(phrases)}")] if phrases else []


def _with_full_stop(sentence: str) -> str:
    """Return the sentence with a full stop, unless its closing quotation ends with one."""
    return sentence if sentence.endswith((".”", "!”", "?”")) else f"{sentence}."


def part_text(whole: Model, name: str, row: dict[str, Any], names: LabelLookup) -> str:
    """Return `str` of a part, built from its stored values; of a related row that cannot be named, why not."""
    relation = reverse_relation(type(whole), name)
    part = relation.related_model(**{relation.field.name: whole})
    for field in part_fields(type(whole), name):
        if field.many_to_one:
            key = row.get(field.attname)
            related_model: Any = field.related_model
            related = None if key is None else names.row(related_model, key)
            if key is not None and related is None:
                return names.name(related_model, key)
            setattr(part, field.name, related)
        elif field.attname in row:
            setattr(part, field.attname, field.to_python(row[field.attname]))
    return str(part)


def _build_row(model: type[Model], state: State) -> Model:
    """Return an unsaved row with the values of a state, as the owner of its parts."""
    return model(**{field.attname: state.fields[field.name] for field in editable_fields(model)})


def value_text(field: "Field[Any, Any]", value: Any, names: LabelLookup) -> str:
    """Return a value as text for editors; "" for None."""
    if value is None or value == "":
        return ""
    if field.many_to_one:
        related_model: Any = field.related_model
        return names.name(related_model, value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, datetime.date):
        return format_date(value)
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    return str(value)


def _label(field: "Field[Any, Any]") -> str:
    return capfirst(str(field.verbose_name))


def part_label(model: type[Model], name: str) -> str:
    return capfirst(str(reverse_relation(model, name).related_model._meta.verbose_name_plural))
