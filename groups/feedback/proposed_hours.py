"""Opening hours of an organisation, proposed in words: stored as they are read, with what was typed."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from organisations.field_changes import Changes
from organisations.models import Organisation

from ..in_words.opening_hours import UnreadableHours, read_opening_hours
from .comparison import Typed
from .models.base import HOURS


def shows_hours(organisation: Organisation) -> bool:
    """Return whether its page says, or would say, when it is open: not if it has ended, or its address is hidden."""
    return not (organisation.has_ended or organisation.address_is_hidden)


def read_hours(words: str) -> str:
    """Return the opening hours that words say, as they are stored; "" if they are not read."""
    try:
        return read_opening_hours(words, timezone.localdate()).text if words else ""
    except UnreadableHours:
        return ""


def hours_change(organisation: Organisation, proposed: Mapping[str, Any]) -> tuple[Changes, str]:
    """Return the change of proposed opening hours (text, or `Typed`), by name, and what was not read, as a line.

    Neither has what is unchanged. Empty words propose that it has no opening hours.
    """
    if HOURS not in proposed:
        return {}, ""
    given = proposed[HOURS]
    words, read = given if isinstance(given, Typed) else Typed(str(given))
    read = read or read_hours(words)
    if words and not read:
        return {}, f"{organisation.plain_fields[HOURS]} {words}"
    was = organisation.opening_hours
    change = {"was": was, "proposed": read} | ({"typed": words} if words != read else {})
    return {HOURS: change} if read != was else {}, ""
