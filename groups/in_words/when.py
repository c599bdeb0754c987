"""When a group meets, typed in words: the parsed patterns, questions, and the schedules to add and remove."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from common.dates import format_time
from common.nations import Nation

from ..models import Schedule, SupportGroup
from ..timetable.columns import columns_of
from ..timetable.meetings import LONDON, Meeting, Slot, Timetable, next_meetings
from ..timetable.parse import parse
from ..timetable.readings import Question, Reading, ReadPattern, Refused
from ..timetable.sentences import format_day

#: How many of the next dates are read back.
DATES_SHOWN = 4


@dataclass(frozen=True)
class WhenReading:
    """Parsed words: their patterns, if all of them are read; else a question with answers, or a problem.

    `answers` are whole texts to be read instead of the ambiguous one. `problem` is a sentence.
    """

    rows: tuple[ReadPattern, ...] = ()
    question: str = ""
    answers: tuple[str, ...] = ()
    problem: str = ""

    @property
    def words(self) -> str:
        """The patterns in words that are read as the same on any day, one in each line; "" if they are not read."""
        return "\n".join(row.sentence for row in self.rows)

    @property
    def sentences(self) -> list[str]:
        """The patterns as people read them, each with its note."""
        return [f"{row.pattern.sentence} {row.note}".strip() for row in self.rows]


def read_when(words: str, today: datetime.date) -> WhenReading:
    """Parse words with a regular time on each line; if one cannot be read, all lines together."""
    lines = lines_of(words)
    reading = _read(lines, today)
    if reading.problem and len(lines) > 1:
        whole = _read([" ".join(lines)], today)
        return reading if whole.problem else whole
    return reading


def lines_of(words: str) -> list[str]:
    """Return the lines of words that are not empty, with single spaces."""
    return [" ".join(line.split()) for line in words.splitlines() if line.strip()]


def words_of(schedules: Iterable[Schedule]) -> str:
    """Return stored schedules in words that are read as the same, one in each line."""
    return "\n".join(row_of(schedule).sentence for schedule in schedules)


def row_of(schedule: Schedule) -> ReadPattern:
    """Return what the words of a stored schedule are read as."""
    return ReadPattern(schedule.pattern, " ".join(schedule.note.split()))


def dates_of(rows: Sequence[ReadPattern], nation: Nation, now: datetime.datetime) -> list[str]:
    """Return the next `DATES_SHOWN` dates of patterns, as "Thursday 3 December, 7pm"."""
    slots = (Slot(row.pattern, number, None, nation) for number, row in enumerate(rows))
    return [_date_of(meeting, now) for meeting in next_meetings(Timetable(tuple(slots)), now, DATES_SHOWN)]


def at_other_venues(rows: Iterable[ReadPattern], schedules: Iterable[Schedule]) -> list[Schedule]:
    """Return the schedules that patterns would take away although they are at a venue of their own."""
    wanted = set(rows)
    return [schedule for schedule in schedules if schedule.venue_id and row_of(schedule) not in wanted]


def replace_schedules(group: SupportGroup, rows: Iterable[ReadPattern], schedules: Iterable[Schedule]) -> None:
    """Store patterns as the schedules of a group in place of the given ones; of those, the same ones stay.

    Raises `ValidationError` for what no schedule can store. Call it within `single_revision`.
    """
    wanted = list(rows)
    for schedule in schedules:
        row = row_of(schedule)
        if row in wanted:
            wanted.remove(row)
        else:
            schedule.delete()
    for row in wanted:
        schedule = Schedule(group=group, note=row.note, **columns_of(row.pattern))
        schedule.full_clean()
        schedule.save()


def _read(lines: Sequence[str], today: datetime.date) -> WhenReading:
    rows: list[ReadPattern] = []
    for number, line in enumerate(lines):
        match parse(line, today):
            case Reading() as reading:
                rows += reading.rows
            case Question(question, choices):
                answers = ("\n".join([*lines[:number], *choice.lines, *lines[number + 1 :]]) for choice in choices)
                return WhenReading(question=question, answers=tuple(answers))
            case Refused(refused, reason):
                return WhenReading(problem=f"We cannot read “{refused}” as a regular time. {reason}")
    return WhenReading(tuple(dict.fromkeys(rows)))


def _date_of(meeting: Meeting, now: datetime.datetime) -> str:
    starts = format_time(meeting.starts_at) if meeting.starts_at else "ask for the time"
    return ", ".join(filter(None, [format_day(meeting.date, now.astimezone(LONDON).date()), starts, meeting.caution]))
