"""The form of a group, with warnings at texts that disclose its confidential venue."""

from typing import Any

from django import forms
from django.utils.html import format_html

from organisations.admin import LockedForm

from ..choices import Wellbeing
from ..disclosures import confidential_terms, disclosures, warning
from ..joining_notices import joining_notice

#: The name of the button that previews the dates without saving.
PREVIEW = "_preview"


class GroupForm(LockedForm):
    """The form of a group."""

    wellbeing = forms.MultipleChoiceField(
        label="Ways to wellbeing",
        choices=Wellbeing,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Which of the five it is good for, if somebody has said so.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        secret = confidential_terms(self.instance.venue) if self.instance.pk else None
        if secret:
            attach_warnings(self, disclosures(self.instance, secret))
        if self.instance.pk and (notice := joining_notice(self.instance)):
            put_before_help(self, "joining", notice)

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
