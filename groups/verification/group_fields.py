"""The fields in which the bearer of a token says when and where a group meets: in words, or in boxes."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.dates import format_time_range
from organisations.forms import TypedTextField, errors_of
from places.postcodes import is_postcode, spaced_postcode

from ..choices import Weekday
from ..feedback.forms import PlainTextField
from ..feedback.worded import words_now
from ..in_words.fields import ANSWER, AS_WRITTEN, FIELD, LastWhereWidget, PublicWhenField, ReadBackMixin
from ..in_words.when import lines_of
from ..in_words.where import has_confidential_venue
from ..models import SupportGroup
from ..timetable.sentences import ORDINALS

_HOW_OFTEN = [
    ("", "Choose"),
    ("Every", "Every week"),
    ("Every other", "Every other week"),
    *((f"The {ordinal}", f"The {ordinal} of the month") for ordinal in ORDINALS.values()),
]
_DAYS = [("", "Choose"), *((day.label, day.label) for day in Weekday)]
_TIME_ERROR = "We could not read “{}”. Write a time like this: 18:30."
_TWICE = "You wrote it in words and chose it in boxes too. Please leave one of the two as it was."
#: The fields of the venue.
VENUE = ("venue_name", "venue_address", "venue_postcode")


def _time_field(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _TIME_ERROR.format(label)},
    )


def _choice_field(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    invalid = errors_of(label)["invalid"]
    return forms.ChoiceField(label=label, required=False, choices=choices, error_messages={"invalid_choice": invalid})


class WhenAndWhereForm(ReadBackMixin, forms.Form):
    """When a group meets, in words that are read back or in boxes, and its venue, unless that is confidential.

    The boxes are cleaned first: they make the words, which are read by the same parser.
    """

    how_often = _choice_field("How often?", _HOW_OFTEN)
    weekday = _choice_field("On which day?", _DAYS)
    starts_at = _time_field("From")
    ends_at = _time_field("To")
    when_in_words = PublicWhenField(
        label="When do you meet?",
        max_length=1000,
        help_text="One line for each regular time. For example: every Thursday, 6.30pm to 8pm, not in August.",
    )
    venue_name = TypedTextField(
        label="What is the place called?", required=False, max_length=120, help_text="The hall, the café, the centre."
    )
    venue_address = PlainTextField(
        label="Its address", required=False, max_length=300, rows=3, help_text="One line each, and the town last."
    )
    venue_postcode = TypedTextField(
        label="Its postcode", required=False, max_length=10, widget=LastWhereWidget(), help_text="If you know it."
    )

    #: The boxes for people who prefer choosing to writing.
    box_names: tuple[str, ...] = ("how_often", "weekday", "starts_at", "ends_at")
    must_answer = True

    def ask_about(self, group: SupportGroup) -> None:
        """Fill in what is public about a group today, and remove the fields that do not apply."""
        self.holiday_nation = group.holiday_nation
        if group.can_be_visited and not group.times_are_withheld:
            self.initial[FIELD] = words_now(group, "when")
        if not (group.meets_in_person and group.can_be_visited) or has_confidential_venue(group):
            for name in VENUE:
                del self.fields[name]
        elif group.venue:
            venue = group.venue
            address = "\n".join(filter(None, [venue.address, venue.town.name if venue.town else ""]))
            self.initial.update(zip(VENUE, (venue.name, address, venue.postcode), strict=True))

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_read_back or VENUE[-1] not in self.fields:
            return
        before, place = (_place(values) for values in (self.initial, self.cleaned_data))
        if place and place != before:
            self.show_place(VENUE[-1], place)

    def clean_venue_postcode(self) -> str:
        postcode: str = self.cleaned_data["venue_postcode"]
        if postcode and not is_postcode(postcode):
            raise ValidationError("This does not look like a postcode. One looks like TA20 1AA.")
        return spaced_postcode(postcode) if postcode else ""

    def words_to_read(self, words: str) -> str:
        """Return what is chosen in the boxes, as words; if nothing is, the typed words."""
        chosen = [self.cleaned_data.get(name) for name in self.box_names]
        if not any(chosen) or self.data.get(ANSWER, AS_WRITTEN) != AS_WRITTEN:
            return words
        how_often, day, starts_at, ends_at = chosen
        if not (how_often and day):
            raise ValidationError("In the boxes, choose both how often and on which day.")
        if lines_of(words) != lines_of(self.initial.get(FIELD, "")):
            raise ValidationError(_TWICE)
        of_the_month = " of the month" if str(how_often).startswith("The") else ""
        times = format_time_range(starts_at, ends_at)
        return f"{how_often} {day}{of_the_month}{', ' if times else ''}{times}."

    @property
    def when_and_where(self) -> dict[str, str]:
        """Return the proposed "when" and "where", in words, without unchanged ones."""
        when = self.cleaned_data.get(FIELD, "")
        proposed = {} if lines_of(when) == lines_of(self.initial.get(FIELD, "")) else {"when": when}
        before, now = (_place(values) for values in (self.initial, self.cleaned_data))
        return proposed if before == now else proposed | {"where": now}


def _place(values: Mapping[str, Any]) -> str:
    """Return the lines of the boxes of a venue."""
    return "\n".join(lines_of("\n".join(values.get(name) or "" for name in VENUE)))
