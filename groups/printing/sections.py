"""Divide a list into sections by day, place or organisation. Each group is in exactly one section."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable

from common.models import related_rows

from ..choices import Weekday
from ..models import SupportGroup
from .choices import Order
from .document import PrintEntry, Section

ASK_FOR_THE_DAY, OTHER_DAYS = "Ask for the day", "On other days"
FROM_HOME, PLACE_UNKNOWN = "Online or by phone", "Ask where they meet"

#: A group and its printed entry.
Pair = tuple[SupportGroup, PrintEntry]


def build_sections(pairs: list[Pair], order: Order) -> tuple[Section, ...]:
    """Return the sections of a list in an order; one without a heading for `Order.OWN`."""
    if order == Order.DAY:
        return _by_day(pairs)
    if order == Order.PLACE:
        return _grouped(pairs, lambda pair: place_of(pair[0]), last=(PLACE_UNKNOWN, FROM_HOME))
    if order == Order.ORGANISATION:
        return _grouped(pairs, lambda pair: pair[1].organisation)
    return (Section("", tuple(entry for _, entry in pairs)),) if pairs else ()


def place_of(group: SupportGroup) -> str:
    """Return the heading for its place: town or district, else the area it serves, or "Online or by phone"."""
    if not group.meets_in_person:
        return FROM_HOME
    return group.place_name or group.where.partition(";")[0] or PLACE_UNKNOWN


def by_name(entry: PrintEntry) -> str:
    return entry.name.casefold()


def _by_day(pairs: Iterable[Pair]) -> tuple[Section, ...]:
    by_day: dict[str, list[PrintEntry]] = defaultdict(list)
    also: dict[str, list[str]] = defaultdict(list)
    for group, entry in pairs:
        days = [Weekday(session.weekday).label for session in entry.sessions]
        first = days[0] if days else OTHER_DAYS if _has_a_day(group) else ASK_FOR_THE_DAY
        by_day[first].append(entry)
        for day in dict.fromkeys(days):
            if day != first:
                also[day].append(f"{entry.name}: see {first}.")
    return tuple(
        Section(heading, tuple(sorted(by_day[heading], key=_by_the_clock)), tuple(also[heading]))
        for heading in (*Weekday.labels, OTHER_DAYS, ASK_FOR_THE_DAY)
        if by_day[heading] or also[heading]
    )


def _has_a_day(group: SupportGroup) -> bool:
    return group.shows_dates and any(
        pattern.is_regular and not pattern.weekdays
        for pattern in (schedule.pattern for schedule in related_rows(group, "schedules"))
    )


def _by_the_clock(entry: PrintEntry) -> tuple[datetime.time, str]:
    starts_at = entry.sessions[0].starts_at if entry.sessions else None
    return starts_at or datetime.time.max, by_name(entry)


def _grouped(
    pairs: Iterable[Pair], heading_of: Callable[[Pair], str], last: tuple[str, ...] = ()
) -> tuple[Section, ...]:
    """Return sections in order of their headings, with those in `last` at the end."""
    entries: dict[str, list[PrintEntry]] = defaultdict(list)
    for pair in pairs:
        entries[heading_of(pair)].append(pair[1])
    headings = sorted(
        entries, key=lambda heading: (last.index(heading) + 1 if heading in last else 0, heading.casefold())
    )
    return tuple(Section(heading, tuple(sorted(entries[heading], key=by_name))) for heading in headings)
