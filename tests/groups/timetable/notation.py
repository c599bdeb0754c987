"""Patterns in the notation of `when_sentences.csv`: "weekly;TH;19:00-20:30;not=8"."""

import datetime
import re
from typing import assert_never

from groups.timetable.parse import parse
from groups.timetable.patterns import Ask, MonthlyByDate, MonthlyByWeekday, Pattern, ToBeAgreed, Weekly
from groups.timetable.readings import Question, Reading

#: A Sunday: the day on which sentences are read.
TODAY = datetime.date(2026, 11, 29)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def certain(sentence: str) -> Reading:
    """Return the reading of a sentence; one without patterns, if it is asked about or refused."""
    result = parse(sentence, TODAY)
    return result if isinstance(result, Reading) else Reading(())


def choices(sentence: str) -> list[str]:
    """Return the readings to choose from, in words; [] if nothing is asked."""
    result = parse(sentence, TODAY)
    return [choice.sentence for choice in result.choices] if isinstance(result, Question) else []


def may_be_noon(pattern: Pattern) -> bool:
    """Whether its words have a 12.30am that is not in the morning for certain: to many people that is after noon."""
    starts_at, ends_at = pattern.starts_at, pattern.ends_at
    is_after_midnight = starts_at is not None and datetime.time(0, 1) <= starts_at < datetime.time(1)
    return is_after_midnight and (ends_at is None or ends_at.hour >= 12)


def noted(reading: Reading) -> set[str]:
    """Return the patterns of a reading, each in the notation."""
    return {_noted(pattern) for pattern in reading.patterns}


def expected(cell: str) -> set[str]:
    """Return the patterns that a cell of the file lists, months said as those without a meeting.

    An end in brackets follows from a length, and is kept as words: the start alone is right.
    """
    return {
        ";".join(_months_off(field) for field in re.sub(r"\(\d\d:\d\d\)", "", pattern).split(";"))
        for pattern in filter(None, cell.split(" | "))
    }


def _noted(pattern: Pattern) -> str:
    interval = 1
    match pattern:
        case Weekly():
            days, interval = ["weekly", _DAYS[pattern.weekday]], pattern.interval
        case MonthlyByWeekday():
            days = ["monthly", ",".join(map(str, pattern.ordinals)), _DAYS[pattern.weekday]]
        case MonthlyByDate():
            days = ["monthly-date", str(pattern.day_of_month)]
        case ToBeAgreed() | Ask():
            return str(pattern.frequency)
        case _:
            assert_never(pattern)
    start, end = (f"{time:%H:%M}" if time else "" for time in (pattern.starts_at, pattern.ends_at))
    fields = [
        *days,
        f"{start}-{end}",
        "term-time" if pattern.term_time_only else "",
        f"not={','.join(map(str, pattern.months_off))}" if pattern.months_off else "",
        "not=bank-holidays" if pattern.skips_bank_holidays else "",
        f"interval={interval}" if interval > 1 else "",
        f"first={pattern.first_date}" if pattern.first_date else "",
        f"last={pattern.last_date}" if pattern.last_date else "",
    ]
    return ";".join(filter(None, fields))


def _months_off(field: str) -> str:
    name, _, months = field.partition("=")
    if name != "months":
        return field
    first, _, last = months.partition("-")
    if last:
        on = {(int(first) - 1 + number) % 12 + 1 for number in range((int(last) - int(first)) % 12 + 1)}
    else:
        on = {int(month) for month in months.split(",")}
    return f"not={','.join(str(month) for month in range(1, 13) if month not in on)}"
