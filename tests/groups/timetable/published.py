"""Calendars read back by a library that had no part in writing them, and expanded into single meetings."""

import datetime
import uuid

import icalendar
import recurring_ical_events

from groups.calendars.entry import CalendarEntry
from groups.calendars.feed import Feed, serialise_calendar
from groups.timetable.meetings import LONDON, Timetable

#: A meeting as a calendar shows it: day, start, end, place.
Shown = tuple[datetime.date, datetime.time | None, datetime.time | None, str]
PLACES = {"hall": "The hall", "library": "The library"}


def publish(timetable: Timetable, first: datetime.date, last: datetime.date) -> bytes:
    """The calendar of one group."""
    entry = CalendarEntry(uuid.UUID(int=1), "Example group", timetable, place="Its own room", places=PLACES)
    return serialise_calendar(Feed("Example", "/", []), "https://example.org/", [entry], first, last)


def read_back(text: bytes, first: datetime.date, last: datetime.date) -> list[Shown]:
    """What a calendar shows from one day to another, in order."""
    calendar = icalendar.Calendar.from_ical(text)
    found = recurring_ical_events.of(calendar).between(first, last + datetime.timedelta(days=1))
    return sorted((_shown(event) for event in found), key=lambda row: (row[0], row[1] or datetime.time.max))


def _shown(event: icalendar.Event) -> Shown:
    starts = event["dtstart"].dt
    if not isinstance(starts, datetime.datetime):
        return starts, None, None, str(event["location"])
    local = starts.astimezone(LONDON)
    # A time that the clock leaves out in March is read as it was written, an hour before it is.
    starts_at = starts.time() if local.time() != starts.time() else local.time()
    ends = event["dtend"].dt if "dtend" in event else starts
    return local.date(), starts_at, ends.time() if ends != starts else None, str(event["location"])
