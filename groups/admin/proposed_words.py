"""When and where a group meets, as a contributor proposes them on its page: in words, as everybody proposes them."""

from collections.abc import Iterable
from typing import Any

from ..in_words.fields import FIELD
from ..in_words.when import words_of
from ..in_words.where import place_words
from ..models import Schedule
from .schedule_preview import unsaved_rows


def proposed_words(form: Any, formsets: Iterable[Any]) -> tuple[dict[str, str], set[str]]:
    """Return "when" and "where" of a valid form in words, and the names of the fields and models that they stand for.

    Times at a venue of their own, and a venue that is confidential or has no postcode, are not in words.
    """
    words: dict[str, str] = {}
    covered: set[str] = set()
    schedules = next((formset for formset in formsets if formset.model is Schedule), None)
    if schedules is not None and schedules.has_changed():
        rows = unsaved_rows(schedules)
        if rows and not any(row.venue_id for row in (*rows, *(form.instance for form in schedules.initial_forms))):
            words["when"] = words_of(rows)
            covered |= {FIELD, Schedule._meta.label}
    venue = form.instance.venue
    if "venue" in form.changed_data and venue and venue.postcode and not venue.address_is_confidential:
        words["where"] = place_words(form.instance)
        covered.add("venue")
    return words, covered
