"""A list in sections: by day, by place or by organisation. Each group stands in one of them."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable

from ..choices import Frequency, Weekday
from ..models import SupportGroup
from .choices import Order
from .document import PrintEntry, Section

ASK_FOR_THE_DAY, OTHER_DAYS = "Ask for the day", "On other days"
FROM_HOME, PLACE_UNKNOWN = "Online or by phone", "Ask where they meet"

#: A group, and what stands of it on paper.
Pair = tuple[SupportGroup, PrintEntry]


def build_sections(pairs: list[Pair], order: Order) -> tuple[Section, ...]:
    """The sections of a list."""
    if order == Order.DAY:
        return _by_day(pairs)
    if order == Order.PLACE:
        return _grouped(pairs, lambda pair: place_of(pair[0]), last=(PLACE_UNKNOWN, FROM_HOME))
    if order == Order.ORGANISATION:
        return _grouped(pairs, lambda pair: pair[1].organisation)
    return (Section("", tuple(entry for _, entry in pairs)),) if pairs else ()


def place_of(group: SupportGroup) -> str:
    """Where it is, as a heading: its town or district, the area it is for, or that it is online."""
    if not group.meets_in_person:
        return FROM_HOME
    return group.place_name or group.where.partition(";")[0] or PLACE_UNKNOWN


def by_name(entry: PrintEntry) -> str:
    return entry.name.casefold()


def _by_day(pairs: Iterable[Pair]) -> tuple[Section, ...]:
    by_day: dict[str, list[PrintEntry]] = defaultdict(list)
    also: dict[str, list[str]] = defaultdict(list)
    for group, entry in pairs:
        days = [Weekday(sitting.weekday).label for sitting in entry.sittings]
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
    return group.shows_dates and any(one.frequency == Frequency.MONTHLY_BY_DATE for one in group.schedules.all())


def _by_the_clock(entry: PrintEntry) -> tuple[datetime.time, str]:
    starts_at = entry.sittings[0].starts_at if entry.sittings else None
    return starts_at or datetime.time.max, by_name(entry)


def _grouped(pairs: Iterable[Pair], heading: Callable[[Pair], str], last: tuple[str, ...] = ()) -> tuple[Section, ...]:
    found: dict[str, list[PrintEntry]] = defaultdict(list)
    for pair in pairs:
        found[heading(pair)].append(pair[1])
    headings = sorted(found, key=lambda one: (last.index(one) + 1 if one in last else 0, one.casefold()))
    return tuple(Section(one, tuple(sorted(found[one], key=by_name))) for one in headings)
