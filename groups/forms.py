"""What can be asked of the directory of groups. Whatever is typed, there is an answer: a bad part gets a sentence."""

from django import forms

from organisations.forms import TypedTextField
from organisations.matching import words_of
from places.location import Choices, Found, NotFound, locate
from places.models import Area

from .choices import Focus, Joining
from .search.query import DEFAULT_MILES, MILES, Query


def _in_address(value: str) -> str:
    """A choice as an address carries it: "just-come"."""
    return value.replace(" ", "-")


class MilesField(forms.TypedChoiceField):
    """How far somebody can go. Unasked, or unreadable, it shows the distance that is meant."""

    def bound_data(self, data: str | None, initial: int) -> str | int:
        return data if data in {str(miles) for miles in MILES} else initial


class GroupSearchForm(forms.Form):
    """The questions that search answers. It is always bound: an address without questions asks for everything."""

    near = TypedTextField(
        label="Town or postcode",
        required=False,
        max_length=100,
        help_text="For example, Margate or CT9",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
        error_messages={"max_length": "That is too long for a place. Please type a town or a postcode."},
    )
    q = TypedTextField(
        label="What would you like?",
        required=False,
        max_length=100,
        help_text="For example, art, walking, men",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "That is a lot of words. Please use fewer than 100 letters."},
    )
    within = MilesField(
        label="How far can you go?",
        required=False,
        coerce=int,
        empty_value=DEFAULT_MILES,
        choices=[(miles, "1 mile" if miles == 1 else f"{miles} miles") for miles in MILES],
        initial=DEFAULT_MILES,
        error_messages={"invalid_choice": "We could not read how far you can go, so we looked within 10 miles."},
    )
    focus = forms.ChoiceField(
        label="Talking or doing?",
        required=False,
        choices=[("", "Either"), (Focus.TALKING.value, "Talking"), (Focus.DOING.value, "Doing")],
        widget=forms.RadioSelect,
        help_text="Talking: people share how things are. Doing: people make or do something together.",
        error_messages={"invalid_choice": "We could not read the choice of talking or doing, so we left it out."},
    )
    joining = forms.TypedMultipleChoiceField(
        label="How do you join?",
        required=False,
        choices=[(_in_address(value), label) for value, label in Joining.choices],
        coerce=lambda value: value.replace("-", " "),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "We could not read the choice of how to join, so we left it out."},
    )
    format = forms.ChoiceField(
        label="How does it meet?",
        required=False,
        choices=[("", "Any way"), ("in-person", "In person"), ("online", "Online"), ("by-phone", "By phone")],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "We could not read the choice of how it meets, so we left it out."},
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

    place: Found | None = None
    candidates: Choices | None = None
    suggestions: tuple[Found, ...] = ()

    def clean_near(self) -> str:
        """Find the place that was typed; a place nobody knows is a sentence, several of one name are a choice."""
        typed = self.cleaned_data["near"]
        if not typed:
            return ""
        found = locate(typed)
        if isinstance(found, NotFound):
            self.suggestions = found.suggestions
            raise forms.ValidationError(found.reason)
        if isinstance(found, Choices):
            self.candidates = found
        else:
            self.place = found
        return typed

    def clean_area(self) -> Area | None:
        slug = self.cleaned_data["area"]
        if not slug:
            return None
        area = Area.objects.filter(slug=slug).first()
        if area is None:
            raise forms.ValidationError(self.fields["area"].error_messages["invalid"])
        return area

    @property
    def sentences(self) -> list[str]:
        """What could not be understood and has no field to say it at, and what was taken instead, kindly."""
        said = [sentence for field in self.hidden_fields() for sentence in field.errors]
        if self.place is not None and self.place.approximate:
            said.append(
                f"We do not know that postcode. It may be new, so we looked from the middle of {self.place.name}."
            )
        return said

    @property
    def keeps_area(self) -> bool:
        """Whether the next search is still in the area that was clicked."""
        return self.query.area is not None

    @property
    def choices_of_place(self) -> list[tuple[str, str]]:
        """The places that may be meant, as label and address of the same search there."""
        if self.candidates is not None:
            options = self.candidates.options
        else:
            options = self.place.also if self.place is not None else self.suggestions
        return [(option.label or option.name, self._address_near(option)) for option in options]

    @property
    def query(self) -> Query:
        """The search that was asked for, without the parts that nobody could read."""
        self.is_valid()
        clean = self.cleaned_data
        return Query(
            place=self.place,
            # A search is in one place: a place that is typed takes that of an area that was clicked.
            area=None if self.place else clean.get("area"),
            within=clean.get("within") or DEFAULT_MILES,
            words=words_of(clean.get("q", "")),
            focus=clean.get("focus", ""),
            joining=tuple(clean.get("joining", ())),
            format=clean.get("format", "").replace("-", "_"),
            page=clean.get("page") or 1,
        )

    def _address_near(self, place: Found) -> str:
        others = self.data.copy()
        others.pop("page", None)
        others["near"] = place.query
        return f"?{others.urlencode()}"
