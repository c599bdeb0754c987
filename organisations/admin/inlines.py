"""Rows that stand on the pages of all kinds of listing: its checks, and the addresses it had."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from .autocomplete import AutocompleteMixin
from .locking import KeepsTypedRows
from .permissions import OfItsPage


class Rows(OfItsPage, AutocompleteMixin, admin.StackedInline):
    """Rows below a page, each field with its label. `after` names the fieldset that they stand under."""

    after = ""
    extra = 0
    formset = KeepsTypedRows

    def get_queryset(self, request: HttpRequest):
        return self.with_selected_related(super().get_queryset(request))


class CheckForm(forms.ModelForm):
    """A check to be added: of today, until somebody types another day."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk and "checked_on" in self.fields:
            self.initial.setdefault("checked_on", timezone.localdate())
            # A page that was opened yesterday still knows that nobody touched the day.
            self.fields["checked_on"].show_hidden_initial = True


class CheckInline(Rows):
    """The checks of a listing, newest first, and a row to add one. What somebody has confirmed stays as it was said."""

    after = "Checks"
    written_by = "editors"
    form = CheckForm
    extra = 1
    fields = [("checked_on", "checked_by", "note", "editor")]
    readonly_fields = ["editor"]
    verbose_name = "check"
    verbose_name_plural = "Checked today? Choose how, and save"

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).select_related("editor")

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


class FormerSlugInline(OfItsPage, admin.StackedInline):
    """The addresses a listing had. Saving it under a new slug adds one; nobody types them."""

    after = "For the record"
    extra = 0
    can_delete = False
    verbose_name = "address it had"
    verbose_name_plural = "addresses it had, which still lead here"

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False
