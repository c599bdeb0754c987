"""A list as a timetable: the parts of a day down, Monday to Sunday across."""

import datetime
from dataclasses import dataclass, field

from groups.printing.document import PrintDocument, PrintEntry, PrintSession

NOON, FIVE = datetime.time(12), datetime.time(17)


@dataclass(frozen=True)
class Band:
    """One part of the day, with what sits in it on each of the seven days, the earliest first."""

    name: str
    days: tuple[list[tuple[PrintSession, PrintEntry]], ...] = field(default_factory=lambda: tuple([] for _ in range(7)))


def build_bands(paper: PrintDocument) -> list[Band]:
    """The parts of the day in which anything sits."""
    morning, afternoon, evening = Band("Morning"), Band("Afternoon"), Band("Evening")
    unknown = Band("Ask for the time")
    sat = [(sitting, entry) for entry in paper.entries for sitting in entry.sittings]
    for sitting, entry in sorted(sat, key=lambda one: (one[0].starts_at or datetime.time.min, one[1].name)):
        starts_at = sitting.starts_at
        if starts_at is None:
            band = unknown
        else:
            band = morning if starts_at < NOON else afternoon if starts_at < FIVE else evening
        band.days[sitting.weekday].append((sitting, entry))
    return [band for band in (morning, afternoon, evening, unknown) if any(band.days)]
