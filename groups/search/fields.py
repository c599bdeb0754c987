"""The fields of the search form."""

from typing import Any, Self

from django import forms

from organisations.forms import PlaceField, TypedTextField

from .miles_field import MilesField
from .query import DEFAULT_MILES, MILES, miles_in_words

#: The most letters read of a text.
MOST_LETTERS = 1000
#: The most that browsers let people type into a box: two, encoded, fit the address of a request (4,094 bytes).
MOST_TYPED = 300


class SharedFields(dict[str, forms.Field]):
    """Fields shared by all forms: copying them for each request would be a twentieth of its time."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


class SearchedTextField(TypedTextField):
    """A text field that cuts what is too long at a word, so that it never refuses a sentence."""

    def to_python(self, value: str | None) -> str:
        text = super().to_python(value)
        return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS + 1].rpartition(" ")[0][:MOST_LETTERS]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"maxlength": str(MOST_TYPED)}


class SearchedPlaceField(SearchedTextField, PlaceField):
    """The box for a place: people type sentences into whichever they see first."""


class SearchFields(forms.Form):
    """The fields alone; the form interprets places, words and order."""

    near = SearchedPlaceField(MOST_LETTERS)
    q = SearchedTextField(
        label="What would you like?",
        required=False,
        max_length=MOST_LETTERS,
        help_text="For example, art, walking, men",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    within = MilesField(
        label="How far can you go?",
        required=False,
        coerce=int,
        empty_value=DEFAULT_MILES,  # type: ignore[arg-type]  # The value that it stands for, which is no text.
        choices=[(miles, miles_in_words(miles)) for miles in MILES],
        initial=DEFAULT_MILES,
        error_messages={"invalid_choice": "We could not read how far you can go, so we looked within 10 miles."},
    )
    sort = forms.ChoiceField(
        label="In what order?",
        required=False,
        choices=[("", "Best match"), ("nearest", "Nearest"), ("soonest", "Soonest"), ("name", "From A to Z")],
        error_messages={"invalid_choice": "We could not read the order, so we chose one."},
    )
    organisation = forms.SlugField(
        required=False,
        max_length=120,
        widget=forms.HiddenInput,
        error_messages={"invalid": "We do not know that organisation, so we looked at all of them."},
    )
    area = forms.SlugField(
        required=False,
        max_length=90,
        widget=forms.HiddenInput,
        error_messages={"invalid": "We do not know that area, so we looked everywhere."},
    )
    page = forms.IntegerField(
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": "We could not read the page number, so this is the first page."},
    )
