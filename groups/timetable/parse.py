"""Parse a schedule written in English, "1st & 3rd Tues, 7-9pm", into patterns. Ambiguous text is never guessed."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeGuard

from common.dates import format_date

from ..choices import Weekday
from . import lexicon, sentences
from .clock_reading import Ambiguous, Unreadable
from .normalisation import hours_in_digits, tidy
from .parts import read_parts
from .patterns import Ask, MonthlyByWeekday, Pattern, ToBeAgreed, Weekly, needs_a_date
from .prose import likely_weekday, misspelt_word
from .readings import NOTE, Question, Reading, ReadPattern, Refused, Result
from .sentences import format_day

_FIXED: dict[str, Pattern] = {sentences.ASK: Ask(), sentences.TO_BE_AGREED: ToBeAgreed()}
#: Longer text is prose, and is not parsed.
_LONGEST = 500
#: The most choices of a question that somebody can answer; further doubts are not resolved.
_MOST_CHOICES, _MOST_DOUBTS = 6, 3
_TWO_YEARS = datetime.timedelta(days=730)


def parse(line: str, today: datetime.date) -> Result:
    """Return the reading of a line, a question if it has several meanings, or why there is no regular time in it.

    "7-9" is a question: it may be morning or evening. So is "alternate Saturdays", with the dates after `today` from
    which it may be counted. A day alone means every week. What is about no day or time becomes the note, with all that
    stands behind "Note:". The words of a reading are read as the same patterns.
    """
    sentence, _, note = (part.strip() for part in line.partition(NOTE.strip()))
    if sentence in _FIXED:
        result: Result = Reading((ReadPattern(_FIXED[sentence]),))
    elif len(sentence) > _LONGEST:
        return Refused(sentence, f"It is longer than {_LONGEST} characters.")
    else:
        result = _parse(hours_in_digits(tidy(sentence)), today, _MOST_DOUBTS)
    return _with_note(result, " ".join(note.split()))


def _with_note(result: Result, note: str) -> Result:
    if not note:
        return result
    match result:
        case Reading():
            return _noted(result, note)
        case Question():
            return replace(result, choices=tuple(_noted(choice, note) for choice in result.choices))
        case Refused():
            return result


def _noted(reading: Reading, note: str) -> Reading:
    return replace(reading, rows=tuple(replace(row, note=f"{row.note} {note}".strip()) for row in reading.rows))


def _parse(text: str, today: datetime.date, doubts: int) -> Result:
    try:
        reading = read_parts(text, today)
    except Ambiguous as error:
        results = (_parse(each, today, doubts - 1) for each in error.rewritten if doubts)
        return _question(text, error.question, (_with_note(result, error.note) for result in results))
    except Unreadable as error:
        misspelt = misspelt_word(text)
        weekday = likely_weekday(misspelt) if doubts else ""
        refused = Refused(error.words or text, _reason(text, error.words, misspelt))
        if not weekday:
            return refused
        question = _question(text, f"“{misspelt}”: {weekday}?", [_parse(text.replace(misspelt, weekday), today, 0)])
        return question if isinstance(question, Question) else refused
    return _with_dates(text, reading, today)


def _question(text: str, question: str, results: Iterable[Result]) -> Result:
    """Return the question whose choices are all readings of some results; refuse the text if there are none."""
    choices: list[Reading] = []
    for result in results:
        match result:
            case Reading():
                choices.append(result)
            case Question():
                choices += result.choices
            case Refused():
                pass
    distinct = list({choice.patterns: choice for choice in choices}.values())
    if not 1 <= len(distinct) <= _MOST_CHOICES:
        return Refused(text, question)
    return Question(question, tuple(distinct))


def _with_dates(text: str, reading: Reading, today: datetime.date) -> Result:
    """Return the reading, or the question from which date its weeks are counted."""
    for pattern in reading.patterns:
        if not isinstance(pattern, Weekly) or pattern.interval == 1 or pattern.first_date is None:
            continue
        if pattern.first_date.weekday() != pattern.weekday:
            return _ask_for_the_day(text, reading, pattern, pattern.first_date)
    astray = [pattern for pattern in reading.patterns if _begins_on_another_day(pattern)]
    if astray:
        return _with_first_dates(text, reading, astray[0].first_date, today)
    undated = [pattern for pattern in reading.patterns if needs_a_date(pattern)]
    if not undated:
        return reading
    day = undated[0].weekday.label
    if any(pattern.weekday.label != day or pattern.interval != undated[0].interval for pattern in undated):
        return Refused(text, "Write each day in a line of its own, with a date on which it meets.")
    first = today + datetime.timedelta((undated[0].weekday - today.weekday()) % 7)
    dates = [first + datetime.timedelta(weeks=number) for number in range(undated[0].interval)]
    shown = ", or ".join(format_day(date, today) for date in dates)
    return _question(
        text, f"“{text}”: on which {day}s, {shown}?", (_dated(reading, date, undated[0].weekday) for date in dates)
    )


def _ask_for_the_day(text: str, reading: Reading, pattern: Weekly, date: datetime.date) -> Result:
    """Return the question about a first date that is on another day than its pattern."""
    before = date - datetime.timedelta((date.weekday() - pattern.weekday) % 7)
    days = [before, before + datetime.timedelta(weeks=1)]
    shown = ", or ".join(format_day(day, date) for day in days)
    is_on = f"{format_day(date, date)} {date.year} is no {pattern.weekday.label}"
    return _question(text, f"{is_on}: from {shown}?", (_dated(reading, day, pattern.weekday) for day in days))


def _begins_on_another_day(pattern: Pattern) -> TypeGuard[Weekly | MonthlyByWeekday]:
    """Return whether the first date of a pattern on weekdays is on none of them, which no schedule may store."""
    if not isinstance(pattern, Weekly | MonthlyByWeekday) or pattern.first_date is None:
        return False
    return pattern.first_date.weekday() != pattern.weekday


def _with_first_dates(text: str, reading: Reading, date: datetime.date | None, today: datetime.date) -> Result:
    """Return the reading with what is said to begin on a date beginning on its own first day from then on.

    If the date is on none of those days, "Mondays from 5 January 2027", that is a question; where there is one weekday,
    that of the date may be meant as well.
    """
    begun = [pattern for pattern in reading.patterns if pattern.first_date == date]
    first = min(filter(None, map(_first_day, filter(_begins_on_another_day, begun))), default=None)
    if date is None or first is None:
        return Refused(text, "It is over before it begins.")
    moved = _replaced(reading, date, lambda pattern: replace(pattern, first_date=_first_day(pattern)))
    if not all(map(_begins_on_another_day, begun)):
        return _with_dates(text, moved, today)
    meant, choices = f"from {format_day(first, date)}", [moved]
    if len({day for pattern in begun for day in pattern.weekdays}) == 1:
        weekday = Weekday(date.weekday())
        meant += f", or {weekday.label}s"
        choices.append(_replaced(reading, date, lambda pattern: replace(pattern, weekday=weekday)))
    question = f"{format_date(date)} is a {Weekday(date.weekday()).label}. Do you mean {meant}?"
    return _question(text, question, (_with_dates(text, choice, today) for choice in choices))


def _first_day(pattern: Pattern) -> datetime.date | None:
    """Return the first date of a pattern that has one; None if it is over before, or not within two years."""
    first = pattern.first_date
    return next(pattern.dates(first, first + _TWO_YEARS), None) if first else None


def _replaced(reading: Reading, date: datetime.date, change: Callable[[Weekly | MonthlyByWeekday], Pattern]) -> Reading:
    """Return the reading with other patterns in place of those that would begin on a date that is not their day."""
    rows = (
        replace(row, pattern=change(row.pattern))
        if row.pattern.first_date == date and _begins_on_another_day(row.pattern)
        else row
        for row in reading.rows
    )
    return replace(reading, rows=tuple(rows))


def _dated(reading: Reading, date: datetime.date, weekday: int) -> Reading:
    rows = [
        replace(row, pattern=replace(row.pattern, first_date=date))
        if isinstance(row.pattern, Weekly) and row.pattern.interval > 1 and row.pattern.weekday == weekday
        else row
        for row in reading.rows
    ]
    return replace(reading, rows=tuple(rows))


def _reason(text: str, words: str, misspelt: str) -> str:
    """Return why a text is refused, as a sentence; `words` are those that could not be read, if known."""
    if misspelt:
        return f"Is “{misspelt}” misspelt?"
    if not lexicon.NAMES_A_DAY.search(text):
        return "It names no day."
    return f"“{words}” may change when it meets." if words else "It may mean several things, or no regular time."
