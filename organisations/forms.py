"""The search forms of organisations, roles and training; fields and error messages that other forms share."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.functional import cached_property

from common.crisis_line_lookup import lines_with_number
from common.crisis_lines import CrisisLine
from common.nations import Nation
from common.text import fold
from places.location.locate import locate
from places.location.notices import place_notices
from places.location.results import LocatedPlace, PlaceChoices, PlaceNotFound
from places.postcodes import cut_to_sectors

from .models import PeerRole, Training
from .querysets import RoleQuerySet, TrainingQuerySet


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


class PlaceField(TypedTextField):
    """The box for a town or a postcode."""

    def __init__(self, max_length: int = 100) -> None:
        super().__init__(
            label="Town or postcode",
            required=False,
            max_length=max_length,
            help_text="For example, Margate or CT9",
            widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
            error_messages={"max_length": "That is too long for a place. Please type a town or a postcode."},
        )


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
        """Return the folded words of the query, in order, each once."""
        return tuple(dict.fromkeys(fold(self.cleaned_data.get("q", "")).split()))

    @property
    def only_user_led(self) -> bool:
        return bool(self.cleaned_data.get("user_led"))


class PlaceForm(forms.Form):
    """A form with one box for a place, always bound. Nothing typed: no place, and no error."""

    near = PlaceField()

    #: The place that was typed, if it is one.
    place: LocatedPlace | None = None
    _candidates: PlaceChoices | None = None
    _not_found: PlaceNotFound | None = None

    def clean_near(self) -> str:
        """Locate the place; several of one name become choices. Raises ValidationError for an unknown one."""
        typed: str = self.cleaned_data["near"]
        if not typed:
            return ""
        match locate(typed):
            case LocatedPlace() as found:
                self.place = found
            case PlaceChoices() as found:
                self._candidates = found
            case PlaceNotFound() as found:
                self._not_found = found
                raise forms.ValidationError(found.reason)
        return typed

    @property
    def is_settled(self) -> bool:
        """Whether the place to search is known: a single place, or none typed, which means anywhere."""
        self.is_valid()
        return "near" not in self.errors and self._candidates is None

    @cached_property
    def choices(self) -> list[tuple[str, str, str]]:
        """(label, address, "") of each place that may be meant."""
        self.is_valid()
        found = self._candidates or self._not_found
        options = found.options if isinstance(found, PlaceChoices) else found.suggestions if found else ()
        if self.place is not None:
            options = self.place.also
        return [(option.label_in_full, f"?{self.query_with(near=option.query)}", "") for option in options]

    @property
    def notices(self) -> list[str]:
        """A sentence for each difference between the place and what was typed."""
        return place_notices(self.place)

    @property
    def lines_typed(self) -> tuple[CrisisLine, ...]:
        """The crisis lines whose number was typed as a place."""
        return lines_with_number(self.data.get("near", "")[:100]) if self["near"].errors else ()

    @property
    def where(self) -> str:
        """The place searched: "near Margate, Thanet", "in Kent"; "" for anywhere."""
        self.is_valid()
        return self.place.where if self.place is not None else ""

    @property
    def nation(self) -> Nation | None:
        """The nation of the place; None if unknown, or if another place that may be meant is in another nation."""
        self.is_valid()
        if self._not_found is not None:
            return self._not_found.nation
        if self._candidates is not None:
            return Nation.shared_by(option.area.nation for option in self._candidates.options)
        if self.place is None:
            return None
        # The other nations' urgent numbers do not work in Northern Ireland, where the town that is meant may be.
        also = {option.area.nation for option in self.place.also}
        return None if Nation.NORTHERN_IRELAND in also else self.place.area.nation

    @property
    def query(self) -> str:
        """The query string of the valid fields, without the page: the place by its sector, never a whole postcode."""
        self.is_valid()
        return self.query_with(near=self.place.query if self.place else "")

    def query_with(self, near: str) -> str:
        """Return the query string with another place."""
        clean = self.cleaned_data | {"near": near}
        values = [(name, clean.get(name)) for name in self.fields]
        return urlencode([(name, "on" if value is True else value) for name, value in values if value])


class RoleSearchForm(PlaceForm):
    """What somebody looks for among peer roles."""

    want = forms.ChoiceField(
        label="What would you like?",
        required=False,
        choices=[("", "To support other people"), ("get", "Support for myself")],
        error_messages={"invalid_choice": "We could not read what you would like, so these are all roles."},
    )
    pay = forms.ChoiceField(
        label="Paid or voluntary?",
        required=False,
        choices=[("", "Either"), ("paid", "Paid"), ("voluntary", "Voluntary")],
        error_messages={"invalid_choice": "We could not read whether it is paid, so these are both kinds."},
    )
    looking = forms.BooleanField(label="Looking for people now", required=False)

    @property
    def is_for_oneself(self) -> bool:
        """Whether support is searched for, not a role to take up."""
        self.is_valid()
        return self.cleaned_data.get("want") == "get"

    def matching(self, roles: RoleQuerySet[PeerRole]) -> RoleQuerySet[PeerRole]:
        """Return the roles of the chosen kind. An invalid choice filters nothing."""
        roles = roles.giving_support() if self.is_for_oneself else roles
        clean = self.cleaned_data
        return roles.paid_as(clean.get("pay", "")).looking_for_people(bool(clean.get("looking")))


class TrainingSearchForm(PlaceForm):
    """What somebody looks for among courses and training."""

    want = forms.ChoiceField(
        label="What is it for?",
        required=False,
        choices=[("", "Any"), ("give", "To learn to support others"), ("get", "For myself")],
        error_messages={"invalid_choice": "We could not read what it is for, so these are all kinds."},
    )
    free = forms.BooleanField(label="Free", required=False)

    def kinds_of(self, trainings: TrainingQuerySet[Training]) -> dict[str, TrainingQuerySet[Training]]:
        """Return `{want: trainings}`: to support others, and for oneself; one of them, if one was chosen."""
        self.is_valid()
        trainings = trainings.free(bool(self.cleaned_data.get("free")))
        kinds = {"give": trainings.to_support_others(), "get": trainings.for_oneself()}
        want = self.cleaned_data.get("want")
        return {want: kinds[want]} if want else kinds
