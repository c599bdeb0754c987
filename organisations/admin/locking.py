"""Two editors at once: the second is told what the first has changed, and keeps all that they typed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from ..revisions.diff_text import RevisionDiff, revision_diffs
from .autocomplete import AutocompleteForm
from .permissions import named, refuse_the_address_of_another, refuse_to_publish


@dataclass(frozen=True)
class Conflict:
    """Somebody has saved a thing since it was opened: what they changed, newest first, as far as versions tell."""

    revision_diffs: list[RevisionDiff] = field(default_factory=list)


class LockedForm(AutocompleteForm):
    """A form that remembers which version of its row it was opened with, and refuses to write over a newer one.

    It is refused once: sent again, after its sender has been told, it does write.
    """

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    conflict: Conflict | None = None
    #: Of rows of any model, those whose names its sender may read; None: all.
    named: Callable[[QuerySet], QuerySet] | None = None

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["version"] = version_of(self.instance)

    def clean(self) -> dict:
        """Refuse what was opened before somebody else saved. The row is locked until this has been saved."""
        cleaned = super().clean()
        refuse_to_publish(self)
        refuse_the_address_of_another(self)
        if self.instance.pk:
            mark = _mark(type(self.instance))
            rows = type(self.instance)._base_manager.select_for_update().only("pk", mark)
            now = rows.filter(pk=self.instance.pk).first()
            if now is not None and self.data.get(self.add_prefix("version")) != version_of(now):
                self._refuse(version_of(now))
        return cleaned

    def _refuse(self, version: str) -> None:
        opened_with = self.data.get(self.add_prefix("version"))
        self.conflict = Conflict(_steps_since(self.instance, opened_with, self.named))
        # What goes back to the browser is what was typed, with the version that its sender has now been told of.
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = version
        self.add_error(
            None,
            ValidationError(
                "This has not been saved yet: somebody else saved “%(thing)s” after you opened it. All that you typed "
                "is still here. Read what they changed, put it in here too if it should stay, and save again.",
                code="changed_since",
                params={"thing": self.instance},
            ),
        )


def version_of(row: Model) -> str:
    """What tells one version of a row from the next: the count of its revisions, else when it was last saved."""
    value = getattr(row, _mark(type(row)))
    return str(value) if isinstance(value, int) else value.isoformat()


def _mark(model: type[Model]) -> str:
    return "revision" if any(field.name == "revision" for field in model._meta.fields) else "updated_at"


def _steps_since(row: Model, opened_with: str | None, named: Callable | None) -> list[RevisionDiff]:
    """The versions that were saved since the one of this mark, with what each changed; none if it is not known."""
    versions = list(row.history.select_related("history_user")[:20])
    for place, version in enumerate(versions):
        if version_of(version) == opened_with:
            return revision_diffs(versions[:place], before=version, named=named)
    return []


def changes_since(request: HttpRequest, row: Model, opened_with: str) -> list[str]:
    """What was changed in a row since it had a mark, in sentences that somebody may read; none if it is not known."""
    found = _steps_since(row, opened_with, partial(named, request))
    return [sentence for step in reversed(found) for sentence in step.sentences]


class KeepsTypedRows(BaseInlineFormSet):
    """Rows below a page. One that somebody else has deleted meanwhile is, as it was typed, a new row.

    Otherwise it could not be saved, and what was typed into it would be lost.
    """

    def __init__(self, data=None, files=None, instance=None, save_as_new=False, prefix=None, queryset=None, **kwargs):
        prefix = prefix or self.get_default_prefix()
        if data is not None and instance is not None and instance.pk:
            there = {
                str(key)
                for key in self.model._base_manager.filter(**{self.fk.name: instance}).values_list("pk", flat=True)
            }
            data = _deleted_rows_made_new(data, prefix, self.model._meta.pk.name, there)
        super().__init__(data, files, instance, save_as_new, prefix, queryset, **kwargs)

    def _construct_form(self, i, **kwargs):
        """The form of a row that knows whose row it is, so that its name costs no query."""
        form = super()._construct_form(i, **kwargs)
        if self.instance.pk:
            self.fk.set_cached_value(form.instance, self.instance)
        return form


def _deleted_rows_made_new(data, prefix: str, key_name: str, there: set[str]):
    """The data of a formset with the rows that are gone moved behind those that are there, without their keys."""
    try:
        total, initial = int(data[f"{prefix}-TOTAL_FORMS"]), int(data[f"{prefix}-INITIAL_FORMS"])
    except (KeyError, ValueError):
        return data
    keys = [data.get(f"{prefix}-{at}-{key_name}", "") for at in range(min(initial, 1000))]
    gone = [at for at, key in enumerate(keys) if key not in there]
    if not gone:
        return data
    order = [at for at in range(total) if at not in gone]
    order[initial - len(gone) : initial - len(gone)] = gone
    moved = data.copy()
    for name in data:
        if re.match(rf"{re.escape(prefix)}-[0-9]+-", name):
            del moved[name]
    for new, old in enumerate(order):
        start = f"{prefix}-{old}-"
        for name in [name for name in data if name.startswith(start)]:
            moved.setlist(f"{prefix}-{new}-{name.removeprefix(start)}", data.getlist(name))
        if old in gone:
            moved[f"{prefix}-{new}-{key_name}"] = ""
    moved[f"{prefix}-INITIAL_FORMS"] = str(initial - len(gone))
    return moved
