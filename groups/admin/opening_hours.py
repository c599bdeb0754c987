"""The field of staff pages in which opening hours are typed in words; they are stored as they are read."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Field
from django.http import HttpRequest
from django.utils import timezone

from organisations.admin.mixin_bases import ModelAdminMixin

from ..in_words.opening_hours import UnreadableHours, read_opening_hours

_FIELD = "opening_hours"


class OpeningHoursField(forms.CharField):
    """Opening hours in words. Its value is the text that is stored."""

    def to_python(self, value: Any) -> str:
        """Return what is read, in the stored form; "" for an empty box. Raises `ValidationError` with what to write."""
        words = super().to_python(value)
        try:
            return read_opening_hours(words, timezone.localdate()).text if words else ""
        except UnreadableHours as error:
            raise forms.ValidationError(str(error), code="invalid") from error


class OpeningHoursAdminMixin(ModelAdminMixin):
    """Mixin of the pages of what has opening hours: they are typed in words, and a message says how they are read."""

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == _FIELD:
            kwargs |= {"form_class": OpeningHoursField, "widget": forms.Textarea(attrs={"rows": 3})}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: list[Any], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if _FIELD in form.changed_data and (hours := form.cleaned_data[_FIELD]):
            messages.info(request, f"Opening hours are read as: {'; '.join(hours.splitlines())}.")
