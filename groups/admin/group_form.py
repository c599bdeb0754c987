"""The form of a group, with warnings at texts that disclose its confidential venue."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from organisations.admin import LockedForm

from ..choices import Wellbeing
from ..disclosures import confidential_terms, disclosures, warning
from ..in_words.fields import FIELD
from ..in_words.when import lines_of, words_of
from ..in_words.where import place_words
from ..joining_notices import joining_notice
from .schedule_words import PREVIEW, WordsField, rows_with_other_venues


class GroupForm(LockedForm):
    """The form of a group."""

    wellbeing = forms.MultipleChoiceField(
        label="Ways to wellbeing",
        choices=Wellbeing,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Which of the five it is good for, if somebody has said so.",
    )

    when_in_words = WordsField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if FIELD in self.fields and self.instance.pk:
            # A second attempt starts from the words in the posted rows, whatever was saved meanwhile.
            in_rows = self.data.get(self.add_initial_prefix(FIELD))
            self.initial[FIELD] = words_of(self.instance.schedules.all()) if in_rows is None else in_rows
        secret = confidential_terms(self.instance.venue) if self.instance.pk else None
        if secret:
            attach_warnings(self, disclosures(self.instance, secret))
        if self.instance.pk and (notice := joining_notice(self.instance)):
            put_before_help(self, "joining", notice)

    def clean_when_in_words(self) -> str:
        """Raise `ValidationError` if the words would take away regular times at a venue of their own."""
        words: str = self.cleaned_data[FIELD]
        if self.instance.pk and words and FIELD in self.changed_data:
            for row in rows_with_other_venues(words, self.instance.schedules.all()):
                raise ValidationError(
                    f"“{row}” is at a venue of its own. Keep its words here, and change it in the regular times below."
                )
        return words

    @property
    def proposed_words(self) -> dict[str, str]:
        """Return "when" and "where" of a valid form as a proposal takes them, in words, as far as they were changed.

        A venue that is confidential or has no postcode is not in words.
        """
        words = {}
        # The posted initial words are those that the rows were filled from.
        when = self.cleaned_data.get(FIELD, "")
        if lines_of(when) != lines_of(words_of(self.instance.schedules.all())):
            words["when"] = when
        venue = self.instance.venue
        if "venue" in self.changed_data and venue and venue.postcode and not venue.address_is_confidential:
            words["where"] = place_words(self.instance)
        return words

    def is_valid(self) -> bool:
        """Return whether to save: False where only the preview is requested."""
        return super().is_valid() and PREVIEW not in self.data


def attach_warnings(form: forms.ModelForm, disclosed: dict[str, list[str]]) -> None:
    """Put a warning before the help text of each field with disclosed words."""
    for name, words in disclosed.items():
        put_before_help(form, name, warning(words))


def put_before_help(form: forms.ModelForm, name: str, notice: str) -> None:
    """Put a notice before the help text of a field, if the form has it."""
    if field := form.fields.get(name):
        field.help_text = format_html('<strong class="staff-warning">{}</strong> {}', notice, field.help_text)
