"""When a group meets: patterns and what is different in, dated meetings out. Pure: no database, no clock of its own."""

from .bank_holidays import bank_holidays, holiday_nation, is_bank_holiday
from .changes import Change, Pause
from .clashes import clashes
from .meetings import LONDON, DayOff, Meeting, MeetingKind, Slot, Timetable, days_off, meetings, next_meetings
from .parse import parse
from .patterns import Pattern
from .words import ORDINALS, clock, day_name, day_ordinal, listed, time_in_words

__all__ = [
    "LONDON",
    "ORDINALS",
    "Change",
    "DayOff",
    "Meeting",
    "MeetingKind",
    "Pattern",
    "Pause",
    "Slot",
    "Timetable",
    "bank_holidays",
    "clashes",
    "clock",
    "day_name",
    "day_ordinal",
    "days_off",
    "holiday_nation",
    "is_bank_holiday",
    "listed",
    "meetings",
    "next_meetings",
    "parse",
    "time_in_words",
]
