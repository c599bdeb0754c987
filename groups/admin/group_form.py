"""The form of a group: what it may say, and what in it would give a confidential venue away."""

from django import forms
from django.db.models import CharField, Field, TextField
from django.utils.html import format_html

from organisations.admin import LockedForm

from ..choices import Wellbeing
from ..confidentiality import ConfidentialTerms
from ..models import Venue
from .joining_notices import joining_notice

#: The button that shows what follows from a page's regular times, and saves nothing.
PREVIEW = "_preview"
#: Fields that hold text and are not for the public to read, or not for free words.
_NOT_FREE_WORDS = {"slug", "code", "source_name", "source_url", "source_dated", "online_link"}


def free_texts(model) -> list[Field]:
    """The fields of a model in which somebody could write an address that everybody reads."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField) and not field.choices and field.name not in _NOT_FREE_WORDS
    ]


def confidential_terms(venue: Venue | None) -> ConfidentialTerms | None:
    """What nobody may learn, if a venue is confidential."""
    if venue is None or not venue.address_is_confidential:
        return None
    return ConfidentialTerms(name=venue.name, address=venue.address)


def disclosures(row, secret: ConfidentialTerms) -> dict[str, list[str]]:
    """What each of a row's texts tells of a secret, by the name of the field; nothing for those that keep it."""
    told = {field.name: secret.disclosed_in(getattr(row, field.name)) for field in free_texts(type(row))}
    return {name: words for name, words in told.items() if words}


def warning(words: list[str]) -> str:
    """What stands beside a field that tells too much."""
    said = ", ".join(f"“{word}”" for word in words)
    return f"Look again: the venue is confidential, and this says {said}. Everybody can read it."


class GroupForm(LockedForm):
    """A group as an editor fills it in."""

    wellbeing = forms.MultipleChoiceField(
        label="Ways to wellbeing",
        choices=Wellbeing,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Which of the five it is good for, if somebody has said so.",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        secret = confidential_terms(self.instance.venue) if self.instance.pk else None
        if secret:
            attach_warnings(self, disclosures(self.instance, secret))
        if self.instance.pk and (notice := joining_notice(self.instance)):
            put_before_help(self, "joining", notice)

    def is_valid(self) -> bool:
        """Whether to save it: not where its sender asked only to see the dates."""
        return super().is_valid() and PREVIEW not in self.data


def attach_warnings(form: forms.ModelForm, told: dict[str, list[str]]) -> None:
    """Put a warning before the help of each field that tells too much."""
    for name, words in told.items():
        put_before_help(form, name, warning(words))


def put_before_help(form: forms.ModelForm, name: str, notice: str) -> None:
    """Put a notice before the help of a field, if the form has it."""
    if field := form.fields.get(name):
        field.help_text = format_html('<strong class="staff-warning">{}</strong> {}', notice, field.help_text)
