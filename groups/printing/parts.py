"""The facts of a group as columns of a spreadsheet: public facts only."""

import datetime
from collections.abc import Iterable
from dataclasses import replace

from common.dates import format_time, format_time_range

from ..models import SupportGroup, Venue
from ..timetable.meetings import LONDON
from ..timetable.sentences import ASK_FOR_THE_TIME
from .document import EntryParts, PrintDocument
from .entries import GOOD_FOR, contact_line, current_schedules, numbered, website_of

#: How many of the next meetings have a column each.
DATES = 3


def with_parts(document: PrintDocument, groups: Iterable[SupportGroup], now: datetime.datetime) -> PrintDocument:
    """Return the document of the groups with the parts of each."""
    parts = {group.code: entry_parts(group, now) for group in groups}
    sections = (
        replace(section, entries=tuple(replace(entry, parts=parts[entry.code]) for entry in section.entries))
        for section in document.sections
    )
    return replace(document, sections=tuple(sections))


def entry_parts(group: SupportGroup, now: datetime.datetime) -> EntryParts:
    """Return the parts of a group that can be printed, at a moment."""
    dates = group.dates_to_come(now, DATES, now.astimezone(LONDON).date() + GOOD_FOR)
    return EntryParts(
        dates=tuple(row.words for row in dates.rows),
        days_off=tuple(dates.notes),
        **_regular_time(group, now),
        **_address(group, now),
        **_first_contact(group),
        other_contacts=tuple(map(contact_line, group.released_contacts[1:])),
        website=website_of(group),
    )


def _regular_time(group: SupportGroup, now: datetime.datetime) -> dict[str, str]:
    """Return its days and its time apart; {} unless there is one time for all of its days."""
    patterns = [schedule.pattern for schedule in current_schedules(group, now)]
    times = {(pattern.starts_at, pattern.ends_at) for pattern in patterns}
    if len(times) != 1 or not all(pattern.is_regular for pattern in patterns):
        return {}
    [(starts_at, ends_at)] = times
    # The sentences are of these patterns: without their time they say on which days, and when not.
    time = f", {format_time_range(starts_at, ends_at)}" if starts_at else f" {ASK_FOR_THE_TIME}"
    days = " ".join(sentence.replace(time, "", 1) for sentence in group.when)
    return {
        "day": days.removesuffix(".") if days.count(".") == 1 else days,
        "starts": format_time(starts_at) if starts_at else "ask for the time",
        "ends": format_time(ends_at) if starts_at and ends_at else "",
    }


def _address(group: SupportGroup, now: datetime.datetime) -> dict[str, str]:
    """Return the lines of its address apart: of several venues, or a confidential one, no more than the town."""
    if not group.meets_in_person:
        return {}
    venues = {schedule.venue or group.public_venue for schedule in current_schedules(group, now)}
    venues = venues or {group.public_venue}
    towns = {venue.place_name if venue else group.place_name for venue in venues}
    town = {"town": towns.pop()} if len(towns) == 1 else {}
    venue = venues.pop() if len(venues) == 1 else None
    return town | _lines_of(venue) if venue is not None and not venue.is_confidential else town


def _lines_of(venue: Venue) -> dict[str, str]:
    street = ", ".join(line.strip().rstrip(",") for line in venue.address.splitlines() if line.strip())
    return {"venue": venue.public_name, "street": street, "postcode": venue.postcode}


def _first_contact(group: SupportGroup) -> dict[str, str]:
    if not group.released_contacts:
        return {}
    contact = group.released_contacts[0]
    return {
        "role": contact.title,
        "phone": numbered(contact, contact.phone),
        "text_number": numbered(contact, contact.text_number),
        "email": contact.email,
        "hours": contact.hours,
    }
