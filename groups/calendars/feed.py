"""Whole calendars, of one group or of many."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from icalendar import Calendar, Timezone

from ..models import SupportGroup, Venue
from ..models.meets_on_dates import off_words
from ..timetable.meetings import days_off
from .entry import CalendarEntry
from .events import calendar_events

#: For how many months a calendar tells the meetings, this month included. A rule cannot say "not on bank holidays", and
#: nobody can promise a meeting for ever: who subscribes is kept up to date, and who does not is promised no more.
MONTHS = 25
_REFRESH = datetime.timedelta(hours=12)
#: The clock of the United Kingdom since 1996. The library's own has the spring change an hour late, and ends in 2038.
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
    """What a calendar is called, the address of the page it belongs to, its groups, and a word about it."""

    name: str
    path: str
    groups: Iterable[SupportGroup]
    about: str = ""


def render_calendar(feed: Feed, absolute: Callable[[str], str], today: datetime.date) -> bytes:
    """A calendar as a file. `absolute` makes a whole address of a path."""
    first, last = window(today)
    entries = [calendar_entry(group, absolute, first, last) for group in feed.groups if group.shows_dates]
    return as_file(feed, absolute(feed.path), entries, first, last)


def window(today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The first and last day that a calendar tells of: whole months, so that it does not change from day to day."""
    months = today.year * 12 + today.month - 1 + MONTHS
    return today.replace(day=1), datetime.date(months // 12, months % 12 + 1, 1) - datetime.timedelta(days=1)


def as_file(feed: Feed, url: str, entries: list[CalendarEntry], first: datetime.date, last: datetime.date) -> bytes:
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
    return calendar.to_ical()


def calendar_entry(
    group: SupportGroup, absolute: Callable[[str], str], first: datetime.date, last: datetime.date
) -> CalendarEntry:
    """A group as anybody may see it: of a confidential venue the town, of a meeting online that it is online.

    The days off from one day to another that an editor has put in are said in words: an empty day says nothing.
    """
    timetable = group.public_timetable
    # Bank holidays are in the sentence of the pattern, "not on bank holidays", and are many.
    off = [off_words(one, first) for one in days_off(timetable, first, last) if not one.is_bank_holiday]
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
    """A venue's name and address; of a confidential one, its town."""
    return ", ".join(filter(None, [venue.public_name, *venue.address_lines])) or venue.place_name
