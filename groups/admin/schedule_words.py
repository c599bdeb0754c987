"""The field in which staff write when a group meets: its words fill the rows of regular times below it."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..models import Schedule
from ..timetable.columns import columns_of
from ..timetable.parse import parse
from ..timetable.readings import Question, Reading, ReadPattern, Refused

#: The names of the field, and of the radio buttons with the answers to its question.
FIELD, ANSWER = "when_in_words", "when_answer"
#: The name of the buttons that preview the dates without saving.
PREVIEW = "_preview"
#: The words that are in the rows: those that the page was opened with, or that have filled them since.
_IN_ROWS = f"initial-{FIELD}"
#: The prefix of the formset of regular times.
_ROWS = "schedules"


class WordsWidget(forms.Textarea):
    """A text box with the answers to the question about its words, and the button that shows the dates."""

    question: str = ""
    answers: Sequence[str] = ()

    def __init__(self) -> None:
        super().__init__({"rows": 3, "class": "vLargeTextField"})

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        box = super().render(name, value, attrs, renderer)
        radios = format_html_join(
            "",
            '<label><input type="radio" name="{}" value="{}"> {}</label>',
            ((ANSWER, answer, answer) for answer in self.answers),
        )
        return format_html(
            "{}{}{}",
            box,
            format_html("<fieldset><legend>{}</legend>{}</fieldset>", self.question, radios) if radios else "",
            format_html(
                '<button type="submit" class="button" name="{}" value="1" formaction="#dates">{}</button>',
                PREVIEW,
                "Read these words, and show the dates",
            ),
        )


class WordsField(forms.CharField):
    """Schedules in words, one or more in each line."""

    widget = WordsWidget

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
        return _lines(initial or "") != _lines(data or "")

    def clean(self, value: Any) -> str:
        """Raise `ValidationError` if a line is refused or asked about; the widget then has the answers as buttons."""
        words = super().clean(value)
        lines = _lines(words)
        for number, line in enumerate(lines):
            match parse(line, timezone.localdate()):
                case Refused(refused, reason):
                    raise ValidationError(f"We cannot read “{refused}” as a regular time. {reason}")
                case Question(question, choices):
                    self.widget.question = question
                    self.widget.answers = [
                        "\n".join([*lines[:number], *choice.lines, *lines[number + 1 :]]) for choice in choices
                    ]
                    raise ValidationError(f"{question} Choose one of the answers, or write it otherwise.")
        return words


def words_of(schedules: Sequence[Schedule]) -> str:
    """Return stored schedules in words that are read as the same, one in each line."""
    return "\n".join(_row_of(schedule).sentence for schedule in schedules)


def fill_rows(data: QueryDict, schedules: Sequence[Schedule]) -> None:
    """Put the words of a posted form into its rows of regular times, if all are read and are not in them yet.

    Rows that say the same stay; others are marked to be deleted, if none is at a venue of its own. An answer that was
    chosen replaces the words.
    """
    words = str(data.get(ANSWER) or data.get(FIELD, ""))
    data[FIELD] = words
    lines = _lines(words)
    if not lines or lines == _lines(str(data.get(_IN_ROWS, ""))):
        return
    wanted = read_rows(lines, timezone.localdate())
    if wanted is None or rows_with_other_venues(words, schedules):
        return
    stored = {str(schedule.pk): _row_of(schedule) for schedule in schedules}
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


def read_rows(lines: Sequence[str], today: datetime.date) -> list[ReadPattern] | None:
    """Return the patterns of lines with their notes; None if a line is refused or asked about."""
    rows: list[ReadPattern] = []
    for line in lines:
        result = parse(line, today)
        if not isinstance(result, Reading):
            return None
        rows += result.rows
    return list(dict.fromkeys(rows))


def rows_with_other_venues(words: str, schedules: Sequence[Schedule]) -> list[Schedule]:
    """Return the schedules that words would take away although they are at a venue of their own."""
    wanted = read_rows(_lines(words), timezone.localdate())
    return [row for row in schedules if row.venue_id and wanted is not None and _row_of(row) not in wanted]


def _row_of(schedule: Schedule) -> ReadPattern:
    return ReadPattern(schedule.pattern, " ".join(schedule.note.split()))


def _lines(words: str) -> list[str]:
    return [" ".join(line.split()) for line in words.splitlines() if line.strip()]


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
