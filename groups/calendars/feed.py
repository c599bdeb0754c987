"""Render iCalendar files of one group or many."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings

from ..models import SupportGroup, Venue
from ..models.date_rows import day_off_sentence
from ..timetable.meetings import days_off
from .entry import CalendarEntry

#: The number of months in a calendar, this month included. Bank holidays are EXDATEs, so no rule is endless, and nobody
#: can promise meetings for ever. Subscribers get updates; a downloaded file ends.
MONTHS = 25
_REFRESH = datetime.timedelta(hours=12)
#: The time zone since 1996. The one of the library has the spring change an hour late, and ends in 2038.
_LONDON = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True)
class Feed:
    """The input of a calendar: its name, the path of its page, its groups and its description."""

    name: str
    path: str
    groups: Iterable[SupportGroup]
    about: str = ""


def render_calendar(feed: Feed, absolute: Callable[[str], str], today: datetime.date) -> bytes:
    """Return an iCalendar file. `absolute` turns a path into an absolute URL."""
    first, last = window(today)
    entries = [calendar_entry(group, absolute, first, last) for group in feed.groups if group.shows_dates]
    return serialise_calendar(feed, absolute(feed.path), entries, first, last)


def window(today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return the first and last day of a calendar: whole months, so that the file does not change every day."""
    months = today.year * 12 + today.month - 1 + MONTHS
    return today.replace(day=1), datetime.date(months // 12, months % 12 + 1, 1) - datetime.timedelta(days=1)


def serialise_calendar(
    feed: Feed, url: str, entries: list[CalendarEntry], first: datetime.date, last: datetime.date
) -> bytes:
    """Return an iCalendar file of entries, with their events from the first to the last day."""
    # The library takes 3 MB of a process.
    from icalendar import Calendar, Timezone

    from .events import calendar_events

    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, feed.name)
    if feed.about:
        for name in ("description", "x-wr-caldesc"):
            calendar.add(name, feed.about)
    calendar.add("url", url)
    calendar.add("x-wr-timezone", "Europe/London")
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    calendar.add_component(Timezone.from_ical(_LONDON))
    for entry in entries:
        for event in calendar_events(entry, first, last):
            calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def calendar_entry(
    group: SupportGroup, absolute: Callable[[str], str], first: datetime.date, last: datetime.date
) -> CalendarEntry:
    """Return the calendar entry of a group: of a confidential venue the town only, of an online meeting no link.

    Days off from the first to the last day are named in the description, because a calendar shows nothing on them.
    """
    timetable = group.public_timetable
    # Bank holidays are many, and the sentence of the pattern has "not on bank holidays".
    off = [day_off_sentence(off, first) for off in days_off(timetable, first, last) if not off.is_bank_holiday]
    freshness = "" if not group.caution else group.freshness.sentence
    return CalendarEntry(
        public_id=group.public_id,
        name=group.name,
        timetable=timetable,
        url=absolute(group.get_absolute_url()),
        about="\n".join(filter(None, [*group.when, *off, freshness, f"Joining: {group.joining_label}."])),
        place=_place(group.public_venue) if group.public_venue else group.where,
        places={venue.pk: _place(venue) for venue in group.other_venues},
        is_certain=not group.caution,
        revision=group.revision,
        updated_at=group.updated_at,
    )


def _place(venue: Venue) -> str:
    """Return the name and address of a venue; of a confidential one, the town."""
    return ", ".join(filter(None, [venue.public_name, *venue.address_lines])) or venue.place_name
