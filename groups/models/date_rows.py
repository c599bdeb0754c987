"""Meetings and days off as visitors read them."""

import datetime
from collections.abc import Hashable
from typing import Any, NamedTuple

from ..timetable.meetings import DayOff, Meeting
from ..timetable.next_dates import NextDates
from ..timetable.sentences import format_day

_NONE_TO_COME = "We know of no more meetings. Please ask the group."
ASK_WHERE = " Ask the group where."


class DateRow(NamedTuple):
    """A meeting as a visitor reads it.

    `caution` is that of the whole group: "" only if it was checked recently. `day_caution` is that of the day: "ask
    first: it is Christmas Eve", unless the group has confirmed that date.
    """

    meeting: Meeting
    day: str
    time: str
    starts: str
    different: str
    caution: str
    day_caution: str

    @property
    def short_day(self) -> str:
        """The day for a card: "Thu 26 November"."""
        weekday, _, date = self.day.partition(" ")
        return f"{weekday[:3]} {date}"

    @property
    def words(self) -> str:
        """The meeting in a line: "Thursday 26 November, 6.30pm, if it still meets then. At the library that day."."""
        date_and_time = ", ".join(filter(None, [self.day, self.starts, self.caution, self.day_caution]))
        return " ".join(filter(None, [f"{date_and_time}.", self.different]))


class DatesToCome(NamedTuple):
    """The next meetings of a group, and notes: on its days off, or that it has no more meetings."""

    rows: list[DateRow]
    notes: list[str]
    #: On a group's own page the meeting that has begun and not ended.
    on_now: DateRow | None = None

    @property
    def lines(self) -> list[str]:
        """Meetings and notes, a line each."""
        return [*(row.words for row in self.rows), *self.notes]


def date_notes(dates: NextDates, today: datetime.date) -> list[str]:
    """Return the notes on dates: a sentence for each day off, and whether there are no more meetings."""
    none_to_come = [_NONE_TO_COME] if dates.none_to_come else []
    return [*(day_off_sentence(off, today) for off in dates.days_off), *none_to_come]


def difference_sentence(meeting: Meeting, today: datetime.date, venue: Any, usual_venue_id: Hashable) -> str:
    """Return what is not as usual: another day, an extra date, another venue than the usual one, an editor's words."""
    sentences = []
    if meeting.moved_from and meeting.moved_from != meeting.date:
        sentences.append(f"Instead of {format_day(meeting.moved_from, today)}.")
    if meeting.kind == "extra":
        sentences.append("An extra date.")
    if meeting.venue and meeting.venue != usual_venue_id:
        sentences.append(f"At {venue.public_words}.{ASK_WHERE * venue.is_confidential}")
    sentences.append(meeting.words)
    return " ".join(filter(None, sentences))


def day_off_sentence(off: DayOff, today: datetime.date) -> str:
    """Return on which day, or from when to when, a group does not meet as usual, and why."""
    if off.is_bank_holiday:
        return f"No meeting on {format_day(off.first, today)}: it is a bank holiday."
    if off.first == off.last:
        return f"No meeting on {format_day(off.first, today)}. {off.words}".strip()
    return f"No meetings from {format_day(off.first, today)} to {format_day(off.last, today)}. {off.words}".strip()
