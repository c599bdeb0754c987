"""When a group meets: patterns and what is different in, dated meetings out. Pure: no database, no clock of its own."""

from .bank_holidays import bank_holidays, holiday_nation, is_bank_holiday
from .cautions import TERM_TIME_CAUTION, day_name_at_christmas
from .changes import Change, Pause
from .clashes import clashes
from .meetings import LONDON, DayOff, Meeting, MeetingKind, Slot, Timetable, days_off, meetings, next_meetings
from .next_dates import NextDates, next_dates
from .parse import parse
from .patterns import Pattern
from .readings import Reading
from .words import ORDINALS, clock, day_name, day_ordinal, listed, time_in_words

__all__ = [
    "LONDON",
    "ORDINALS",
    "TERM_TIME_CAUTION",
    "Change",
    "DayOff",
    "Meeting",
    "MeetingKind",
    "NextDates",
    "Pattern",
    "Pause",
    "Reading",
    "Slot",
    "Timetable",
    "bank_holidays",
    "clashes",
    "clock",
    "day_name",
    "day_name_at_christmas",
    "day_ordinal",
    "days_off",
    "holiday_nation",
    "is_bank_holiday",
    "listed",
    "meetings",
    "next_dates",
    "next_meetings",
    "parse",
    "time_in_words",
]
