"""The column with the schedules of a group, written as sentences."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils import timezone

from ..models import Schedule
from ..timetable.columns import columns_of
from ..timetable.parse import parse
from ..timetable.patterns import Pattern
from ..timetable.readings import NOTE, Question, Reading, ReadPattern, Refused
from ..timetable.remarks import Kind
from .cells import is_blank_marker
from .columns import Cell, Column
from .constraints import violations
from .row_state import RowState, public_venue

_ADVICE = (
    "Write it like “Every Thursday, 6.30pm to 8pm” or “First and third Monday of the month, 10am to noon”."
    " Write anything else behind “Note:”."
)
#: Remarks that belong to another column, where they may be hidden: they enter the public note only if written there.
_COLUMN_OF = {Kind.PLACE: "Venue", Kind.WORDS: "Venue", Kind.TELEPHONE: "Contacts"}


class TimesCell(Cell):
    """Schedules as sentences, one in each line, with the note after "Note:"."""

    kind = "Regular times in words, in one line or several. “Note:” begins the note of a line."

    def render(self, value: Iterable[Schedule]) -> str:
        return "\n".join(_line(schedule) for schedule in value)


class TimesColumn(Column):
    """The column of schedules. Schedules whose sentence is unchanged are kept; other sentences are parsed."""

    def value(self, state: RowState) -> list[Schedule]:
        return state.relations.schedules

    def put(self, state: RowState, text: str) -> None:
        relations = state.relations
        remaining = list(relations.schedules)
        unchanged: list[Schedule] = []
        new: list[Schedule] = []
        open_times: list[str] = []
        hidden = _hidden_kinds(state)
        lines = [] if is_blank_marker(text) else [" ".join(line.split()) for line in text.split("\n")]
        for line in filter(None, lines):
            match = next((schedule for schedule in remaining if _line(schedule) == line), None)
            if match:
                remaining.remove(match)
                unchanged.append(match)
                continue
            reading = _parse_or_raise(line, hidden)
            open_times += [line.partition(NOTE)[0]] if reading.leaves_time_open else []
            for read in reading.rows:
                # The same pattern in other words keeps its row.
                match = next(
                    (each for each in remaining if each.pattern == read.pattern and each.note == read.note), None
                )
                if match:
                    remaining.remove(match)
                (unchanged if match else new).append(match or _build_schedule(read.pattern, read.note))
        if open_times and any(schedule.starts_at for schedule in [*unchanged, *new]):
            # "Mondays; Thursdays 7pm" may be 7pm on both.
            raise ValueError(f"“{open_times[0]}”: at what time? If nobody knows, add “time to be confirmed”.")
        for row in remaining:
            if row.venue_id and row.venue_id != state.group.venue_id:
                if state.keeps_times_elsewhere:
                    unchanged.append(row)
                    continue
                raise ValueError(
                    f"“{_line(row)}” meets at a venue of its own. Keep these words, and change it on the group's page."
                )
        relations.schedules = [*sorted(unchanged, key=lambda schedule: schedule.pk), *new]


def schedules_of_lines(text: str) -> list[Schedule]:
    """Return new schedules of regular times, a sentence in each line. Raises `ValueError` for what is none."""
    readings = [_parse_or_raise(line, {Kind.TELEPHONE}) for line in text.split("\n") if line]
    return [_build_schedule(read.pattern, read.note) for reading in readings for read in reading.rows]


def _line(schedule: Schedule) -> str:
    return ReadPattern(schedule.pattern, " ".join(schedule.note.split())).sentence


def _hidden_kinds(state: RowState) -> set[Kind]:
    """Return the kinds of remark that do not enter the note unless they are written there.

    Other words may name the venue, which is as public as the group's own.
    """
    if public_venue(state.group):
        return {Kind.TELEPHONE}
    return {Kind.TELEPHONE, Kind.PLACE, Kind.WORDS} if state.group.venue else {Kind.TELEPHONE, Kind.PLACE}


def _parse_or_raise(line: str, hidden: set[Kind]) -> Reading:
    result = parse(line, timezone.localdate())
    match result:
        case Refused():
            raise ValueError(f"We cannot read “{result.words}” as a regular time. {result.reason} {_ADVICE}")
        case Question():
            raise ValueError(f"{result.text} Write {' or '.join(map(_quoted, result.choices))}.")
    for remark in result.remarks:
        if remark.kind in hidden:
            raise ValueError(
                f"“{line}”: “{remark.words}” is no time. Write it under “{_COLUMN_OF[remark.kind]}”."
                " If everybody may read it, you can write it behind “Note:”."
            )
    return result


def _quoted(reading: Reading) -> str:
    return " and in the next line ".join(f"“{line}”" for line in reading.lines)


def _build_schedule(pattern: Pattern, note: str) -> Schedule:
    schedule = Schedule(**columns_of(pattern), note=note)
    try:
        schedule.clean_fields(exclude=["group", "venue"])
        schedule.clean()
    except ValidationError as error:
        raise ValueError(f"“{pattern.sentence}”: {' '.join(error.messages)}") from None
    for _, sentence in violations(schedule):
        raise ValueError(f"“{pattern.sentence}”: {sentence}")
    return schedule
