"""The column with the schedules of a group, written as sentences."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from ..models import Schedule
from ..timetable.columns import columns_of
from ..timetable.parse import parse
from ..timetable.patterns import Pattern, needs_a_date
from ..timetable.readings import Reading
from ..timetable.remarks import Kind
from .cells import is_blank_marker, parts_with_notes
from .columns import Cell, Column
from .constraints import violations
from .row_state import RowState

_NOTE = " Note: "
_ADVICE = (
    "Write it like “Every Thursday, 6.30pm to 8pm” or “First and third Monday of the month, 10am to noon”."
    " Write anything else behind “Note:”."
)
#: Remarks that belong to another column, where they may be hidden: they enter the public note only if written there.
_COLUMN_OF = {Kind.PLACE: "Venue", Kind.TELEPHONE: "Contacts"}


class TimesCell(Cell):
    """Schedules as sentences, one in each line, with the note after "Note:"."""

    kind = "Regular times in words, one in each line, or with semicolons between. “Note:” begins a note."

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
        for words, note in [] if is_blank_marker(text) else parts_with_notes(text, _NOTE.strip()):
            match = next((schedule for schedule in remaining if _line(schedule) == _format_line(words, note)), None)
            if match:
                remaining.remove(match)
                unchanged.append(match)
                continue
            reading = _parse_or_raise(words)
            open_times += [words] if reading.leaves_time_open else []
            note = " ".join(filter(None, [reading.note, note]))
            for pattern in reading.patterns:
                # The same pattern in other words keeps its row.
                match = next(
                    (schedule for schedule in remaining if schedule.pattern == pattern and schedule.note == note), None
                )
                if match:
                    remaining.remove(match)
                (unchanged if match else new).append(match or _build_schedule(pattern, note))
        if open_times and any(schedule.starts_at for schedule in [*unchanged, *new]):
            # "Mondays; Thursdays 7pm" may be 7pm on both.
            raise ValueError(f"“{open_times[0]}”: at what time? If nobody knows, add “time to be confirmed”.")
        for row in remaining:
            if row.venue_id and row.venue_id != state.group.venue_id:
                raise ValueError(
                    f"“{_line(row)}” meets at a venue of its own. Keep these words, and change it on the group's page."
                )
        relations.schedules = [*sorted(unchanged, key=lambda schedule: schedule.pk), *new]


def _line(schedule: Schedule) -> str:
    return _format_line(schedule.pattern.sentence, " ".join(schedule.note.split()))


def _format_line(sentence: str, note: str) -> str:
    return f"{sentence}{_NOTE}{note}" if note else sentence


def _parse_or_raise(words: str) -> Reading:
    reading = parse(words)
    if not reading.patterns:
        raise ValueError(f"We cannot read “{words}” as a regular time. {_ADVICE}")
    for pattern in reading.patterns:
        if needs_a_date(pattern):
            day = pattern.weekday.label
            raise ValueError(
                f"“{words}”: which {day}s? Add a date on which it meets: “Every second {day} from 3 December 2026”."
            )
    for remark in reading.remarks:
        if remark.kind in _COLUMN_OF:
            raise ValueError(
                f"“{words}”: “{remark.words}” is no time. Write it under “{_COLUMN_OF[remark.kind]}”."
                " If everybody may read it, you can write it behind “Note:”."
            )
    return reading


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
