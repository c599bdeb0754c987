"""Read a text in parts, where several sentences each have days and times of their own."""

import datetime
import re
from dataclasses import replace

from common.dates import format_time_range

from . import lexicon
from .clock_reading import Ambiguous, Unreadable
from .doubts import raise_if_seasonal
from .prose import is_about_no_time, remark_of
from .reader import Reader
from .readings import Reading, as_sentence, note_of

_STOP = re.compile(r"\.?\s*;\s*|[.!]\s+(?!Ask for the time)(?=[A-Z0-9])")
_DAY = re.compile(rf"(?<!\w)(?:{lexicon.DAY}|daily|weekdays|weekends)(?!\w)", re.IGNORECASE)
#: What stands before a colon and may be said of all that follows.
_HEADING = re.compile(
    r"[^:]*\b(?:fortnightly|weekly|monthly|alternate|every|term|except|not|from)\b[^:]*:", re.IGNORECASE
)


def read_parts(text: str, today: datetime.date) -> Reading:
    """Return the reading of a normalised text. Raises `Unreadable` or `Ambiguous`.

    Several parts with days, between full stops or semicolons, are read one by one, each with its own note; otherwise
    the text is read as one.
    """
    raise_if_seasonal(text)
    parts = _parts(text)
    if parts:
        try:
            return _read_each(text, parts, today)
        except Ambiguous:
            raise
        except Unreadable:
            pass
    return Reader(text, today).reading()


def _parts(text: str) -> list[tuple[int, int]]:
    """Return the places of the parts; [] if fewer than two have days, or others have more than words."""
    stops = [0, *(place for match in _STOP.finditer(text) for place in match.span()), len(text)]
    spans = [(start, end) for start, end in zip(stops[::2], stops[1::2], strict=True) if text[start:end].strip()]
    with_days = [span for span in spans if _DAY.search(text[slice(*span)])]
    others = [text[slice(*span)] for span in spans if span not in with_days]
    if len(with_days) < 2 or not all(map(is_about_no_time, others)) or _HEADING.match(text[slice(*with_days[0])]):
        return []
    return spans


def _read_each(text: str, spans: list[tuple[int, int]], today: datetime.date) -> Reading:
    readings: list[Reading] = []
    others = []
    is_first_alone = False
    for start, end in spans:
        part = text[start:end]
        if not _DAY.search(part):
            others.append(remark_of(part.strip(" .")))
            continue
        try:
            reader = Reader(part, today)
            reading = reader.reading()
        except Ambiguous as error:
            rewritten = [f"{text[:start]}{each}{text[end:]}" for each in error.rewritten]
            raise Ambiguous(error.question, rewritten, error.note) from None
        is_first_alone |= not readings and reader.begins_with_remark
        readings.append(reading)
    _require_times(text, spans, readings)
    rows = [row for reading in readings for row in reading.rows]
    # A heading of the first part may be that of all.
    if is_first_alone and not all(row.note for row in rows):
        rows = [replace(row, note=as_sentence(text)) for row in rows]
    elif others:
        rows = [replace(row, note=f"{row.note} {note_of(others)}".strip()) for row in rows]
    remarks = [remark for reading in readings for remark in reading.remarks]
    return Reading(tuple(rows), (*remarks, *others), any(reading.asks_for_the_time for reading in readings))


def _require_times(text: str, spans: list[tuple[int, int]], readings: list[Reading]) -> None:
    """Raise `Ambiguous` for "Mondays; Thursdays 7pm": is it 7pm on both?"""
    times = {pattern.starts_at: pattern for reading in readings for pattern in reading.patterns if pattern.starts_at}
    with_days = [span for span in spans if _DAY.search(text[slice(*span)])]
    for (start, end), reading in zip(with_days, readings, strict=True):
        if times and reading.leaves_time_open:
            known = [format_time_range(each.starts_at, each.ends_at) for each in times.values()]
            raise Ambiguous(
                f"“{text[start:end]}”: at what time? If nobody knows, add “time to be confirmed”.",
                [f"{text[:end]}, {time}{text[end:]}" for time in ("time to be confirmed", *known)],
            )
