"""Inlines for the admin pages of all kinds of listing: checks and former slugs."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from .autocomplete import AutocompleteMixin
from .locking import MergingFormSet
from .permissions import ParentPermissionsMixin


class RowInline(ParentPermissionsMixin, AutocompleteMixin, admin.StackedInline):
    """Base of the inlines. `after` is the name of the fieldset below which the rows are shown."""

    after = ""
    extra = 0
    formset = MergingFormSet

    def get_queryset(self, request: HttpRequest) -> Any:
        return self.with_selected_related(super().get_queryset(request))


class CheckForm(forms.ModelForm):
    """The form of a new check, dated today by default."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk and "checked_on" in self.fields:
            self.initial.setdefault("checked_on", timezone.localdate())
            # A page that was opened yesterday still knows that nobody touched the day.
            self.fields["checked_on"].show_hidden_initial = True


class CheckInline(RowInline):
    """The checks of a listing, newest first, read-only, and a form to add one."""

    after = "Checks"
    written_by = "editors"
    form = CheckForm
    extra = 1
    fields = [("checked_on", "checked_by", "note", "editor")]
    readonly_fields = ["editor"]
    verbose_name = "check"
    verbose_name_plural = "Checked today? Choose how, and save"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("editor")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class FormerSlugInline(ParentPermissionsMixin, admin.StackedInline):
    """The former slugs of a listing, read-only: `Listing.save` adds them."""

    after = "For the record"
    extra = 0
    can_delete = False
    verbose_name = "address it had"
    verbose_name_plural = "addresses it had, which still lead here"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
