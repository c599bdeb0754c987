"""Dated meetings, computed from a group's patterns, changes and pause."""

import datetime
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from heapq import merge
from operator import attrgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from common.bank_holidays import bank_holidays
from common.nations import Nation

from ..choices import ChangeKind
from .cautions import TERM_TIME_CAUTION, day_caution
from .changes import Change, Pause
from .patterns import Pattern

LONDON = ZoneInfo("Europe/London")
#: How far ahead the next meeting is searched for. 29 February, the rarest date of a pattern, is eight years apart
#: around 2100.
_HORIZON = datetime.timedelta(days=9 * 366)


class MeetingKind(StrEnum):
    """Why a meeting is on its day: by its pattern, or by a change."""

    REGULAR = "regular"
    EXTRA = "extra"
    MOVED = "moved"
    CONFIRMED = "confirmed"


class Meeting(NamedTuple):
    """One dated occasion. Times are wall-clock Europe/London; None is "ask for the time". Computed, never stored.

    `venue` is the key of a venue other than the group's own, `slot` the key of the slot it belongs to, `moved_from` the
    date before a move. `term_time_only` is copied from the pattern.
    """

    date: datetime.date
    starts_at: datetime.time | None = None
    ends_at: datetime.time | None = None
    venue: Hashable = None
    kind: MeetingKind = MeetingKind.REGULAR
    words: str = ""
    slot: Hashable = None
    moved_from: datetime.date | None = None
    term_time_only: bool = False

    @property
    def caution(self) -> str:
        """The reason to ask before coming; "" unless it is a regular meeting that is not confirmed."""
        if self.kind != MeetingKind.REGULAR:
            return ""
        return day_caution(self.date) or (TERM_TIME_CAUTION if self.term_time_only else "")

    @property
    def order(self) -> tuple[datetime.date, datetime.time]:
        """Sort key: by day, then by start time, unknown times last."""
        return self.date, self.starts_at or datetime.time.max

    @property
    def starts(self) -> datetime.datetime | None:
        """The aware start, or None. A time skipped by the clock change in March is an hour later; a time that occurs
        twice in October is the first."""
        return _moment(self.date, self.starts_at)

    @property
    def ends(self) -> datetime.datetime | None:
        return _moment(self.date, self.ends_at)

    def is_to_come(self, now: datetime.datetime) -> bool:
        """Return whether it has not begun at `now` (aware); with an unknown time, whether its day is not over."""
        today = now.astimezone(LONDON).date()
        if self.date != today:
            return self.date > today
        return self.starts is None or self.starts > now

    def is_on(self, now: datetime.datetime) -> bool:
        """Return whether it has begun at `now` (aware), and is to end later; not with an unknown end."""
        return self.starts is not None and self.ends is not None and self.starts <= now < self.ends


@dataclass(frozen=True)
class Slot:
    """A pattern of one group, with its key, its venue if that differs from the group's, and the nation of the venue."""

    pattern: Pattern
    key: Hashable = None
    venue: Hashable = None
    nation: Nation = Nation.ENGLAND

    def is_off(self, day: datetime.date) -> bool:
        """Return whether it skips bank holidays and `day` is one in its nation."""
        return self.pattern.skips_bank_holidays and day in bank_holidays(self.nation, day.year)


@dataclass(frozen=True)
class Timetable:
    """All that is known of when one group meets.

    Precedence: a change of a single day (moved, on as usual) beats a bank holiday or a range of days off; "off" for a
    day beats every other change of that day, so that nobody is sent to a meeting that does not take place.
    """

    slots: tuple[Slot, ...] = ()
    changes: tuple[Change, ...] = ()
    pause: Pause | None = None

    def off(self, slot: Slot, day: datetime.date) -> Change | None:
        """Return the first change that cancels a slot's meeting of a day, or None."""
        starts_at = slot.pattern.starts_at
        return next((change for change in self.changes if change.cancels(day, starts_at)), None)

    def move(self, slot: Slot, day: datetime.date) -> Change | None:
        """Return the change that moves a slot's meeting from a day, or None; None too if it is off that day."""
        changes = self._changes_unless_off(slot, day)
        return next((change for change in changes if change.kind == ChangeKind.MOVED), None)

    def confirmation(self, slot: Slot, day: datetime.date) -> Change | None:
        """Return the change that confirms a slot's meeting of a day, or None; None too if it is off or moved."""
        changes = self._changes_unless_off(slot, day)
        if any(change.kind == ChangeKind.MOVED for change in changes):
            return None
        return next((change for change in changes if change.confirms(day, slot.pattern.starts_at)), None)

    def _changes_unless_off(self, slot: Slot, day: datetime.date) -> list[Change]:
        """Return the changes dated on a day; empty if one of them cancels the slot's meeting."""
        changes = [change for change in self.changes if change.date == day]
        if any(change.kind == ChangeKind.OFF and change.cancels(day, slot.pattern.starts_at) for change in changes):
            return []
        return changes

    def is_paused(self, day: datetime.date) -> bool:
        return self.pause is not None and self.pause.covers(day)


@dataclass(frozen=True)
class DayOff:
    """A day, or a range of days, on which a group does not meet despite its pattern, with the editor's words."""

    first: datetime.date
    last: datetime.date
    words: str = ""
    is_bank_holiday: bool = False


def meetings(timetable: Timetable, first: datetime.date, last: datetime.date) -> list[Meeting]:
    """Return the meetings of a range of days, both included, sorted and without duplicates."""
    return list(_ordered(timetable, first, last))


def next_meetings(timetable: Timetable, now: datetime.datetime, count: int) -> list[Meeting]:
    """Return the next `count` meetings that have not begun at `now`, an aware datetime."""
    today = now.astimezone(LONDON).date()
    to_come: list[Meeting] = []
    for meeting in _ordered(timetable, today, today + _HORIZON):
        if meeting.date > today or (starts := meeting.starts) is None or starts > now:
            to_come.append(meeting)
            if len(to_come) == count:
                break
    return to_come


def may_have_days_off(timetable: Timetable) -> bool:
    """Return whether a meeting of a pattern may not take place."""
    return bool(timetable.changes) or any(slot.pattern.skips_bank_holidays for slot in timetable.slots)


def days_off(timetable: Timetable, first: datetime.date, last: datetime.date) -> list[DayOff]:
    """Return the days off within a range, sorted: each cancelling change and each bank holiday once."""
    if not may_have_days_off(timetable):
        return []
    found: dict[Hashable, DayOff] = {}
    held = {meeting.date for meeting in meetings(timetable, first, last)}
    for slot in timetable.slots:
        for day in slot.pattern.dates(first, last):
            if day in held or timetable.is_paused(day) or timetable.move(slot, day):
                continue
            change = timetable.off(slot, day)
            if change is not None:
                found.setdefault(change, DayOff(change.date, change.last_day, change.words))
            elif slot.is_off(day):
                found.setdefault(day, DayOff(day, day, is_bank_holiday=True))
    return sorted(found.values(), key=attrgetter("first", "last"))


def _ordered(timetable: Timetable, first: datetime.date, last: datetime.date) -> Iterator[Meeting]:
    """Yield the meetings of a range in order. Of two at the same time only the extra or moved one is yielded."""
    if timetable.pause is not None and timetable.pause.last is None:
        if timetable.pause.first is None:
            return
        last = min(last, timetable.pause.first - datetime.timedelta(days=1))
    if len(timetable.slots) == 1 and not timetable.changes and timetable.pause is None:
        yield from _regular(timetable, timetable.slots[0], first, last)
        return
    placed = _placed(timetable, first, last)
    # Those that are placed come first of those at the same time.
    streams: list[Iterable[Meeting]] = [placed] if placed else []
    streams += [_regular(timetable, slot, first, last) for slot in timetable.slots]
    before = None
    for meeting in streams[0] if len(streams) == 1 else merge(*streams, key=attrgetter("order")):
        if meeting.order != before and not timetable.is_paused(meeting.date):
            before = meeting.order
            yield meeting


def _regular(timetable: Timetable, slot: Slot, first: datetime.date, last: datetime.date) -> Iterator[Meeting]:
    """Yield a slot's meetings on the days of its pattern, except those that are off or moved."""
    pattern, changes = slot.pattern, timetable.changes
    kind, words, term_time_only = MeetingKind.REGULAR, "", pattern.term_time_only
    for day in pattern.dates(first, last):
        confirmation = timetable.confirmation(slot, day) if changes else None
        if confirmation is None:
            if slot.is_off(day):
                continue
            if changes and (timetable.move(slot, day) or timetable.off(slot, day)):
                continue
        if changes:
            kind = MeetingKind.CONFIRMED if confirmation else MeetingKind.REGULAR
            words = confirmation.words if confirmation else ""
        yield Meeting(
            day, pattern.starts_at, pattern.ends_at, slot.venue, kind, words, slot.key, term_time_only=term_time_only
        )


def _placed(timetable: Timetable, first: datetime.date, last: datetime.date) -> list[Meeting]:
    """Return the extra and moved meetings whose new date is in the range, sorted."""
    placed = []
    for change in timetable.changes:
        if change.kind == ChangeKind.EXTRA:
            placed.append(
                Meeting(
                    change.date,
                    change.starts_at,
                    change.ends_at,
                    change.venue,
                    MeetingKind.EXTRA,
                    change.words,
                    change.key,
                )
            )
        elif change.kind == ChangeKind.MOVED:
            placed += [
                moved(slot, change)
                for slot in timetable.slots
                if slot.pattern.falls_on(change.date) and timetable.move(slot, change.date) == change
            ]
    return sorted((meeting for meeting in placed if first <= meeting.date <= last), key=attrgetter("order"))


def moved(slot: Slot, change: Change) -> Meeting:
    """Return a slot's meeting as moved by a change. With a new start the old end no longer applies."""
    pattern = slot.pattern
    keeps_time = change.starts_at is None
    return Meeting(
        change.new_date or change.date,
        pattern.starts_at if keeps_time else change.starts_at,
        pattern.ends_at if keeps_time else change.ends_at,
        slot.venue if change.venue is None else change.venue,
        MeetingKind.MOVED,
        change.words,
        slot.key,
        change.date,
    )


@lru_cache(maxsize=1024)
def _moment(day: datetime.date, time: datetime.time | None) -> datetime.datetime | None:
    if time is None:
        return None
    # By way of UTC, so that a time that does not exist becomes one that does.
    return datetime.datetime.combine(day, time, LONDON).astimezone(datetime.UTC).astimezone(LONDON)
