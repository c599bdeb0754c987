"""Dated meetings, computed from a group's patterns and from what is different."""

import datetime
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from heapq import merge
from itertools import islice
from operator import attrgetter
from zoneinfo import ZoneInfo

from common.nations import Nation

from ..choices import ChangeKind
from .bank_holidays import bank_holidays
from .cautions import TERM_TIME_CAUTION, day_caution
from .changes import Change, Pause
from .patterns import Pattern

LONDON = ZoneInfo("Europe/London")
#: How far ahead a next meeting is looked for. 29 February, the rarest day that a pattern can have, is eight years
#: apart around 2100.
_FARTHEST = datetime.timedelta(days=9 * 366)


class MeetingKind(StrEnum):
    """How a meeting came to be on its day."""

    REGULAR = "regular"
    EXTRA = "extra"
    MOVED = "moved"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One dated occasion. Times are wall-clock Europe/London; None is "ask for the time". Computed, never stored.

    `venue` is the key of a venue that is not the group's own; `slot` that of the pattern it belongs to; `moved_from`
    the day that the pattern had it on; `term_time_only` is as its pattern has it.
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
        """Why to ask whether it takes place on its day; "" unless it is a regular one that nobody has confirmed."""
        if self.kind != MeetingKind.REGULAR:
            return ""
        return day_caution(self.date) or (TERM_TIME_CAUTION if self.term_time_only else "")

    @property
    def order(self) -> tuple[datetime.date, datetime.time]:
        """Where it stands in a list: by day, then by time, those of unknown time last."""
        return self.date, self.starts_at or datetime.time.max

    @property
    def starts(self) -> datetime.datetime | None:
        """The moment it starts. A time that the clock leaves out in March is an hour later; of a time that comes
        twice in October the first is meant."""
        return _moment(self.date, self.starts_at)

    @property
    def ends(self) -> datetime.datetime | None:
        return _moment(self.date, self.ends_at)

    def is_to_come(self, now: datetime.datetime) -> bool:
        """Whether it has not begun at a moment; one of unknown time is to come until its day is over."""
        today = now.astimezone(LONDON).date()
        if self.date != today:
            return self.date > today
        return self.starts_at is None or self.starts > now


@dataclass(frozen=True)
class Slot:
    """A pattern as one group keeps it: with a key of its own, the venue if it is another, and the venue's nation."""

    pattern: Pattern
    key: Hashable = None
    venue: Hashable = None
    nation: Nation = Nation.ENGLAND

    def is_off(self, day: datetime.date) -> bool:
        """Whether a day of its pattern is a bank holiday on which it does not meet."""
        return self.pattern.skips_bank_holidays and day in bank_holidays(self.nation, day.year)


@dataclass(frozen=True)
class Timetable:
    """All that is known of when one group meets.

    What is said of one day beats what is said of many: a move or "on as usual" beats a bank holiday or some time off;
    and of any of these and "off" for the same day, "off" is believed, so that nobody is sent to a meeting that is not
    there.
    """

    slots: tuple[Slot, ...] = ()
    changes: tuple[Change, ...] = ()
    pause: Pause | None = None

    def off(self, slot: Slot, day: datetime.date) -> Change | None:
        """What takes a slot's meeting of a day away, if anything said so does."""
        starts_at = slot.pattern.starts_at
        return next((change for change in self.changes if change.takes_off(day, starts_at)), None)

    def move(self, slot: Slot, day: datetime.date) -> Change | None:
        """The move of a slot's meeting from a day, if there is one, and the meeting is not off that very day."""
        of_day = self._not_off(slot, day)
        return next((change for change in of_day if change.kind == ChangeKind.MOVED), None)

    def confirmation(self, slot: Slot, day: datetime.date) -> Change | None:
        """What says that a slot's meeting of a day is on as usual; None too where that day is off or moved."""
        of_day = self._not_off(slot, day)
        if any(change.kind == ChangeKind.MOVED for change in of_day):
            return None
        return next((change for change in of_day if change.confirms(day, slot.pattern.starts_at)), None)

    def _not_off(self, slot: Slot, day: datetime.date) -> list[Change]:
        """The changes that begin on a day; none where one of them takes that very meeting away."""
        of_day = [change for change in self.changes if change.date == day]
        if any(change.kind == ChangeKind.OFF and change.takes_off(day, slot.pattern.starts_at) for change in of_day):
            return []
        return of_day

    def is_paused(self, day: datetime.date) -> bool:
        return self.pause is not None and self.pause.holds(day)


@dataclass(frozen=True)
class DayOff:
    """A day, or a first and last day, on which a group would meet, but does not; with the words for it."""

    first: datetime.date
    last: datetime.date
    words: str = ""
    is_bank_holiday: bool = False


def meetings(timetable: Timetable, first: datetime.date, last: datetime.date) -> list[Meeting]:
    """The meetings from one day to another, both included, in order, none of them twice."""
    return list(_in_order(timetable, first, last))


def next_meetings(timetable: Timetable, now: datetime.datetime, count: int) -> list[Meeting]:
    """The next few meetings that have not begun at a moment (which knows its time zone)."""
    today = now.astimezone(LONDON).date()
    to_come = (
        one
        for one in _in_order(timetable, today, today + _FARTHEST)
        if one.date > today or one.starts_at is None or one.starts > now
    )
    return list(islice(to_come, count))


def days_off(timetable: Timetable, first: datetime.date, last: datetime.date) -> list[DayOff]:
    """The days in a range on which a group would meet by its patterns, but does not: each change once, in order."""
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


def _in_order(timetable: Timetable, first: datetime.date, last: datetime.date) -> Iterator[Meeting]:
    """The meetings of a range. Of two at one time the moved or the extra one is kept: it has more to say."""
    if timetable.pause is not None and timetable.pause.last is None:
        if timetable.pause.first is None:
            return
        last = min(last, timetable.pause.first - datetime.timedelta(days=1))
    if len(timetable.slots) == 1 and not timetable.changes and timetable.pause is None:
        yield from _regular(timetable, timetable.slots[0], first, last)
        return
    streams = [_put(timetable, first, last), *(_regular(timetable, slot, first, last) for slot in timetable.slots)]
    before = None
    for meeting in merge(*streams, key=attrgetter("order")):
        if meeting.order != before and not timetable.is_paused(meeting.date):
            before = meeting.order
            yield meeting


def _regular(timetable: Timetable, slot: Slot, first: datetime.date, last: datetime.date) -> Iterator[Meeting]:
    """A slot's meetings on its own days, where nothing is different, or somebody has confirmed one."""
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


def _put(timetable: Timetable, first: datetime.date, last: datetime.date) -> list[Meeting]:
    """The meetings that were put on a day: the extra ones, and those that were moved to it from any day."""
    put = []
    for change in timetable.changes:
        if change.kind == ChangeKind.EXTRA:
            put.append(
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
            put += [
                moved(slot, change)
                for slot in timetable.slots
                if slot.pattern.falls_on(change.date) and timetable.move(slot, change.date) == change
            ]
    return sorted((meeting for meeting in put if first <= meeting.date <= last), key=attrgetter("order"))


def moved(slot: Slot, change: Change) -> Meeting:
    """A slot's meeting where and when a move puts it. With a new start, the old end says nothing any more."""
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


def _moment(day: datetime.date, time: datetime.time | None) -> datetime.datetime | None:
    if time is None:
        return None
    # By way of UTC, so that a time that does not exist becomes one that does.
    return datetime.datetime.combine(day, time, LONDON).astimezone(datetime.UTC).astimezone(LONDON)
