"""The field in which staff write when a group meets: its words fill the rows of regular times below it."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from ..in_words.fields import ANSWER, FIELD, WhenField, WhenWidget
from ..in_words.when import at_other_venues, lines_of, read_when, row_of
from ..models import Schedule
from ..timetable.columns import columns_of
from ..timetable.readings import ReadPattern

#: The name of the buttons that preview the dates without saving.
PREVIEW = "_preview"
#: The words of the rows: those that the page was opened with, or that they were filled from since.
_IN_ROWS = f"initial-{FIELD}"
#: The prefix of the formset of regular times.
_ROWS = "schedules"


class StaffWhenWidget(WhenWidget):
    """The box of the field, with the button that shows the dates."""

    button = (PREVIEW, "Read these words, and show the dates", "dates")
    button_class = "button"

    def __init__(self) -> None:
        super().__init__({"rows": 3, "class": "vLargeTextField"})


class WordsField(WhenField):
    """Schedules in words, one or more in each line."""

    widget = StaffWhenWidget

    def __init__(self) -> None:
        super().__init__(
            label="When, in words",
            required=False,
            show_hidden_initial=True,
            help_text=(
                "For example “Every Thursday, 6.30pm to 8pm”. It fills the regular times below, in place of those that"
                " are there. Or leave it, and change them there."
            ),
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return lines_of(initial or "") != lines_of(data or "")

    def clean(self, value: Any) -> str:
        """Raise `ValidationError` if a line is refused or asked about; the widget then has the answers as buttons."""
        words = super().clean(value)
        reading = read_when(words, timezone.localdate())
        if reading.problem:
            raise ValidationError(reading.problem)
        if reading.question:
            self.ask(reading)
            raise ValidationError(f"{reading.question} Choose one of the answers, or write it otherwise.")
        return words


def fill_rows(data: QueryDict, schedules: Sequence[Schedule]) -> None:
    """Put the words of a posted form into its rows of regular times, if all are read and are not in them yet.

    Rows that say the same stay; others are marked to be deleted, if none is at a venue of its own. An answer that was
    chosen replaces the words.
    """
    words = str(data.get(ANSWER) or data.get(FIELD, ""))
    data[FIELD] = words
    lines = lines_of(words)
    if not lines or lines == lines_of(str(data.get(_IN_ROWS, ""))):
        return
    wanted = list(read_when(words, timezone.localdate()).rows)
    if not wanted or rows_with_other_venues(words, schedules):
        return
    stored = {str(schedule.pk): row_of(schedule) for schedule in schedules}
    initial, total = (int(str(data.get(f"{_ROWS}-{count}_FORMS") or 0)) for count in ("INITIAL", "TOTAL"))
    for number in range(initial):
        row = stored.get(str(data.get(f"{_ROWS}-{number}-id", "")))
        data.pop(f"{_ROWS}-{number}-DELETE", None)
        if row in wanted:
            wanted.remove(row)
        else:
            data[f"{_ROWS}-{number}-DELETE"] = "on"
    for key in [key for key in data if any(key.startswith(f"{_ROWS}-{number}-") for number in range(initial, total))]:
        del data[key]
    for number, row in enumerate(wanted, initial):
        for name, values in _posted(row).items():
            data.setlist(f"{_ROWS}-{number}-{name}", values)
    data[f"{_ROWS}-TOTAL_FORMS"] = str(initial + len(wanted))
    data[_IN_ROWS] = words


def rows_with_other_venues(words: str, schedules: Sequence[Schedule]) -> list[Schedule]:
    """Return the schedules that words would take away although they are at a venue of their own."""
    rows = read_when(words, timezone.localdate()).rows
    return at_other_venues(rows, schedules) if rows else []


def _posted(row: ReadPattern) -> dict[str, list[str]]:
    """Return the values of a row as its form posts them."""
    posted = {"note": [row.note]}
    for name, value in columns_of(row.pattern).items():
        if name in ("ordinals", "months_off"):
            posted[name] = [number for number in str(value).split(",") if number]
        elif isinstance(value, bool):
            posted[name] = ["on"] if value else []
        else:
            posted[name] = [
                "" if value is None else f"{value:%H:%M}" if isinstance(value, datetime.time) else str(value)
            ]
    return posted
