"""Three-way merge of a form with what somebody else saved meanwhile, by the revision that the form was opened with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import Model, QuerySet

from ..models import Revision
from ..revisions.diff_text import part_label, part_text, value_text
from ..revisions.labels import LabelLookup, part_fields
from ..revisions.snapshots import editable_fields, states

NameFilter = Callable[[QuerySet[Any]], QuerySet[Any]]
#: Values by the names of fields; of a relation, the set of its keys.
Values = Mapping[str, Any]


@dataclass(frozen=True)
class BothChanged:
    """What both editors changed, differently: its label, the id of its box, and what the other one wrote."""

    label: str
    box: str
    theirs: str
    #: The name of the field; "" for one of a row.
    name: str = ""


@dataclass
class Merge:
    """What became of a form: the labels of what only the other editor changed, and what both changed."""

    taken: list[str] = field(default_factory=list)
    both: list[BothChanged] = field(default_factory=list)


def merge_form(form: forms.ModelForm, base: Revision, newest: Revision, name_filter: NameFilter | None) -> Merge:
    """Write into the data of a bound form, which is mutable, what only the other editor changed; return what became."""
    model, (before, after) = type(form.instance), states([base, newest])
    old, new = ({**state.fields, **state.links} for state in (before, after))
    taken, both = merge_fields(form.data, form.fields, form.prefix or "", old, new)
    merge = Merge([_label(form.fields, name) for name in taken])
    names = LabelLookup(model, [after], name_filter) if both else None
    by_name = {each.name: each for each in editable_fields(model)}
    for name in both:
        theirs = value_text(by_name[name], new[name], names) if names else ""
        merge.both.append(BothChanged(_label(form.fields, name), form[name].auto_id, theirs, name))
    return merge


def merge_rows(
    formset: forms.BaseInlineFormSet, data: Any, prefix: str, part: str, base: Revision, newest: Revision
) -> Merge:
    """Do the same for the rows of a part, in the mutable data of their formset.

    A row that the other editor deleted, and that this one left as it was, is marked as deleted.
    """
    owner, boxes = formset.instance, formset.form.base_fields
    old_rows, new_rows = ({row["id"]: row for row in version.parts.get(part, [])} for version in (base, newest))
    merge, names = Merge(), LabelLookup(type(owner), states([base, newest]), None)
    for index in range(_number(data.get(f"{prefix}-INITIAL_FORMS"))):
        start = f"{prefix}-{index}"
        key = _number(data.get(f"{start}-id"))
        # A row missing from the base was saved without a revision: every difference is asked about.
        old_row = old_rows.get(key) or dict.fromkeys(new_rows.get(key, {}))
        if not old_row or old_row == new_rows.get(key):
            continue
        label = (
            f"{part_label(type(owner), part)}, “{part_text(owner, part, old_rows.get(key) or new_rows[key], names)}”"
        )
        old = _values(owner, part, old_row)
        is_mine = any(name in old and _has_changed(box, old[name], data, start, name) for name, box in boxes.items())
        is_deleted = bool(data.get(f"{start}-DELETE"))
        if key not in new_rows:
            if is_mine:
                merge.both.append(BothChanged(label, f"{prefix}-group", "taken away"))
            else:
                data[f"{start}-DELETE"] = "on"
                merge.taken.append(label)
            continue
        if is_deleted:
            merge.both.append(BothChanged(label, f"{prefix}-group", part_text(owner, part, new_rows[key], names)))
            continue
        new = _values(owner, part, new_rows[key])
        taken, both = merge_fields(data, boxes, start, old, new)
        merge.taken += [f"{label}: {_label(boxes, name)}" for name in taken]
        fields = {each.name: each for each in part_fields(type(owner), part)}
        merge.both += [
            BothChanged(
                f"{label}: {_label(boxes, name)}", f"id_{start}-{name}", value_text(fields[name], new[name], names)
            )
            for name in both
        ]
    return merge


def merge_fields(
    data: Any, boxes: Mapping[str, forms.Field], prefix: str, old: Values, new: Values
) -> tuple[list[str], list[str]]:
    """Write into `data` the new values of fields that were left as they were; of relations, what was added or removed.

    Returns the names of those, and of the fields that were changed to something else than the new value.
    """
    taken, both = [], []
    for name, box in boxes.items():
        if box.disabled or name not in old or name not in new or old[name] == new[name]:
            continue
        html_name = f"{prefix}-{name}" if prefix else name
        if isinstance(old[name], frozenset):
            typed = {str(key) for key in box.widget.value_from_datadict(data, {}, html_name) or ()}
            before, after = ({str(key) for key in each[name]} for each in (old, new))
            merged = (typed | (after - before)) - (before - after)
            if merged != typed:
                data.setlist(html_name, sorted(merged))
                taken.append(name)
        elif not _has_changed(box, old[name], data, prefix, name):
            _post(data, html_name, box, new[name])
            taken.append(name)
        elif _has_changed(box, new[name], data, prefix, name):
            both.append(name)
    return taken, both


def _has_changed(box: forms.Field, value: Any, data: Any, prefix: str, name: str) -> bool:
    """Return whether what was typed is another value. Browsers send another line break than files have."""
    typed = box.widget.value_from_datadict(data, {}, f"{prefix}-{name}" if prefix else name)
    value, typed = (each.replace("\r\n", "\n") if isinstance(each, str) else each for each in (value, typed))
    return box.has_changed(value, typed)


def _post(data: Any, html_name: str, box: forms.Field, value: Any) -> None:
    """Write a value into POST data as a browser would send it."""
    value = box.prepare_value(value)
    if isinstance(box.widget, forms.CheckboxInput):
        posted = ["on"] if value else []
    elif isinstance(value, list | tuple):
        posted = [str(each) for each in value]
    else:
        shown: Any = box.widget.format_value(value)
        posted = [str(each) for each in shown] if isinstance(shown, list) else ["" if shown is None else str(shown)]
    data.setlist(html_name, posted)
    if not posted:
        del data[html_name]


def _values(owner: Model, part: str, row: Mapping[str, Any]) -> Values:
    return {each.name: each.to_python(row.get(each.attname)) for each in part_fields(type(owner), part)}


def _label(boxes: Mapping[str, forms.Field], name: str) -> str:
    return str(boxes[name].label or name)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
