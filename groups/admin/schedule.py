"""Inlines for the schedules of a group and their changes."""

from typing import Any

from django import forms

from organisations.admin import RowInline
from organisations.admin.autocomplete import AutocompleteForm

from ..choices import Frequency, Month
from ..models import Schedule, ScheduleChange
from ..timetable.patterns import KINDS, uses_column
from ..timetable.sentences import ORDINALS
from .clock_field import CLOCK_FIELDS

#: The values of columns that the chosen frequency does not use.
_BLANKS = {"ordinals": "", "day_of_month": None, "interval": 1}


class NumbersField(forms.MultipleChoiceField):
    """Checkboxes stored as comma-separated numbers: the first and the last in the month are "1,-1"."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, words: dict[int, str], **options: Any) -> None:
        choices = [(str(number), word.capitalize()) for number, word in words.items()]
        super().__init__(choices=choices, required=False, **options)

    def prepare_value(self, value: str | list[str] | None) -> list[str]:
        return [number for number in value.split(",") if number] if isinstance(value, str) else value or []

    def clean(self, value: list[str] | None) -> str:
        return ",".join(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(self.prepare_value(initial)) != set(data or [])


class ScheduleForm(AutocompleteForm):
    """One schedule, with checkboxes for which weeks of the month."""

    ordinals = NumbersField(words=ORDINALS, label="Which ones in the month", help_text="For monthly, on a weekday.")
    months_off = NumbersField(words=dict(Month.choices), label="Months in which it never meets")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "interval" in self.fields:
            self.fields["interval"].required = False

    def clean(self) -> dict[str, Any]:
        """Reset the fields that do not apply to the chosen frequency, so that nobody has to empty them by hand."""
        super().clean()
        cleaned = self.cleaned_data
        frequency = Frequency(cleaned["frequency"]) if cleaned.get("frequency") else None
        for column, blank in _BLANKS.items():
            if frequency is None or not uses_column(frequency, column):
                cleaned[column] = blank
        if "interval" in cleaned and cleaned["interval"] is None:
            cleaned["interval"] = 1
        if frequency is not None and not KINDS[frequency].is_regular:
            cleaned["term_time_only"] = False
        return cleaned


class ScheduleInline(RowInline):
    model = Schedule
    form = ScheduleForm
    formfield_overrides = CLOCK_FIELDS
    after = "When"
    verbose_name_plural = "regular times"
    verbose_name = "regular time"
    autocomplete_fields = ["venue"]
    fields = [
        ("frequency", "weekday", "interval"),
        "ordinals",
        "day_of_month",
        ("starts_at", "ends_at"),
        ("skips_bank_holidays", "term_time_only"),
        ("first_date", "last_date"),
        "months_off",
        "venue",
        "note",
    ]


class ScheduleChangeInline(RowInline):
    """The changes, and below them the button that previews the dates."""

    model = ScheduleChange
    classes = ["collapse"]
    template = "admin/schedule_changes.html"
    formfield_overrides = CLOCK_FIELDS
    after = "When"
    verbose_name_plural = "changes: days off, extra days, moves, days that are sure"
    verbose_name = "change"
    autocomplete_fields = ["venue"]
    fields = [("kind", "date"), ("until", "new_date"), ("starts_at", "ends_at"), "venue", "words"]
