"""Turns what a contributor submits on the admin page of a public listing into a proposal."""

from collections.abc import Callable, Collection
from typing import Any

from django.contrib import messages
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.text import Truncator, capfirst

from ..field_changes import Changes, changes_to
from ..models import proposable_fields

#: Form fields that are no part of a proposal.
_IGNORED_FIELDS = {"version", "publication", "slug"}
_MAX_LENGTH = 500
#: How a note begins to say what is confidential.
CONFIDENTIAL = "confidential"


def save_as_proposal(
    request: HttpRequest,
    form: ModelForm,
    formsets: list[Any],
    worded: Callable[[Any], tuple[Changes, str]] | None = None,
    covered: Collection[str] = (),
) -> None:
    """Save a valid form as a proposal: plain fields as changes, all else as lines of its note.

    `worded` returns more changes to the listing as it is stored, and lines for the note; they stand for the fields of
    the form that are `covered`.
    """
    edited = form.instance
    before = type(edited)._default_manager.get(pk=edited.pk)
    plain = {field.name: getattr(edited, field.name) for field in proposable_fields(type(edited))}
    more, unread = worded(before) if worded else ({}, "")
    changes = more | changes_to(before, plain)
    note = "\n".join(filter(None, [unread, *_note_lines(form, formsets, {*plain, *covered})]))
    if not changes and not note:
        messages.info(request, "Nothing was typed that is not there already, so nothing was proposed.")
        return
    before.proposals.create(
        source="contributor", changes=changes, note=note, made_against=before.revision, proposed_by=request.user
    )
    messages.success(
        request,
        f"Thank you. What you typed is proposed to the editors of “{before}”. The page stays as it is until one of "
        "them takes it.",
    )


def _note_lines(form: ModelForm, formsets: list[Any], named: Collection[str]) -> list[str]:
    """Return a line for each change that is not in `named`: relations, and rows of the inlines."""
    lines = []
    for name in form.changed_data:
        if name not in named and name not in _IGNORED_FIELDS:
            lines.append(f"{capfirst(str(form.fields[name].label or name))}: {_text(form.cleaned_data.get(name))}")
    for formset in formsets:
        noun = capfirst(str(formset.model._meta.verbose_name))
        for row in formset.forms:
            if row.has_changed():
                is_deleted = row in getattr(formset, "deleted_forms", [])
                lines.append(f"{noun}{', to be taken away' if is_deleted else ''}: {_text(row.instance)}")
    return lines


def _text(value: Any) -> str:
    """Return a value as text; what is confidential by its key alone, for more people read a note than may know it."""
    if getattr(value, "is_confidential", False):
        return f"{CONFIDENTIAL} {value._meta.verbose_name}, number {value.pk}"
    if hasattr(value, "all") or isinstance(value, list | tuple | set):
        value = ", ".join(str(item) for item in (value.all() if hasattr(value, "all") else value))
    return Truncator(str(value)).chars(_MAX_LENGTH)
