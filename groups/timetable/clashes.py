"""Warnings for editors: overlapping patterns, and changes that conflict or have no effect."""

import datetime
from collections.abc import Iterator
from itertools import combinations

from ..choices import ChangeKind, Month, Weekday
from .changes import Change
from .meetings import Slot, Timetable
from .patterns import Weekly, needs_a_date

#: Kinds of change of which a day can have only one, with the word for each.
_SINGLE_DAY_KINDS = {ChangeKind.OFF: "off", ChangeKind.MOVED: "moved", ChangeKind.ON: "on as usual"}


def clashes(timetable: Timetable, first: datetime.date, last: datetime.date) -> list[str]:
    """Return warning sentences about a range of days, both included; empty if there are none. Warnings do not block."""
    return [
        *(_missing_date_sentence(slot.pattern) for slot in timetable.slots if needs_a_date(slot.pattern)),
        *("A meeting must end after it starts." for slot in timetable.slots if _ends_before_it_starts(slot)),
        *_overlaps(timetable.slots, first, last),
        *(
            _no_effect_sentence(change)
            for change in timetable.changes
            if _has_no_effect(timetable, change, first, last)
        ),
        *_conflicts(timetable.changes),
    ]


def _overlaps(slots: tuple[Slot, ...], first: datetime.date, last: datetime.date) -> Iterator[str]:
    """Yield a sentence for each pair of patterns whose times overlap, or may, on some day of the range."""
    for slot, other in combinations(slots, 2):
        if not _may_overlap(slot, other):
            continue
        shared_days = set(slot.pattern.dates(first, last)) & set(other.pattern.dates(first, last))
        if shared_days:
            yield f"Two regular times fall on one day, first on {_day(min(shared_days))}. Visitors see both."


def _may_overlap(slot: Slot, other: Slot) -> bool:
    """Return whether two patterns may overlap on one day. Unknown start or end times count as overlapping."""
    earlier, later = sorted((slot.pattern, other.pattern), key=lambda pattern: pattern.starts_at or datetime.time.min)
    if earlier.starts_at is None or later.starts_at is None or earlier.starts_at == later.starts_at:
        return True
    return earlier.ends_at is not None and earlier.ends_at > later.starts_at


def _has_no_effect(timetable: Timetable, change: Change, first: datetime.date, last: datetime.date) -> bool:
    """Return whether a change within the range, other than an extra date, matches no regular meeting."""
    if change.kind == ChangeKind.EXTRA or change.last_day < first or change.date > last:
        return False
    days = (change.date, change.last_day)
    if change.kind == ChangeKind.MOVED:
        return not any(slot.pattern.falls_on(change.date) for slot in timetable.slots)
    if change.kind == ChangeKind.ON:
        return not any(
            slot.pattern.falls_on(change.date) and change.confirms(change.date, slot.pattern.starts_at)
            for slot in timetable.slots
        )
    return not any(
        change.cancels(day, slot.pattern.starts_at) and not slot.is_off(day)
        for slot in timetable.slots
        for day in slot.pattern.dates(*days)
    )


def _conflicts(changes: tuple[Change, ...]) -> Iterator[str]:
    """Yield a sentence for each pair of contradictory changes of one day: off and moved, off and on, moved twice."""
    single_day_changes = [change for change in changes if change.kind in _SINGLE_DAY_KINDS]
    for change, other in combinations(single_day_changes, 2):
        kinds = {change.kind, other.kind}
        if change.date != other.date:
            continue
        if len(kinds) == 2 and not _concern_different_meetings(change, other):
            both = " and ".join(words for kind, words in _SINGLE_DAY_KINDS.items() if kind in kinds)
            yield f"{_day(change.date)} is both {both}. Take one of the two away."
        elif kinds == {ChangeKind.MOVED}:
            yield f"{_day(change.date)} is moved twice. Take one of the two away."


def _concern_different_meetings(change: Change, other: Change) -> bool:
    """Return whether two changes of one day name meetings with different start times."""
    if ChangeKind.MOVED in (change.kind, other.kind):
        return False
    return None not in (change.starts_at, other.starts_at) and change.starts_at != other.starts_at


def _no_effect_sentence(change: Change) -> str:
    if change.kind == ChangeKind.OFF_RANGE:
        return f"Off from {_day(change.date)} to {_day(change.last_day)}: it would not meet in that time anyhow."
    if change.kind == ChangeKind.ON:
        return f"On as usual on {_day(change.date)}: no regular time falls on that day. Add an extra date instead."
    word = "Moved from" if change.kind == ChangeKind.MOVED else "Off on"
    return f"{word} {_day(change.date)}: it would not meet that day anyhow."


def _missing_date_sentence(pattern: Weekly) -> str:
    return f"{pattern.weekday.label}s every {pattern.interval} weeks: give a date on which it meets."


def _ends_before_it_starts(slot: Slot) -> bool:
    starts_at, ends_at = slot.pattern.starts_at, slot.pattern.ends_at
    return ends_at is not None and (starts_at is None or ends_at <= starts_at)


def _day(day: datetime.date) -> str:
    return f"{Weekday(day.weekday()).label} {day.day} {Month(day.month).label} {day.year}"
