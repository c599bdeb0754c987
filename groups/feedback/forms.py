"""Public forms for reports, suggestions and needs, protected by a honeypot and a signed timestamp."""

import datetime
from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from organisations.forms import TypedTextField, errors_of
from places.location.locate import locate
from places.location.results import LocatedPlace
from places.models import Area
from places.postcodes import cut_to_sectors, split_at_postcode

from ..in_words.fields import HoursWidget, PublicWhenField, ReadBackMixin, WhereWidget
from ..search.danger import Detection, detect_danger

#: The least age of a form when it is sent, in seconds: no person fills it in faster.
MIN_AGE = 3
#: For how long the token of a form is valid, in seconds, so that a bot cannot reuse one for ever.
MAX_AGE = 24 * 60 * 60
_TOO_QUICK = "That was very quick. If you meant it, please press the button again."
_TOO_OLD = "This page was open for a long time. All that you typed is still here. Please press the button again."
_SIGNER = signing.Signer(salt="the moment at which a form was opened")
NO_NAMES = "Please leave out names, and anything about anybody’s health."
_NO_EMAIL = "This does not look like an email address. You can also leave it empty."


def _token(moment: float) -> str:
    """Return a signed timestamp, for seconds since the epoch."""
    return _SIGNER.sign(str(int(moment)))


class PlainTextField(forms.CharField):
    """Text of several lines, with each line stripped and without unprintable characters."""

    def __init__(
        self,
        *,
        label: str,
        max_length: int,
        rows: int = 4,
        widget: type[forms.Textarea] = forms.Textarea,
        error_messages: dict[str, Any] | None = None,
        **options: Any,
    ) -> None:
        messages = errors_of(label, max_length) | (error_messages or {})
        box = widget(attrs={"rows": rows})
        super().__init__(label=label, max_length=max_length, widget=box, error_messages=messages, **options)

    def to_python(self, value: str | None) -> str:
        lines = (value or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        cleaned = ("".join(char if char.isprintable() else " " for char in line).strip() for line in lines)
        return super().to_python("\n".join(cleaned).strip()) or ""


class PublicForm(forms.Form):
    """A form that anybody may send, with a honeypot and a token that signs when it was opened.

    A form that is sent too early, or after the token has expired, is shown again with everything that was typed and a
    new token.
    """

    #: The honeypot, named like a field that bots fill in.
    url = forms.CharField(label="Leave this box empty", required=False, max_length=1000)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, now: datetime.datetime | None = None, **options: Any) -> None:
        self._now = now or timezone.now()
        super().__init__(data, **options)
        self.initial["opened"] = _token(self._now.timestamp())

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        opened = self._opened_at()
        age = None if opened is None else self._now.timestamp() - opened
        if age is None or age < 0:
            self._replace_token(self.initial["opened"])
        elif age > MAX_AGE:
            # The new token is old enough to be sent at once.
            self._replace_token(_token(self._now.timestamp() - MIN_AGE))
            self.add_error(None, _TOO_OLD)
            return cleaned
        if age is None or age < MIN_AGE:
            self.add_error(None, _TOO_QUICK)
        return cleaned

    @property
    def is_honeypot_filled(self) -> bool:
        return bool(self.cleaned_data.get("url"))

    @cached_property
    def danger(self) -> Detection | None:
        """Return the danger detected in the typed text, if any; it changes only the page that answers."""
        kinds = (TypedTextField, PlainTextField, PublicWhenField)
        typed = [name for name, field in self.fields.items() if type(field) in kinds]
        return detect_danger(*(self.data.get(name, "") for name in typed)) if self.is_bound else None

    @property
    def questions(self) -> list[forms.BoundField]:
        """Return the visible fields without the honeypot."""
        return [field for field in self.visible_fields() if field.name != "url"]

    def _replace_token(self, token: str) -> None:
        """Replace the token in the bound data, for the form that is shown again."""
        bound: Any = self.data
        data = bound.copy()
        data["opened"] = token
        self.data = data

    def _opened_at(self) -> int | None:
        """Return the signed timestamp in seconds since the epoch; None if the signature is bad."""
        try:
            return int(_SIGNER.unsign(self.data.get("opened", "")))
        except (signing.BadSignature, ValueError):
            return None


def email_field(why: str = "to hear what we did") -> forms.EmailField:
    """Return the optional field for the address of whoever wants an answer."""
    return forms.EmailField(
        label="Your email address",
        required=False,
        max_length=254,
        help_text=f"Only if you want {why}. We delete it 90 days after that. You can leave this empty.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages=dict.fromkeys(["invalid", "max_length"], _NO_EMAIL),
    )


class PlaceField(TypedTextField):
    """A town, area or postcode. A whole postcode is looked up and never stored."""

    def __init__(self, *, label: str = "Where?", **options: Any) -> None:
        super().__init__(
            label=label,
            max_length=100,
            help_text="A town, an area or a postcode. We do not keep the postcode.",
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"required": "Say where: a town or an area will do."},
            **options,
        )


class PublicPlaceForm(PublicForm):
    """A public form with a place."""

    #: The smallest area that holds the place, if it was found; set by `clean_place`.
    area: Area | None = None

    def clean_place(self) -> str:
        """Return the name of the place without a postcode, and set `area`."""
        typed = self.cleaned_data["place"]
        place = locate(typed) if typed else None
        if isinstance(place, LocatedPlace):
            self.area = place.area
            return place.name
        before, _, after = split_at_postcode(typed)
        return " ".join(filter(None, [before, after]))


def when_field(label: str) -> PublicWhenField:
    """Return the box for when a group meets."""
    return PublicWhenField(
        label=label,
        max_length=500,
        help_text="If you know. For example: every Thursday, 6.30pm to 8pm. Or: second Tuesday of the month, 2pm.",
    )


def where_field(label: str, hint: str) -> PlainTextField:
    """Return the box for the venue of a group."""
    return PlainTextField(
        label=label,
        required=False,
        max_length=300,
        rows=3,
        widget=WhereWidget,
        help_text=f"If you know. The name of the place, its street, and its postcode or town. {hint}",
    )


def hours_field(label: str) -> PlainTextField:
    """Return the box for when an organisation is open."""
    return PlainTextField(
        label=label,
        required=False,
        max_length=500,
        rows=3,
        widget=HoursWidget,
        help_text="When people can walk in. For example: Monday to Friday, 9am to 5pm. Saturday, 10am to 1pm.",
    )


class SuggestionForm(ReadBackMixin, PublicPlaceForm):
    """A group that is not listed, in the sender's own words."""

    name = TypedTextField(
        label="What is the group called?",
        max_length=120,
        error_messages={"required": "Say what the group is called. If it has no name, say what people call it."},
    )
    what = PlainTextField(
        label="What happens there, and who is it for?",
        max_length=1000,
        help_text=NO_NAMES,
        error_messages={"required": "Say what happens there, in a few words."},
    )
    place = PlaceField(label="Which town or area is it in?")
    when_in_words = when_field("When does it meet?")
    where_in_words = where_field("Where does it meet?", "If the place must stay private, leave it out.")
    run_by = TypedTextField(
        label="Who runs it?",
        required=False,
        max_length=120,
        help_text="An organisation, or “its own members”. Nobody’s name, please.",
    )
    how_to_ask = TypedTextField(
        label="How can people ask about it?",
        required=False,
        max_length=200,
        help_text="A web page, or an email address or number that is public already.",
    )
    email = email_field()
    field_order = ["name", "what", "place", "when_in_words", "where_in_words", "run_by", "how_to_ask", "email"]


class MissingForm(PublicPlaceForm):
    """A need that nothing listed meets. It asks for no name and no address."""

    what = TypedTextField(
        label="What is missing?",
        max_length=240,
        help_text=f"For example: a walking group in the evening. {NO_NAMES}",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Say what is missing, in a few words."},
    )
    place = PlaceField(required=False)
    field_order = ["what", "place"]

    @staticmethod
    def initial_of(parameters: QueryDict) -> dict[str, str]:
        """Return the initial values from the link on a search with few results, cut to the length of each field."""
        return {
            name: cut_to_sectors(parameters.get(name, ""))[:length] for name, length in (("what", 240), ("place", 100))
        }
