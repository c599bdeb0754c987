"""What an organisation fills in behind a link: what has changed, or that something has ended."""

import datetime

from django import forms
from django.db.models import CharField, Field, TextField, URLField
from django.utils import timezone

from organisations.forms import TypedTextField, errors_of
from organisations.models import Listing

from ..feedback.forms import PlainTextField, email_field
from ..models import SupportGroup
from ..timetable.cautions import day_name_at_christmas
from ..timetable.sentences import format_day

#: The most letters that a box of one line is meant for.
LINE = 160
_WHY = "to hear when it is put in"
_DAY_ANSWERS = {"yes": "Yes, we meet", "no": "No, we do not meet"}


class ChangeForm(forms.ModelForm):
    """Today's words for a listing, to be changed, and a box for all that is no field of its own. It saves nothing."""

    note = PlainTextField(
        label="What else has changed?",
        required=False,
        max_length=2000,
        help_text="The day, the time, the place, who to ask: tell us here in your own words.",
    )
    email = email_field(_WHY)
    field_order = ["note"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        days = self.instance.days_to_confirm(timezone.now()) if isinstance(self.instance, SupportGroup) else []
        self.day_fields = {f"meets_on_{day.isoformat()}": day for day in days}
        self.fields |= {name: _day_field(day) for name, day in self.day_fields.items()}
        self.order_fields([*self.day_fields, "note"])

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors and not self.proposed and not self.whole_note:
            self.add_error(None, "Nothing is changed here yet. If all of it is right, go back and say so.")
        return cleaned

    @property
    def whole_note(self) -> str:
        """All that is no field of the listing: on which days at Christmas it meets, and what was typed."""
        answers = ((day, self.cleaned_data.get(name)) for name, day in self.day_fields.items())
        said = [f"{format_day(day, day)} {day.year}: {_DAY_ANSWERS[answer]}." for day, answer in answers if answer]
        return "\n".join(filter(None, [*said, self.cleaned_data.get("note")]))

    @property
    def proposed(self) -> dict[str, object]:
        """The plain fields that were changed, with what they could be."""
        plain = set(self.instance.plain_fields) & set(self.changed_data)
        return {name: self.cleaned_data[name] for name in plain if self._is_new(name)}

    def _is_new(self, name: str) -> bool:
        field, before = self.fields[name], self.initial.get(name)
        # A browser ends lines in its own way; that is no change.
        return not isinstance(field, PlainTextField) or field.to_python(before) != self.cleaned_data[name]


def _day_field(day: datetime.date) -> forms.ChoiceField:
    """Ask whether a group meets on a day at Christmas or New Year."""
    label = f"{format_day(day, day)} {day.year} is {day_name_at_christmas(day)}. Do you meet?"
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[("", "We do not know yet"), *_DAY_ANSWERS.items()],
        error_messages={"invalid_choice": errors_of(label)["invalid"]},
    )


def change_form_for(listing: Listing) -> type[ChangeForm]:
    """The form for the plain fields of a kind of listing."""
    return forms.modelform_factory(
        type(listing), form=ChangeForm, fields=list(listing.plain_fields), formfield_callback=_public_field
    )


def _public_field(field: Field, **options) -> forms.Field | None:
    """A field as the public fills it in: by the words of its page, and without help that is for staff."""
    label, required = field.model.plain_fields[field.name], not field.blank
    if isinstance(field, TextField):
        return PlainTextField(label=label, required=required, max_length=5000)
    if isinstance(field, CharField) and not field.choices and type(field) is CharField:
        # What is longer than a line is seen whole.
        box = forms.Textarea(attrs={"rows": 3}) if field.max_length > LINE else forms.TextInput()
        return TypedTextField(label=label, required=required, max_length=field.max_length, widget=box)
    if isinstance(field, URLField):
        options["assume_scheme"] = "https"
    said = errors_of(label)
    # Numbers have limits of their own, which are for databases.
    said |= dict.fromkeys(["min_value", "max_value", "invalid_choice"], said["invalid"])
    return field.formfield(label=label, help_text="", error_messages=said, **options)


class EndedForm(forms.Form):
    """When something ended, and where people can go instead."""

    ended_on = forms.DateField(
        label="The last day",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="If you know it. You can leave this empty.",
        error_messages={"invalid": "We could not read the day. Write it like this: 30/11/2026."},
    )
    words = PlainTextField(
        label="Where can people go instead?",
        required=False,
        max_length=240,
        rows=3,
        help_text="We show this on the page, so that nobody is left without.",
    )
    email = email_field(_WHY)
