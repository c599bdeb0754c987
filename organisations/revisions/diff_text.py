"""What changed from one version to the next, in sentences that an editor reads."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, Model
from django.utils.text import Truncator, capfirst

from common.dates import format_date

from ..models import Revision
from .labels import LabelLookup, Named, part_fields
from .snapshots import State, linked_fields, states, told_fields

#: Longer texts are cut in a sentence; the page of a version has them whole.
MOST_SIGNS = 300


@dataclass(frozen=True)
class RevisionDiff:
    """One version and, in sentences, what it changed; none for the first one."""

    version: Revision
    sentences: Sequence[str] = ()

    @property
    def who(self) -> str:
        """The name of the editor, or how else it came about. Never an address."""
        user = self.version.history_user
        return (user.get_full_name() or user.get_username()) if user else "The site itself"


def revision_diffs(
    versions: Iterable[Revision], *, before: Revision | None = None, named: Named | None = None
) -> list[RevisionDiff]:
    """Versions, newest first, each with what it changed. `before` is the one that came before the last of them.

    `named` leaves of rows those whose names the reader may know.
    """
    versions = list(versions)
    all_states = states([*versions, *([before] if before else [])])
    if not versions:
        return []
    model = versions[0].instance_type
    names = LabelLookup(model, all_states, named)
    sentences = [
        _difference(model, older, newer, names) for newer, older in zip(all_states, all_states[1:], strict=False)
    ]
    return [RevisionDiff(version, said) for version, said in zip(versions, [*sentences, []], strict=False)]


class Reading:
    """Some versions of one thing, read together: what they say, and what differs between any two."""

    def __init__(self, versions: list[Revision], named: Named | None = None) -> None:
        versions = list(dict.fromkeys(versions))
        self._model = versions[0].instance_type
        self._states = dict(zip((version.pk for version in versions), states(versions), strict=True))
        self._names = LabelLookup(self._model, self._states.values(), named)

    def difference(self, before: Revision, after: Revision) -> list[str]:
        """What a version says otherwise than another."""
        return _difference(self._model, self._states[before.pk], self._states[after.pk], self._names)

    def say_all(self, version: Revision) -> list[tuple[str, str]]:
        """All that a version says: labels and words, without what is empty."""
        model, state, names = self._model, self._states[version.pk], self._names
        said = [(_label(field), _in_words(field, state.fields[field.name], names)) for field in told_fields(model)]
        for link in linked_fields(model):
            linked = sorted(names.name(link.related_model, key) for key in state.links[link.name])
            said.append((_label(link), ", ".join(linked)))
        whole = _whole(model, state)
        for name, rows in state.parts.items():
            said.append((_part_label(model, name), "\n".join(_row_in_words(whole, name, row, names) for row in rows)))
        return [(label, words) for label, words in said if words]


def _difference(model: type[Model], before: State, after: State, names: LabelLookup) -> list[str]:
    sentences = _fields_difference(told_fields(model), before.fields, after.fields, names)
    for link in linked_fields(model):
        added, removed = (
            sorted(names.name(link.related_model, key) for key in keys)
            for keys in (
                after.links[link.name] - before.links[link.name],
                before.links[link.name] - after.links[link.name],
            )
        )
        sentences += _added_and_removed(_label(link), added, removed)
    for name in model.history.model.keeper.part_names:
        sentences += _parts_difference(_whole(model, after), name, before.parts, after.parts, names)
    return sentences


def _fields_difference(fields: list[Field], before: dict, after: dict, names: LabelLookup) -> list[str]:
    sentences = []
    for field in fields:
        old, new = before.get(field.name), after.get(field.name)
        if old == new:
            continue
        if isinstance(old, list) and isinstance(new, list):
            added, removed = [word for word in new if word not in old], [word for word in old if word not in new]
            sentences += _added_and_removed(_label(field), added, removed) or [f"{_label(field)}: another order."]
            continue
        old, new = (Truncator(_in_words(field, value, names)).chars(MOST_SIGNS) for value in (old, new))
        if not old:
            sentences.append(_stopped(f"{_label(field)} added: “{new}”"))
        elif not new:
            sentences.append(_stopped(f"{_label(field)} taken away: “{old}”"))
        else:
            sentences.append(_stopped(f"{_label(field)} changed from “{old}” to “{new}”"))
    return sentences


def _parts_difference(whole: Model, name: str, before: dict, after: dict, names: LabelLookup) -> list[str]:
    label, fields = _part_label(type(whole), name), part_fields(type(whole), name)
    old_rows, new_rows = ({row["id"]: row for row in parts.get(name, [])} for parts in (before, after))
    added, removed = (
        [f"“{_row_in_words(whole, name, rows[key], names)}”" for key in rows if key not in others]
        for rows, others in ((new_rows, old_rows), (old_rows, new_rows))
    )
    sentences = _added_and_removed(label, added, removed)
    for key in [key for key in old_rows if key in new_rows]:
        old, new = (_by_field_name(fields, rows[key]) for rows in (old_rows, new_rows))
        changed = _fields_difference(fields, old, new, names)
        if changed:
            sentences.append(f"{label}, “{_row_in_words(whole, name, old_rows[key], names)}”: {' '.join(changed)}")
    return sentences


def _by_field_name(fields: list[Field], row: dict) -> dict[str, Any]:
    return {field.name: field.to_python(row.get(field.attname)) for field in fields}


def _added_and_removed(label: str, added: list[str], removed: list[str]) -> list[str]:
    said = [f"{word} {', '.join(names)}" for word, names in (("added", added), ("removed", removed)) if names]
    return [_stopped(f"{label}: {'; '.join(said)}")] if said else []


def _stopped(sentence: str) -> str:
    """A sentence with its full stop, unless what it quotes has brought one."""
    return sentence if sentence.endswith((".”", "!”", "?”")) else f"{sentence}."


def _row_in_words(whole: Model, name: str, row: dict, names: LabelLookup) -> str:
    """A row that is part of something, as the row itself would say it."""
    relation = whole._meta.get_field(name)
    part = relation.related_model(**{relation.field.name: whole})
    for field in part_fields(type(whole), name):
        if field.many_to_one:
            key = row.get(field.attname)
            there = names.row(field.related_model, key)
            if key is not None and there is None:
                return names.name(field.related_model, key)
            setattr(part, field.name, there)
        elif field.attname in row:
            setattr(part, field.attname, field.to_python(row[field.attname]))
    return str(part)


def _whole(model: type[Model], state: State) -> Model:
    """What a state says, as one thing again, for its parts to be of; never saved."""
    return model(**{field.attname: state.fields[field.name] for field in told_fields(model)})


def _in_words(field: Field, value: Any, names: LabelLookup) -> str:
    """The words for a value; "" for none."""
    if value is None or value == "":
        return ""
    if field.many_to_one:
        return names.name(field.related_model, value)
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


def _label(field: Field) -> str:
    return capfirst(str(field.verbose_name))


def _part_label(model: type[Model], name: str) -> str:
    return capfirst(str(model._meta.get_field(name).related_model._meta.verbose_name_plural))
