"""The search form of the list of organisations; fields and error messages that other forms share."""

from typing import Any
from urllib.parse import urlencode

from django import forms

from common.word_matching import split_words
from places.postcodes import cut_to_sectors


def errors_of(label: str, most: int | None = None) -> dict[str, str]:
    """Return `error_messages` that name the field, for error summaries that stand apart from the fields."""
    too_long = {"max_length": f"“{label}” is too long. Please use {most:,} letters or fewer."} if most else {}
    return {
        "required": f"“{label}” is empty. Please fill it in.",
        "invalid": f"We could not read “{label}”. Please look at it again.",
    } | too_long


class TypedTextField(forms.CharField):
    """A text field that collapses whitespace and unprintable characters into single spaces."""

    def __init__(
        self, *, label: str, max_length: int, error_messages: dict[str, Any] | None = None, **options: Any
    ) -> None:
        messages = errors_of(label, max_length) | (error_messages or {})
        super().__init__(label=label, max_length=max_length, error_messages=messages, **options)

    def to_python(self, value: str | None) -> str:
        printable = "".join(char if char.isprintable() else " " for char in value or "")
        return super().to_python(" ".join(printable.split())) or ""


class OrganisationSearchForm(forms.Form):
    """The search form of the list of organisations."""

    q = TypedTextField(
        label="Name",
        required=False,
        max_length=100,
        help_text="A name it has now, or had before.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "That is a lot of words. Please use fewer than 100 letters."},
    )
    user_led = forms.BooleanField(label="Led by people with lived experience", required=False)

    def clean_q(self) -> str:
        return cut_to_sectors(self.cleaned_data["q"])

    @property
    def query(self) -> str:
        """Return the cleaned query string, for pagination links."""
        clean = self.cleaned_data
        parameters = [("q", clean.get("q")), ("user_led", "on" if clean.get("user_led") else "")]
        return urlencode([(name, value) for name, value in parameters if value])

    @property
    def words(self) -> tuple[str, ...]:
        """Return the folded words of the query."""
        return split_words(self.cleaned_data.get("q", ""))

    @property
    def only_user_led(self) -> bool:
        return bool(self.cleaned_data.get("user_led"))
