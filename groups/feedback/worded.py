"""When and where a group meets, as proposed in words: compared with the group as it is, and stored in it."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from organisations.field_changes import Changes

from ..in_words.when import WhenReading, at_other_venues, read_when, replace_schedules, words_of
from ..in_words.where import (
    PlaceReading,
    add_venue,
    has_confidential_venue,
    in_a_line,
    is_at,
    named_venue,
    other_address,
    place_words,
    read_where,
    venues_at,
)
from ..models import Schedule, SupportGroup, Venue
from .comparison import Answer, Comparison, Typed
from .models.base import WORDED, InWords
from .models.report import Report
from .proposed_hours import read_hours

#: The answer that a place is none of the venues at its postcode.
NEW_VENUE = "new"
_CONFIDENTIAL = "The venue of this group is confidential. Put it in on the group's own page."


def words_now(group: SupportGroup, name: str) -> str:
    """Return "when" or "where" of a group as it is today, in words; of a confidential venue only its town."""
    return words_of(group.schedules_in_force(timezone.localdate())) if name == "when" else place_words(group)


def read_words(name: str, words: str, today: datetime.date) -> str:
    """Return what is read of "when" or "where", in words that are read as the same on any day; "" if it is not read."""
    if name == "when":
        return read_when(words, today).words
    place = read_where(words)
    return place.words if place else ""


def set_readings(row: InWords, today: datetime.date) -> None:
    """Set what is read of the words of a report or suggestion."""
    row.when_read = read_words("when", row.when_in_words, today)
    row.where_read = read_words("where", row.where_in_words, today)
    if isinstance(row, Report):
        row.hours_read = read_hours(row.hours_in_words)


def worded_changes(group: SupportGroup, proposed: Mapping[str, Any], today: datetime.date) -> tuple[Changes, str]:
    """Return the changes of "when" and "where" that words propose (text, or `Typed`), and what was not read, as lines.

    Neither has what is unchanged. Words with several meanings are a change: whoever applies it is asked. The place of a
    group with a confidential venue is always a change, so that only those who may know the venue see it.
    """
    changes: Changes = {}
    unread = []
    for name, label in WORDED.items():
        given = proposed.get(name) or ""
        words, read = given if isinstance(given, Typed) else Typed(str(given))
        if not words.strip():
            continue
        was, read = words_now(group, name), read or read_words(name, words, today)
        is_question = name == "when" and not read and bool(read_when(words, today).question)
        if name == "where" and has_confidential_venue(group):
            changes[name] = {"was": was, "proposed": words, "read": read}
        elif not read and not is_question:
            unread.append(f"{label}: {words}")
        elif read != was:
            changes[name] = {"was": was, "proposed": words, "read": read}
    return changes, "\n".join(unread)


def worded_comparison(group: SupportGroup, name: str, change: Mapping[str, Any]) -> Comparison:
    """Return the comparison of "when" or "where"; with the question that must be answered before it can be taken."""
    compare = _compare_when if name == "when" else _compare_where
    return compare(group, change)


def take_worded(group: SupportGroup, name: str, change: Mapping[str, Any], answer: str, reason: str) -> None:
    """Store the schedules of a group, or set its venue, from "when" or "where" of a proposal; the group is not saved.

    Call it within `single_revision`. `answer` is the answer to the question of the comparison, or "". Raises
    `ValidationError`, in sentences.
    """
    if name == "when":
        _take_when(group, change, answer)
    else:
        _take_where(group, change, answer, reason)


def _compare_when(group: SupportGroup, change: Mapping[str, Any]) -> Comparison:
    reading = _when(change)
    was, now = change["was"], words_now(group, "when")
    taken_away = at_other_venues(reading.rows, _in_force(group)) if reading.rows else []
    return Comparison(
        name="when",
        label=WORDED["when"],
        was=_sentences(was),
        today=_sentences(now),
        proposed="\n".join(reading.sentences) or change["proposed"],
        typed=change["proposed"] if reading.rows and change["proposed"] != reading.words else "",
        question=reading.question,
        answers=tuple(Answer(answer, answer) for answer in reading.answers),
        problem=_at_a_venue_of_its_own(taken_away[0]) if taken_away else reading.problem,
    )


def _take_when(group: SupportGroup, change: Mapping[str, Any], answer: str) -> None:
    reading = _when(change)
    if reading.question and answer in reading.answers:
        reading = read_when(answer, timezone.localdate())
    if reading.question:
        raise ValidationError(f"{reading.question} Choose one of the answers under “{WORDED['when']}” first.")
    if reading.problem:
        raise ValidationError(reading.problem)
    # For an answer to a question this is known only now.
    for schedule in at_other_venues(reading.rows, _in_force(group)):
        raise ValidationError(_at_a_venue_of_its_own(schedule))
    replace_schedules(group, reading.rows, _in_force(group))


def _in_force(group: SupportGroup) -> list[Schedule]:
    """Return the schedules of a group that are not over, in the order in which they are stored."""
    today = timezone.localdate()
    return [schedule for schedule in group.schedules.all() if not schedule.is_over(today)]


def _when(change: Mapping[str, Any]) -> WhenReading:
    return read_when(change.get("read") or change["proposed"], timezone.localdate())


def _sentences(words: str) -> str:
    """Return the words of schedules as people read them."""
    return "\n".join(read_when(words, timezone.localdate()).sentences) or words


def _at_a_venue_of_its_own(schedule: Any) -> str:
    return f"“{schedule}” is at a venue of its own. Put the times in on the group's own page."


def _compare_where(group: SupportGroup, change: Mapping[str, Any]) -> Comparison:
    place = read_where(change.get("read") or change["proposed"])
    question, problem = "", ""
    answers: tuple[Answer, ...] = ()
    if has_confidential_venue(group):
        problem = _CONFIDENTIAL
    elif place is None:
        problem = "We cannot read this as the name, address and postcode of a venue."
    else:
        venues = venues_at(place)
        named = named_venue(place, venues)
        if named and other_address(named, place):
            problem = f"“{named}” is here with another address: {_line_of(named)}. If that is wrong, change it there."
        elif venues and not named:
            question = f"Is it a venue that is already here {place.at}?"
            answers = _answers(place, venues)
    words = place.words if place else change["proposed"]
    return Comparison(
        name="where",
        label=WORDED["where"],
        was=in_a_line(change["was"]),
        today=_where_today(group, place),
        proposed=in_a_line(words),
        typed=change["proposed"] if in_a_line(change["proposed"]) != in_a_line(words) else "",
        question=question,
        answers=answers,
        problem=problem,
        is_secret=has_confidential_venue(group),
    )


def _where_today(group: SupportGroup, place: PlaceReading | None) -> str:
    """Return where a group meets today; in the proposed words, if these mean the same place."""
    venue = group.venue
    if venue is None or place is None or has_confidential_venue(group):
        return in_a_line(place_words(group))
    is_same = is_at(venue, place) and named_venue(place, [venue]) and not other_address(venue, place)
    return in_a_line(place.words if is_same else place_words(group))


def _answers(place: PlaceReading, venues: list[Venue]) -> tuple[Answer, ...]:
    known = (Answer(str(venue.pk), _line_of(venue)) for venue in venues)
    return (*known, Answer(NEW_VENUE, f"No: add {in_a_line(place.words)}"))


def _line_of(venue: Venue) -> str:
    return ", ".join([venue.name, *venue.address_lines])


def _take_where(group: SupportGroup, change: Mapping[str, Any], answer: str, reason: str) -> None:
    row = _compare_where(group, change)
    if row.problem:
        raise ValidationError(row.problem)
    if row.question and answer not in [choice.value for choice in row.answers]:
        raise ValidationError(f"{row.question} Choose one of the answers under “{row.label}” first.")
    place = read_where(change.get("read") or change["proposed"])
    if place is not None:
        group.venue = venue_for(place, answer, reason)


def venue_for(place: PlaceReading, answer: str, reason: str) -> Venue:
    """Return the public venue that is meant, by an answer or by its name; if there is none, add it.

    Raises `ValidationError` if it cannot be added.
    """
    venues = venues_at(place)
    chosen = next((venue for venue in venues if str(venue.pk) == answer), None)
    return chosen or named_venue(place, venues) or add_venue(place, reason)
