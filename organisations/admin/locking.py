"""Optimistic locking: a save over a newer version is merged with it; what both changed is shown, and asked about."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from ..models import has_revisions
from ..models.revision import history_model
from ..revisions.diff_text import RevisionDiff, revision_diffs
from .autocomplete import AutocompleteForm
from .merging import BothChanged, Merge, merge_form, merge_rows
from .permissions import nameable_rows, reject_publication, reject_taken_slug

#: The button that adds a check, and the answer of its row.
_CHECK = re.compile(r"_checked|checks-[0-9]+-checked_by")


@dataclass(frozen=True)
class Conflict:
    """A row was saved by somebody else since the form was opened: the diffs since then, newest first, if known.

    `merge` is None where the revision that the form was opened with is not known.
    """

    revision_diffs: list[RevisionDiff] = field(default_factory=list)
    merge: Merge | None = None
    #: Whether the form says that the listing was checked, which was as it is no more.
    has_check: bool = False

    @property
    def both(self) -> list[BothChanged]:
        """What both editors changed."""
        return self.merge.both if self.merge else []

    @property
    def is_settled(self) -> bool:
        """Whether the form can be saved: no field was changed by both."""
        return self.merge is not None and not self.both and not self.has_check


class LockedForm(AutocompleteForm):
    """A form with an optimistic lock: it carries the version of its row, and is merged with a newer one.

    It is invalid if both editors changed one field. Then it carries the newer version, so that sending it again does
    write.
    """

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    conflict: Conflict | None = None
    #: Limits rows of any model to those whose names the sender may read; None: no limit.
    name_filter: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        is_saved = data is not None and instance is not None and instance.pk is not None and _lock(instance)
        super().__init__(data, *args, **kwargs)
        if self.instance.pk:
            self.initial["version"] = version_of(self.instance)
        if is_saved and self.data.get(self.add_prefix("version")) != version_of(self.instance):
            self._merge_newer()

    def clean(self) -> dict[str, Any]:
        """Add an error if somebody else has changed the same as the sender."""
        super().clean()
        reject_publication(self)
        reject_taken_slug(self)
        if self.conflict and not self.conflict.is_settled:
            theirs = [f"{each.label}: they wrote “{each.theirs}”." for each in self.conflict.both if self.prefix]
            sentence = (
                "This has not been saved yet: somebody else saved “%(thing)s” after you opened it. All that you typed "
                "is still here. Read what they changed, put it in here if it should stay, and save again. %(theirs)s"
            )
            params = {"thing": self.instance, "theirs": " ".join(theirs)}
            self.add_error(None, ValidationError(sentence, code="changed_since", params=params))
        return self.cleaned_data

    def _merge_newer(self) -> None:
        """Merge the newer version into what was typed, and carry its token."""
        name = self.add_prefix("version")
        opened_with = self.data.get(name)
        posted: Any = self.data
        data = posted.copy()
        data[name] = version_of(self.instance)
        self.data = data
        versions = versions_since(self.instance, opened_with)
        if not versions:
            self.conflict = Conflict()
            return
        base, newest = versions[-1], versions[0]
        diffs = revision_diffs(versions[:-1], before=base, name_filter=self.name_filter)
        has_check = any(value for key, value in data.items() if _CHECK.fullmatch(key))
        self.conflict = Conflict(diffs, merge_form(self, base, newest, self.name_filter), has_check)


def _lock(row: Any) -> bool:
    """Lock a row until the transaction ends, and read it again if it is newer; return whether it is still there."""
    rows = type(row)._base_manager.select_for_update()
    current = rows.only("pk", _version_field(type(row))).filter(pk=row.pk).first()
    if current is not None and version_of(current) != version_of(row):
        row.refresh_from_db()
    return current is not None


def version_of(row: Model) -> str:
    """Return the version token of a row: its revision number, else the time it was last saved, as text."""
    value = getattr(row, _version_field(type(row)))
    return str(value) if isinstance(value, int) else value.isoformat()


def _version_field(model: type[Model]) -> str:
    return "revision" if any(field.name == "revision" for field in model._meta.fields) else "updated_at"


def _diffs_since(row: Any, opened_with: str | None, name_filter: Callable[..., Any] | None) -> list[RevisionDiff]:
    """Return the diffs of the versions saved after the one with this token, newest first; [] for an unknown token."""
    versions = versions_since(row, opened_with)
    return revision_diffs(versions[:-1], before=versions[-1], name_filter=name_filter) if versions else []


def versions_since(row: Any, opened_with: str | None) -> list[Any]:
    """Return the versions from the newest to the one with this token; [] for an unknown token."""
    versions = list(row.history.select_related("history_user")[:20])
    for index, version in enumerate(versions):
        if version_of(version) == opened_with:
            return versions[: index + 1]
    return []


def changes_since(request: HttpRequest, row: Model, opened_with: str) -> list[str]:
    """Return, oldest first, the sentences for what changed in a row since a version token; [] for an unknown token.

    Rows that the user of the request may not see are not named in them.
    """
    diffs = _diffs_since(row, opened_with, partial(nameable_rows, request))
    return [sentence for diff in reversed(diffs) for sentence in diff.sentences]


class MergingFormSet(BaseInlineFormSet):
    """An inline formset that merges the rows of a part with those that somebody else saved meanwhile.

    A row that the other editor deleted is added anew if the sender changed it: Django would find the formset invalid,
    and what was typed into the row would be lost.
    """

    merge = Merge()

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        instance: Any = None,
        save_as_new: bool = False,
        prefix: str | None = None,
        queryset: QuerySet[Any] | None = None,
        **kwargs: Any,
    ) -> None:
        prefix = prefix or self.get_default_prefix()
        model: Any = self.model
        if data is not None and instance is not None and instance.pk:
            self.instance = instance
            data = self._merged(data, prefix)
            existing_keys = {
                str(key) for key in model._base_manager.filter(**{self.fk.name: instance}).values_list("pk", flat=True)
            }
            data = _readd_deleted_rows(data, prefix, model._meta.pk.name, existing_keys)
        super().__init__(data, files, instance, save_as_new, prefix, queryset, **kwargs)

    def _merged(self, data: Any, prefix: str) -> Any:
        """Return the POST data merged with the newest version, if the rows are a part of their parent's revisions."""
        part = self.fk.remote_field.get_accessor_name()
        opened_with = data.get("version")
        if not has_revisions(type(self.instance)) or opened_with in (None, version_of(self.instance)):
            return data
        if part not in history_model(type(self.instance)).revision_history.part_names:
            return data
        versions = versions_since(self.instance, opened_with)
        if versions:
            data = data.copy()
            self.merge = merge_rows(self, data, prefix, part, versions[-1], versions[0])
        return data

    def clean(self) -> None:
        """Raise `ValidationError` if somebody else has changed the same as the sender."""
        super().clean()
        if self.merge.both:
            raise ValidationError("Somebody else changed the same here. Read above what they wrote, and save again.")

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        """Return the form of a row with its parent cached, so that the name of the row costs no query."""
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]  # Django's own hook, not in its stubs.
        if self.instance.pk:
            self.fk.set_cached_value(form.instance, self.instance)
        return form


def _readd_deleted_rows(data: Any, prefix: str, key_name: str, existing_keys: set[str]) -> Any:
    """Return the POST data of a formset with deleted rows moved behind the existing ones, without their keys."""
    try:
        total, initial = int(data[f"{prefix}-TOTAL_FORMS"]), int(data[f"{prefix}-INITIAL_FORMS"])
    except (KeyError, ValueError):
        return data
    keys = [data.get(f"{prefix}-{index}-{key_name}", "") for index in range(min(initial, 1000))]
    deleted = [index for index, key in enumerate(keys) if key not in existing_keys]
    if not deleted:
        return data
    order = [index for index in range(total) if index not in deleted]
    order[initial - len(deleted) : initial - len(deleted)] = deleted
    moved = data.copy()
    for name in data:
        if re.match(rf"{re.escape(prefix)}-[0-9]+-", name):
            del moved[name]
    for new, old in enumerate(order):
        start = f"{prefix}-{old}-"
        for name in [name for name in data if name.startswith(start)]:
            moved.setlist(f"{prefix}-{new}-{name.removeprefix(start)}", data.getlist(name))
        if old in deleted:
            moved[f"{prefix}-{new}-{key_name}"] = ""
    moved[f"{prefix}-INITIAL_FORMS"] = str(initial - len(deleted))
    return moved
