"""The column that says in words when a group meets."""

from django.core.exceptions import ValidationError

from ..models import Schedule
from ..timetable.parse import parse
from ..timetable.patterns import Pattern
from ..timetable.readings import Reading
from ..timetable.remarks import Kind
from .cells import is_empty_mark, noted_parts
from .columns import CellWidget, Column
from .constraints import broken_rules
from .row_relations import row_relations

_NOTE = " Note: "
_HOW = (
    "Write it like “Every Thursday, 6.30pm to 8pm” or “First and third Monday of the month, 10am to noon”."
    " Write anything else behind “Note:”."
)
#: What is public in a note, and may be hidden where it belongs. It goes into a note only on purpose.
_COLUMN_OF = {Kind.PLACE: "Venue", Kind.TELEPHONE: "Contacts"}


class TimesCell(CellWidget):
    """Regular times, one in each line; what else is said of one stands behind "Note:"."""

    kind = "Regular times in words, one in each line, or with semicolons between. “Note:” begins a note."

    def render(self, value, obj=None, **kwargs) -> str:
        return "\n".join(_line(one) for one in value)


class TimesColumn(Column):
    """The column of the regular times. Those whose words stand stay as they are; others are read."""

    def get_value(self, instance) -> list[Schedule]:
        return row_relations(instance).schedules

    def put(self, instance, cell: str) -> None:
        given = row_relations(instance)
        standing = list(given.schedules)
        kept, new, open_times = [], [], []
        for words, note in [] if is_empty_mark(cell) else noted_parts(cell, _NOTE.strip()):
            same = next((one for one in standing if _line(one) == _said(words, note)), None)
            if same:
                standing.remove(same)
                kept.append(same)
                continue
            reading = _read(words)
            open_times += [words] if reading.leaves_time_open else []
            note = " ".join(filter(None, [reading.note, note]))
            for pattern in reading.patterns:
                # Said in other words, it is still the same.
                same = next((one for one in standing if one.pattern == pattern and one.note == note), None)
                if same:
                    standing.remove(same)
                (kept if same else new).append(same or _schedule(pattern, note))
        if open_times and any(one.starts_at for one in [*kept, *new]):
            # "Mondays; Thursdays 7pm" may be 7pm on both.
            raise ValueError(f"“{open_times[0]}”: at what time? If nobody knows, add “time to be confirmed”.")
        for one in standing:
            if one.venue_id and one.venue_id != instance.venue_id:
                raise ValueError(
                    f"“{_line(one)}” meets at a venue of its own. Keep these words, and change it on the group's page."
                )
        given.schedules = [*sorted(kept, key=lambda one: one.pk), *new]


def _line(schedule: Schedule) -> str:
    return _said(schedule.pattern.sentence, " ".join(schedule.note.split()))


def _said(sentence: str, note: str) -> str:
    return f"{sentence}{_NOTE}{note}" if note else sentence


def _read(words: str) -> Reading:
    reading = parse(words)
    if not reading.patterns:
        raise ValueError(f"We cannot read “{words}” as a regular time. {_HOW}")
    for pattern in reading.patterns:
        if pattern.needs_a_date:
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


def _schedule(pattern: Pattern, note: str) -> Schedule:
    schedule = Schedule(
        frequency=pattern.frequency,
        interval=pattern.interval,
        weekday=pattern.weekday,
        ordinals=",".join(map(str, pattern.ordinals)),
        day_of_month=pattern.day_of_month,
        starts_at=pattern.starts_at,
        ends_at=pattern.ends_at,
        first_date=pattern.first_date,
        last_date=pattern.last_date,
        skips_bank_holidays=pattern.skips_bank_holidays,
        months_off=",".join(map(str, pattern.months_off)),
        term_time_only=pattern.term_time_only,
        note=note,
    )
    try:
        schedule.clean_fields(exclude=["group", "venue"])
        schedule.clean()
    except ValidationError as error:
        raise ValueError(f"“{pattern.sentence}”: {' '.join(error.messages)}") from None
    for _, sentence in broken_rules(schedule):
        raise ValueError(f"“{pattern.sentence}”: {sentence}")
    return schedule
