"""Arrange a document as a timetable: a row for each part of the day, a column for each weekday."""

import datetime
from dataclasses import dataclass, field

from groups.printing.document import PrintDocument, PrintEntry, PrintSession

NOON, FIVE = datetime.time(12), datetime.time(17)


@dataclass(frozen=True)
class Band:
    """A part of the day, with the sessions of each of the seven weekdays in order of time."""

    name: str
    days: tuple[list[tuple[PrintSession, PrintEntry]], ...] = field(default_factory=lambda: tuple([] for _ in range(7)))


def build_bands(document: PrintDocument) -> list[Band]:
    """Return the parts of the day that have sessions."""
    morning, afternoon, evening = Band("Morning"), Band("Afternoon"), Band("Evening")
    unknown = Band("Ask for the time")
    rows = [(session, entry) for entry in document.entries for session in entry.sessions]
    for session, entry in sorted(rows, key=lambda row: (row[0].starts_at or datetime.time.min, row[1].name)):
        starts_at = session.starts_at
        if starts_at is None:
            band = unknown
        else:
            band = morning if starts_at < NOON else afternoon if starts_at < FIVE else evening
        band.days[session.weekday].append((session, entry))
    return [band for band in (morning, afternoon, evening, unknown) if any(band.days)]
