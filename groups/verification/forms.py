"""Forms for the bearer of a token: what has changed in a listing, or that it has ended."""

import datetime
from typing import Any

from django import forms
from django.db.models import CharField, TextField, URLField
from django.utils import timezone

from organisations.forms import TypedTextField, errors_of
from organisations.models import Listing, Organisation

from ..feedback.forms import PlainTextField, email_field, hours_field
from ..feedback.models.base import CONTACT
from ..feedback.models.base import HOURS as OPENING_HOURS
from ..feedback.proposed_contact import FEWEST_DIGITS, PlainContact, public_contact
from ..feedback.proposed_hours import shows_hours
from ..in_words.fields import FIELD, HOURS, ReadBackMixin
from ..in_words.when import lines_of
from ..models import SupportGroup
from ..timetable.cautions import day_name_at_christmas
from ..timetable.sentences import format_day
from .group_fields import VENUE, WhenAndWhereForm

#: The longest field, in characters, that is shown as a single-line input.
LINE_LENGTH = 160
_WHY = "to hear when it is put in"
_DAY_ANSWERS = {"yes": "Yes, we meet", "no": "No, we do not meet"}


class AnswerForm(forms.BaseForm):
    """Base of the forms of an answer: its questions, and boxes for people who prefer choosing to writing."""

    #: The names of the first fields, and of the boxes.
    first_fields: tuple[str, ...] = ()
    box_names: tuple[str, ...] = ()

    @property
    def boxes(self) -> list[forms.BoundField]:
        return [self[name] for name in self.box_names]

    @property
    def are_boxes_open(self) -> bool:
        """Whether something was chosen in the boxes, or something is wrong with them."""
        return self.is_bound and any(box.value() or box.errors for box in self.boxes)

    @property
    def questions(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.box_names]


class ChangeForm(AnswerForm, forms.ModelForm):
    """The plain fields of a listing with today's values, and a note for all else. It does not save the listing."""

    note = PlainTextField(
        label="What else has changed?",
        required=False,
        max_length=2000,
        help_text="Whatever has no box of its own here: tell us in your own words.",
    )
    contact = PlainTextField(
        label="Who can people ask?",
        required=False,
        max_length=500,
        rows=3,
        help_text="If that has changed: the role, the number or email address, and whether everybody may see it. "
        "Nobody’s name, please.",
    )
    email = email_field(_WHY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = self.instance.days_to_confirm(timezone.now()) if isinstance(self.instance, SupportGroup) else []
        self.day_fields = {f"meets_on_{day.isoformat()}": day for day in days}
        self.fields |= {name: _day_field(day) for name, day in self.day_fields.items()}
        if isinstance(self.instance, Organisation):
            del self.fields["contact"]
        self.order_fields([*self.day_fields, *self.first_fields, "contact", "note"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if not self.errors and not self.proposed and not self.whole_note:
            self.add_error(None, "Nothing is changed here yet. If all of it is right, go back and say so.")
        return cleaned

    @property
    def whole_note(self) -> str:
        """Return the answers about days at Christmas, whom people can ask, and then the note as it was typed."""
        answers = ((day, self.cleaned_data.get(name)) for name, day in self.day_fields.items())
        lines = [f"{format_day(day, day)} {day.year}: {_DAY_ANSWERS[answer]}." for day, answer in answers if answer]
        if contact := self.cleaned_data.get("contact"):
            lines.append(f"Who people can ask: {contact}")
        return "\n".join(filter(None, [*lines, self.cleaned_data.get("note")]))

    @property
    def proposed(self) -> dict[str, object]:
        """Return `{field_name: value}` of the plain fields that were changed."""
        plain = set(self.instance.plain_fields) & set(self.changed_data)
        return {name: self.cleaned_data[name] for name in plain if self._has_new_value(name)}

    def _has_new_value(self, name: str) -> bool:
        field, before = self.fields[name], self.initial.get(name)
        # Browsers send CRLF line endings, which are not a change.
        return not isinstance(field, PlainTextField) or field.to_python(before) != self.cleaned_data[name]


def _day_field(day: datetime.date) -> forms.ChoiceField:
    """Return the question whether a group meets on a day at Christmas or New Year."""
    label = f"{format_day(day, day)} {day.year} is {day_name_at_christmas(day)}. Do you meet?"
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[("", "We do not know yet"), *_DAY_ANSWERS.items()],
        error_messages={"invalid_choice": errors_of(label)["invalid"]},
    )


def change_form_for(listing: Listing) -> Any:
    """Return the form class with the plain fields of this kind of listing."""
    kinds: dict[Any, type[ChangeForm]] = {SupportGroup: GroupChangeForm, Organisation: OrganisationChangeForm}
    form = kinds.get(type(listing), ChangeForm)
    fields = [name for name in listing.plain_fields if name != OPENING_HOURS]
    return forms.modelform_factory(type(listing), form=form, fields=fields, formfield_callback=_public_field)


def _public_field(field: Any, **options: Any) -> forms.Field | None:
    """Return the form field of a plain field, with its public label and without the help text for staff."""
    label, required = field.model.plain_fields[field.name], not field.blank
    if isinstance(field, TextField):
        return PlainTextField(label=label, required=required, max_length=5000)
    if isinstance(field, CharField) and not field.choices and type(field) is CharField:
        # A textarea shows a long value whole.
        longest = field.max_length or 0
        widget = forms.Textarea(attrs={"rows": 3}) if longest > LINE_LENGTH else forms.TextInput()
        return TypedTextField(label=label, required=required, max_length=longest, widget=widget)
    if isinstance(field, URLField):
        options["assume_scheme"] = "https"
    error_messages = errors_of(label)
    # Django's messages for number fields name the limits of the database.
    error_messages |= dict.fromkeys(["min_value", "max_value", "invalid_choice"], error_messages["invalid"])
    return field.formfield(label=label, help_text="", error_messages=error_messages, **options)


class GroupChangeForm(WhenAndWhereForm, ChangeForm):
    """The change form of a group, with when and where it meets."""

    contact_phone = TypedTextField(
        label="What number can people ring?",
        required=False,
        max_length=30,
        help_text="The number of the group, for everybody to see. We ask before we show it.",
    )
    contact_email = forms.EmailField(
        label="What email address can people write to?",
        required=False,
        max_length=254,
        help_text="The address of the group, for everybody to see. We ask before we show it.",
        error_messages=dict.fromkeys(["invalid", "max_length"], "This does not look like an email address."),
    )

    first_fields = (*WhenAndWhereForm.box_names, FIELD, *VENUE, "contact_phone", "contact_email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_about(self.instance)
        self.contact_before = public_contact(self.instance) if self.instance.can_be_visited else PlainContact()
        self.initial.update(contact_phone=self.contact_before.phone, contact_email=self.contact_before.email)

    def clean_contact_phone(self) -> str:
        phone: str = self.cleaned_data["contact_phone"]
        if phone and sum(letter.isdigit() for letter in phone) < FEWEST_DIGITS:
            raise forms.ValidationError("This does not look like a telephone number. One looks like 01632 960001.")
        return phone

    @property
    def proposed(self) -> dict[str, object]:
        """Return `{name: value}` of what was changed: plain fields, "when" and "where" in words, and the contact."""
        contact = self._contact
        changed = {CONTACT: contact} if any(contact) and contact != self.contact_before else {}
        return super().proposed | self.when_and_where | changed

    @property
    def whole_note(self) -> str:
        """Return the note; with the contact that is to be taken out, where nothing stands in its place."""
        gone = ", ".join(filter(None, self.contact_before)) if not any(self._contact) else ""
        return "\n".join(filter(None, [f"To be taken out: {gone}" if gone else "", super().whole_note]))

    @property
    def _contact(self) -> PlainContact:
        clean = self.cleaned_data
        return PlainContact(clean.get("contact_phone", ""), clean.get("contact_email", ""))


class OrganisationChangeForm(ReadBackMixin, ChangeForm):
    """The change form of an organisation, with its opening hours in words if its page shows them."""

    hours_in_words = hours_field("When is it open?")
    first_fields = (HOURS,)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if shows_hours(self.instance):
            self.initial[HOURS] = self.instance.opening_hours
        else:
            del self.fields[HOURS]

    @property
    def proposed(self) -> dict[str, object]:
        """Return `{name: value}` of what was changed: plain fields, and opening hours in words."""
        words = self.cleaned_data.get(HOURS, "")
        is_as_it_was = lines_of(words) == lines_of(self.initial.get(HOURS, ""))
        return super().proposed | ({} if is_as_it_was else {OPENING_HOURS: words})


class EndedForm(AnswerForm, forms.Form):
    """The day a listing ended, and where people can go instead."""

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
