"""Patterns, changes and timetables of every kind, for property tests.

A strategy is checked when it is first drawn from, and that takes longer than to draw: so none is made within a draw.
"""

import datetime
import os
from dataclasses import replace
from functools import cache

from hypothesis import strategies as st

from common.nations import Nation
from groups.choices import ChangeKind, Frequency, Weekday
from groups.timetable.changes import Change, Pause
from groups.timetable.meetings import Slot, Timetable
from groups.timetable.patterns import KINDS, MonthlyByDate, MonthlyByWeekday, Pattern, Weekly
from groups.timetable.sentences import ORDINALS

#: How many patterns are tried: 2,000 in a run of the suite, 20,000 by `make prove`.
EXAMPLES = int(os.environ.get("PROVE_EXAMPLES") or 1000)
#: The three years that they are tried in: a leap year, a year with a one-off bank holiday in Scotland, and one with
#: New Year's Day on a Saturday on the way.
FIRST, LAST = datetime.date(2026, 1, 1), datetime.date(2028, 12, 31)
THREE_YEARS = (LAST - FIRST).days
_REGULAR = tuple(frequency for frequency, kind in KINDS.items() if kind.is_regular)


@cache
def days(first: datetime.date = FIRST, last: datetime.date = LAST):
    return st.integers(0, (last - first).days).map(lambda number: first + datetime.timedelta(days=number))


@cache
def minutes():
    """Times of day, most of them on the quarter, as people have them."""
    quarters = st.integers(0, 95).map(lambda number: datetime.time(number // 4, number % 4 * 15))
    return st.one_of(quarters, st.integers(0, 1439).map(lambda number: datetime.time(*divmod(number, 60))))


@cache
def perhaps(strategy: st.SearchStrategy) -> st.SearchStrategy:
    """The same, or nothing."""
    return st.none() | strategy


@cache
@st.composite
def times(draw):
    """A start and an end, either of which may be unknown, but not the start alone."""
    if draw(st.integers(0, 3)) == 0:
        return None, None
    starts_at, ends_at = draw(minutes()), draw(perhaps(minutes()))
    return (starts_at, ends_at) if ends_at is None or ends_at > starts_at else (starts_at, None)


def _aligned(weekday: Weekday, first: datetime.date | None, last: datetime.date | None) -> dict:
    """Return a first date on a weekday, from that on, and the last date if it is not before."""
    if first is None:
        return {}
    first += datetime.timedelta((weekday - first.weekday()) % 7)
    return {"first_date": first, "last_date": last if last and last >= first else None}


@cache
@st.composite
def patterns(draw, is_aligned: bool = False) -> Pattern:
    """Any pattern that the database would take; with `is_aligned`, from a day on which it meets."""
    kind = draw(st.sampled_from(_REGULAR))
    starts_at, ends_at = draw(times())
    first_date = draw(perhaps(days(FIRST - datetime.timedelta(days=900))))
    last_date = draw(perhaps(perhaps(days())))
    months_off = draw(st.sets(st.integers(1, 12), max_size=draw(st.sampled_from((0, 0, 1, 2, 11)))))
    fields = {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "first_date": first_date,
        "last_date": last_date if last_date and (first_date is None or last_date >= first_date) else None,
        "skips_bank_holidays": draw(st.booleans()),
        "months_off": tuple(sorted(months_off)),
        "term_time_only": draw(st.integers(0, 4)) == 0,
    }
    match kind:
        case Frequency.MONTHLY_BY_DATE:
            return MonthlyByDate(draw(st.integers(1, 31) | st.just(-1)), **fields)
        case Frequency.MONTHLY_BY_WEEKDAY:
            weekday = Weekday(draw(st.integers(0, 6)))
            if is_aligned:
                fields |= _aligned(weekday, first_date, fields["last_date"])
            chosen = draw(st.sets(st.sampled_from(tuple(ORDINALS)), min_size=1, max_size=3))
            return MonthlyByWeekday(weekday, tuple(sorted(chosen, key=list(ORDINALS).index)), **fields)
        case Frequency.WEEKLY:
            weekday = Weekday(draw(st.integers(0, 6)))
            if is_aligned:
                fields |= _aligned(weekday, first_date, fields["last_date"])
            interval = draw(st.sampled_from((1, 1, 2, 2, 3, 4, 5, 12)))
            if interval > 1:
                anchor = first_date or draw(days())
                if is_aligned:
                    anchor += datetime.timedelta((weekday - anchor.weekday()) % 7)
                fields |= {"first_date": anchor, "last_date": None}
            return Weekly(weekday, interval, **fields)
    raise AssertionError(f"No patterns are drawn for {kind}.")


@cache
def nations():
    return st.sampled_from(tuple(Nation))


@st.composite
def changes(draw, key: int) -> Change:
    """Anything that may be different, within the three years."""
    kind = draw(st.sampled_from(tuple(ChangeKind)))
    date = draw(days())
    if kind == ChangeKind.OFF:
        return Change(kind, date, key=key)
    if kind == ChangeKind.ON:
        return Change(kind, date, words=draw(st.sampled_from(("", "Yes, we meet."))), key=key)
    if kind == ChangeKind.OFF_RANGE:
        return Change(kind, date, until=date + datetime.timedelta(days=draw(st.integers(0, 60))), key=key)
    starts_at, ends_at = draw(times())
    venue = draw(st.sampled_from((None, "library")))
    words = draw(st.sampled_from(("", "At the library that day.")))
    if kind == ChangeKind.EXTRA:
        return Change(kind, date, starts_at=starts_at, ends_at=ends_at, venue=venue, words=words, key=key)
    new_date = draw(st.none() | days(max(FIRST, date - datetime.timedelta(days=9)), LAST))
    return Change(kind, date, None, new_date, starts_at, ends_at, venue, words, key)


@st.composite
def timetables(draw) -> Timetable:
    """A group's timetable: one to three patterns, up to five changes, half of them on a day that it meets."""
    slots = tuple(
        Slot(draw(patterns()), key, draw(st.sampled_from((None, "hall"))), draw(nations()))
        for key in range(draw(st.sampled_from((1, 1, 1, 2, 3))))
    )
    made = [draw(changes(100 + number)) for number in range(draw(st.integers(0, 5)))]
    meets = [day for slot in slots for day in slot.pattern.dates(FIRST, LAST)]
    if meets:
        on_the_day = [replace(row, date=draw(st.sampled_from(meets))) for row in made if row.kind != "off for a range"]
        made = [*on_the_day, *(row for row in made if row.kind == "off for a range")]
    if draw(st.booleans()):
        # One as usual, on another day, which may be a day that is off.
        slot = draw(st.sampled_from(slots))
        pattern = slot.pattern
        day = draw(st.sampled_from(meets) if meets and draw(st.booleans()) else days())
        made.append(Change(ChangeKind.EXTRA, day, None, None, pattern.starts_at, pattern.ends_at, slot.venue, "", 200))
        made += [Change(ChangeKind.OFF, day, key=201)] if draw(st.booleans()) else []
    pause = draw(st.sampled_from((None, None, None, "some", "no end")))
    first = draw(days()) if pause else None
    last = first + datetime.timedelta(days=draw(st.integers(0, 200))) if pause == "some" else None
    return Timetable(slots, tuple(made), Pause(first, last) if pause else None)
