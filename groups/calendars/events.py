"""A group's meetings as calendar events: each pattern is one event that recurs, with what differs from it.

What the rule gives and does not take place is an EXDATE; what moved is an event with the RECURRENCE-ID of the day it
moved from; so is one of a day on which people must ask first, or on which, other than as a rule, they need not; an
extra date that is otherwise as usual is an RDATE. Where a calendar could not say it that way (a meeting
of unknown time that gets one is no longer a whole day), the meeting is an event of its own.
"""

import datetime
from collections.abc import Iterable

from icalendar import Event
from icalendar.prop import vRecur

from ..choices import Frequency
from ..timetable.cautions import TERM_TIME_CAUTION
from ..timetable.meetings import LONDON, Meeting, MeetingKind, Slot, meetings
from ..timetable.patterns import Pattern
from .entry import CalendarEntry

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
Start = datetime.date | datetime.datetime
#: The meetings that stand in no pattern's rule.
_PUT = (MeetingKind.EXTRA, MeetingKind.MOVED)


def calendar_events(entry: CalendarEntry, first: datetime.date, last: datetime.date) -> list[Event]:
    """The events that tell of every meeting of a group from one day to another, both included, and of no other."""
    taking_place = meetings(entry.timetable, first, last)
    left = [one for one in taking_place if one.kind in _PUT]
    events: list[Event] = []
    for slot in entry.timetable.slots:
        recurring = _Recurring(entry, slot, taking_place, left, first, last)
        events += recurring.events()
        left = [meeting for meeting in left if meeting not in recurring.told]
    return events + [
        _event(entry, meeting, entry.uid("meeting", _own_key(meeting)), meeting.caution) for meeting in left
    ]


class _Recurring:
    """One pattern of a group as an event that recurs."""

    def __init__(
        self,
        entry: CalendarEntry,
        slot: Slot,
        taking_place: list[Meeting],
        left: Iterable[Meeting],
        first: datetime.date,
        last: datetime.date,
    ) -> None:
        self.entry, self.slot = entry, slot
        self.uid = entry.uid("schedule", slot.key)
        on_the_rule = [one for one in taking_place if one.kind not in _PUT and one.slot == slot.key]
        regular = {one.date for one in on_the_rule}
        #: What must be asked on every day of the rule.
        self.caution = TERM_TIME_CAUTION if slot.pattern.term_time_only else ""
        self.special = [one for one in on_the_rule if one.words or one.caution != self.caution]
        days = list(slot.pattern.dates(first, last))
        moves = [one for one in left if one.kind == MeetingKind.MOVED and one.slot == slot.key]
        self.moves = [one for one in moves if one.moved_from in set(days) and self._is_of_one_kind(one)]
        held = regular | {one.moved_from for one in self.moves}
        # From the first to the last meeting there is: a rule that begins or ends with an exception says nothing more.
        self.days = [day for day in days if held and min(held) <= day <= max(held)]
        self.not_held = [day for day in self.days if day not in held]
        self.extra = [one for one in left if self.days and self._is_as_usual(one) and one.date not in self.days]
        self.told = [*self.moves, *self.extra]

    def events(self) -> list[Event]:
        if not self.days:
            return []
        pattern = self.slot.pattern
        usual = Meeting(self.days[0], pattern.starts_at, pattern.ends_at, self.slot.venue)
        event = _event(self.entry, usual, self.uid, self.caution)
        event.add("rrule", _rule(pattern, self.days[-1]))
        if self.not_held:
            event.add("exdate", [self._start(day) for day in self.not_held])
        if self.extra:
            event.add("rdate", [self._start(one.date) for one in self.extra])
        return [event, *(self._instead_of_the_rule(meeting) for meeting in [*self.moves, *self.special])]

    def _instead_of_the_rule(self, meeting: Meeting) -> Event:
        event = _event(self.entry, meeting, self.uid, meeting.caution)
        event.add("recurrence-id", self._start(meeting.moved_from or meeting.date))
        return event

    def _start(self, day: datetime.date) -> Start:
        return _start(day, self.slot.pattern.starts_at)

    def _is_of_one_kind(self, meeting: Meeting) -> bool:
        """Whether it is a whole day if the pattern is: an exception must be what the rule is."""
        return (meeting.starts_at is None) == (self.slot.pattern.starts_at is None)

    def _is_as_usual(self, meeting: Meeting) -> bool:
        pattern = self.slot.pattern
        return (
            meeting.kind == MeetingKind.EXTRA
            and not meeting.words
            and not self.caution
            and (meeting.starts_at, meeting.ends_at, meeting.venue)
            == (pattern.starts_at, pattern.ends_at, self.slot.venue)
        )


def _event(entry: CalendarEntry, meeting: Meeting, uid: str, caution: str) -> Event:
    """The event of a meeting, with the caution of its day, or of every day of its rule."""
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", entry.updated_at)
    event.add("last-modified", entry.updated_at)
    event.add("sequence", entry.revision)
    # A calendar that only notes an appointment shows the title: the caution stands there too.
    said = caution or ("" if entry.is_certain else "ask before you go")
    event.add("summary", f"{entry.name} ({said})" if said else entry.name)
    event.add("status", "TENTATIVE" if said else "CONFIRMED")
    # Where a calendar is shared, others see that somebody is busy, and not with what.
    event.add("class", "PRIVATE")
    event.add("dtstart", _start(meeting.date, meeting.starts_at))
    if meeting.ends_at is not None:
        event.add("dtend", _start(meeting.date, meeting.ends_at))
    where = entry.where(meeting.venue)
    if where:
        event.add("location", where)
    ask = "Ask for the time." if meeting.starts_at is None else ""
    doubt = f"{caution[0].upper()}{caution[1:]}." if caution else ""
    event.add("description", "\n".join(filter(None, [doubt, meeting.words, ask, entry.about, entry.url])))
    if entry.url:
        event.add("url", entry.url)
    return event


def _rule(pattern: Pattern, last: datetime.date) -> vRecur:
    months = [month for month in range(1, 13) if month not in pattern.months_off] if pattern.months_off else None
    until = _start(last, pattern.starts_at)
    rule = {"until": until.astimezone(datetime.UTC) if isinstance(until, datetime.datetime) else until}
    if pattern.frequency == Frequency.WEEKLY:
        rule |= {"freq": "WEEKLY", "interval": pattern.interval, "byday": _WEEKDAYS[pattern.weekday]}
    elif pattern.frequency == Frequency.MONTHLY_BY_WEEKDAY:
        rule |= {"freq": "MONTHLY", "byday": [f"{one}{_WEEKDAYS[pattern.weekday]}" for one in pattern.ordinals]}
    else:
        rule |= {"freq": "MONTHLY", "bymonthday": pattern.day_of_month}
    return vRecur(rule | ({"bymonth": months} if months else {}))


def _start(day: datetime.date, time: datetime.time | None) -> Start:
    """A moment by the clock in London; the day alone, where nobody knows the time."""
    return day if time is None else datetime.datetime.combine(day, time, LONDON)


def _own_key(meeting: Meeting) -> str:
    """What tells a meeting from the others of its group: by the change that put it there, or the day it moved from."""
    return f"{meeting.kind}/{meeting.slot}/{meeting.moved_from or meeting.date}"
