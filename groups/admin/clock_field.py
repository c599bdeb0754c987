"""A form field for a time of day that parses "6pm", "6.30 pm", "18:00" and "noon"."""

import datetime
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTimeWidget
from django.db.models import Field, TimeField

from ..timetable.clock_reading import AmbiguousTime, Unreadable, read_time

_SEVERAL = re.compile(r"\d.*(?:[-\u2010-\u2015]|\bto\b|\buntil\b|\btill\b|\band\b).*\d", re.IGNORECASE | re.DOTALL)
#: The longest text that an error message quotes.
_MOST_QUOTED = 20


class ClockField(forms.TimeField):
    """A time of day. What could be morning or evening is an error, never guessed."""

    def to_python(self, value: str | datetime.time | None) -> datetime.time | None:
        """Return the time, or None for an empty box. Raises `ValidationError` with what to write instead."""
        if value is None or isinstance(value, datetime.time):
            return value
        text = value.strip()
        try:
            return read_time(text) if text else None
        except AmbiguousTime as error:
            raise forms.ValidationError(_which_half(text, error.at_twelve), code="ambiguous") from error
        except Unreadable as error:
            raise forms.ValidationError(_unreadable(text), code="invalid") from error


#: For the `formfield_overrides` of an admin class or inline. Shows times without seconds.
CLOCK_FIELDS: Mapping["type[Field[Any, Any]]", Mapping[str, Any]] = {
    TimeField: {"form_class": ClockField, "widget": AdminTimeWidget(format="%H:%M")}
}


def _which_half(text: str, at_twelve: bool) -> str:
    if at_twelve:
        return f"“{text}” could be noon or midnight. Write “noon” or “midnight”."
    return f"“{text}” could be morning or evening. Write “{text}am” or “{text}pm”."


def _unreadable(text: str) -> str:
    if _SEVERAL.search(text):
        return "Write one time in each box: when it starts in the first, when it ends in the second."
    quoted = f"“{text}” as a time" if len(text) <= _MOST_QUOTED else "this time"
    return f"We cannot read {quoted}. Write it like 6.30pm or 18:30."
