"""What an editor must look at again: patterns that meet at once, changes that change nothing."""

import datetime
from collections.abc import Iterator
from itertools import combinations

from ..choices import ChangeKind, Month, Weekday
from .changes import Change
from .meetings import Slot, Timetable

#: The changes of which a day can have one only.
_OF_ONE_DAY = {ChangeKind.OFF: "off", ChangeKind.MOVED: "moved", ChangeKind.ON: "on as usual"}


def clashes(timetable: Timetable, first: datetime.date, last: datetime.date) -> list[str]:
    """Sentences for the editor about the time from one day to another; none if all is well. Nothing is refused."""
    return [
        *(_needs_a_date(slot) for slot in timetable.slots if slot.pattern.needs_a_date),
        *("A meeting must end after it starts." for slot in timetable.slots if _ends_before_it_starts(slot)),
        *_at_once(timetable.slots, first, last),
        *(
            _changes_nothing(change)
            for change in timetable.changes
            if _is_to_no_purpose(timetable, change, first, last)
        ),
        *_said_twice(timetable.changes),
    ]


def _at_once(slots: tuple[Slot, ...], first: datetime.date, last: datetime.date) -> Iterator[str]:
    """Each pair of patterns that meet on one day at times that overlap, or may: with the first such day."""
    for one, other in combinations(slots, 2):
        if not _may_overlap(one, other):
            continue
        both = set(one.pattern.dates(first, last)) & set(other.pattern.dates(first, last))
        if both:
            yield f"Two regular times fall on one day, first on {_day(min(both))}. Visitors see both."


def _may_overlap(one: Slot, other: Slot) -> bool:
    """Whether two patterns may meet at once on one day: surely not, if one has ended when the other starts."""
    earlier, later = sorted((one.pattern, other.pattern), key=lambda each: each.starts_at or datetime.time.min)
    if earlier.starts_at is None or earlier.starts_at == later.starts_at:
        return True
    return earlier.ends_at is not None and earlier.ends_at > later.starts_at


def _is_to_no_purpose(timetable: Timetable, change: Change, first: datetime.date, last: datetime.date) -> bool:
    """Whether a day off, some time off, a move or a confirmation in the time asked about is of no regular meeting."""
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
        change.takes_off(day, slot.pattern.starts_at) and not slot.is_off(day)
        for slot in timetable.slots
        for day in slot.pattern.dates(*days)
    )


def _said_twice(changes: tuple[Change, ...]) -> Iterator[str]:
    """Days that are off and moved, on as usual and one of these, or moved twice: only one of the two can be meant."""
    of_one_day = [change for change in changes if change.kind in _OF_ONE_DAY]
    for one, other in combinations(of_one_day, 2):
        kinds = {one.kind, other.kind}
        if one.date != other.date:
            continue
        if len(kinds) == 2 and not _of_two_meetings(one, other):
            both = " and ".join(words for kind, words in _OF_ONE_DAY.items() if kind in kinds)
            yield f"{_day(one.date)} is both {both}. Take one of the two away."
        elif kinds == {ChangeKind.MOVED}:
            yield f"{_day(one.date)} is moved twice. Take one of the two away."


def _of_two_meetings(one: Change, other: Change) -> bool:
    """Whether, of a day with several meetings, one change is of the meeting at one time and the other at another."""
    if ChangeKind.MOVED in (one.kind, other.kind):
        return False
    return None not in (one.starts_at, other.starts_at) and one.starts_at != other.starts_at


def _changes_nothing(change: Change) -> str:
    if change.kind == ChangeKind.OFF_RANGE:
        return f"Off from {_day(change.date)} to {_day(change.last_day)}: it would not meet in that time anyhow."
    if change.kind == ChangeKind.ON:
        return f"On as usual on {_day(change.date)}: no regular time falls on that day. Add an extra date instead."
    word = "Moved from" if change.kind == ChangeKind.MOVED else "Off on"
    return f"{word} {_day(change.date)}: it would not meet that day anyhow."


def _needs_a_date(slot: Slot) -> str:
    return f"{slot.pattern.weekday.label}s every {slot.pattern.interval} weeks: give a date on which it meets."


def _ends_before_it_starts(slot: Slot) -> bool:
    starts_at, ends_at = slot.pattern.starts_at, slot.pattern.ends_at
    return ends_at is not None and (starts_at is None or ends_at <= starts_at)


def _day(day: datetime.date) -> str:
    return f"{Weekday(day.weekday()).label} {day.day} {Month(day.month).label} {day.year}"
