"""The little that tests of dates write down again and again."""

import datetime

from common.nations import Nation
from groups.timetable.changes import Change
from groups.timetable.meetings import Slot, Timetable, meetings
from groups.timetable.patterns import Pattern


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def at(text: str) -> datetime.time:
    return datetime.time.fromisoformat(text)


def found(pattern: Pattern, first: str, last: str, *changes: Change, nation=Nation.ENGLAND) -> list[str]:
    """The days on which a group with one pattern meets."""
    timetable = Timetable((Slot(pattern, "slot", nation=nation),), changes)
    return [meeting.date.isoformat() for meeting in meetings(timetable, day(first), day(last))]
