"""Convert the meetings of a group to iCalendar events: one recurring event for each pattern, with its exceptions.

A cancelled meeting is an EXDATE. A moved one is an event with the RECURRENCE-ID of its original day; so is a meeting
whose caution differs from that of its pattern. An extra meeting that is otherwise as usual is an RDATE. Where iCalendar
cannot express an exception (a whole-day event cannot get a time), the meeting is an event of its own.
"""

import datetime
from collections.abc import Iterable

from icalendar import Event
from icalendar.prop import vRecur

from ..timetable.cautions import TERM_TIME_CAUTION
from ..timetable.meetings import LONDON, Meeting, MeetingKind, Slot, meetings
from ..timetable.patterns import Pattern
from .entry import CalendarEntry

Start = datetime.date | datetime.datetime
#: Kinds of meetings that no recurrence rule generates.
_EXPLICIT_KINDS = (MeetingKind.EXTRA, MeetingKind.MOVED)


def calendar_events(entry: CalendarEntry, first: datetime.date, last: datetime.date) -> list[Event]:
    """Return the events for exactly the meetings of a group from the first to the last day, both included."""
    all_meetings = meetings(entry.timetable, first, last)
    uncovered = [meeting for meeting in all_meetings if meeting.kind in _EXPLICIT_KINDS]
    events: list[Event] = []
    for slot in entry.timetable.slots:
        recurring = _RecurringEvent(entry, slot, all_meetings, uncovered, first, last)
        events += recurring.events()
        uncovered = [meeting for meeting in uncovered if meeting not in recurring.covered]
    return events + [
        _event(entry, meeting, entry.uid("meeting", _own_key(meeting)), meeting.caution) for meeting in uncovered
    ]


class _RecurringEvent:
    """One pattern of a group as a recurring event. `covered` has the meetings of `uncovered` that it includes."""

    def __init__(
        self,
        entry: CalendarEntry,
        slot: Slot,
        all_meetings: list[Meeting],
        uncovered: Iterable[Meeting],
        first: datetime.date,
        last: datetime.date,
    ) -> None:
        self.entry, self.slot = entry, slot
        self.uid = entry.uid("schedule", slot.key)
        regular = [
            meeting for meeting in all_meetings if meeting.kind not in _EXPLICIT_KINDS and meeting.slot == slot.key
        ]
        #: The caution of every day of the rule.
        self.caution = TERM_TIME_CAUTION if slot.pattern.term_time_only else ""
        self.special = [meeting for meeting in regular if meeting.words or meeting.caution != self.caution]
        days = list(slot.pattern.dates(first, last))
        moves = [meeting for meeting in uncovered if meeting.kind == MeetingKind.MOVED and meeting.slot == slot.key]
        self.moves = [move for move in moves if move.moved_from in set(days) and self._has_same_value_type(move)]
        meeting_days = {meeting.date for meeting in regular} | {
            move.moved_from for move in self.moves if move.moved_from
        }
        # From the first to the last meeting, so that the rule neither begins nor ends with an exception.
        self.days = [day for day in days if meeting_days and min(meeting_days) <= day <= max(meeting_days)]
        self.cancelled_days = [day for day in self.days if day not in meeting_days]
        self.extra = [
            meeting
            for meeting in uncovered
            if self.days and self._is_as_usual(meeting) and meeting.date not in self.days
        ]
        self.covered = [*self.moves, *self.extra]

    def events(self) -> list[Event]:
        if not self.days:
            return []
        pattern = self.slot.pattern
        usual = Meeting(self.days[0], pattern.starts_at, pattern.ends_at, self.slot.venue)
        event = _event(self.entry, usual, self.uid, self.caution)
        event.add("rrule", _rule(pattern, self.days[-1]))
        if self.cancelled_days:
            event.add("exdate", [self._start(day) for day in self.cancelled_days])
        if self.extra:
            event.add("rdate", [self._start(meeting.date) for meeting in self.extra])
        return [event, *(self._exception(meeting) for meeting in [*self.moves, *self.special])]

    def _exception(self, meeting: Meeting) -> Event:
        event = _event(self.entry, meeting, self.uid, meeting.caution)
        event.add("recurrence-id", self._start(meeting.moved_from or meeting.date))
        return event

    def _start(self, day: datetime.date) -> Start:
        return _start(day, self.slot.pattern.starts_at)

    def _has_same_value_type(self, meeting: Meeting) -> bool:
        """Return whether a meeting is a DATE if the pattern is, else a DATE-TIME: an exception must match its rule."""
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
    """Return the event of a meeting, with the caution of its day, or of every day of its rule."""
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", entry.updated_at)
    event.add("last-modified", entry.updated_at)
    event.add("sequence", entry.revision)
    # Some calendars show nothing but the title, so the caution is in it too.
    note = caution or ("" if entry.is_certain else "ask before you go")
    event.add("summary", f"{entry.name} ({note})" if note else entry.name)
    event.add("status", "TENTATIVE" if note else "CONFIRMED")
    # In a shared calendar others see that the owner is busy, but not with what.
    event.add("class", "PRIVATE")
    event.add("dtstart", _start(meeting.date, meeting.starts_at))
    if meeting.ends_at is not None:
        event.add("dtend", _start(meeting.date, meeting.ends_at))
    where = entry.where(meeting.venue)
    if where:
        event.add("location", where)
    unknown_time = "Ask for the time." if meeting.starts_at is None else ""
    caution_sentence = f"{caution[0].upper()}{caution[1:]}." if caution else ""
    event.add(
        "description", "\n".join(filter(None, [caution_sentence, meeting.words, unknown_time, entry.about, entry.url]))
    )
    if entry.url:
        event.add("url", entry.url)
    return event


def _rule(pattern: Pattern, last: datetime.date) -> vRecur:
    """Return the RRULE of a pattern with dates, up to its last day."""
    until = _start(last, pattern.starts_at)
    in_utc = until.astimezone(datetime.UTC) if isinstance(until, datetime.datetime) else until
    return vRecur({**pattern.recurrence, "UNTIL": in_utc})


def _start(day: datetime.date, time: datetime.time | None) -> Start:
    """Return a time in London, or the day alone where the time is unknown."""
    return day if time is None else datetime.datetime.combine(day, time, LONDON)


def _own_key(meeting: Meeting) -> str:
    """Return a key that is unique among the meetings of a group: its kind, its pattern and its original day."""
    return f"{meeting.kind}/{meeting.slot}/{meeting.moved_from or meeting.date}"
