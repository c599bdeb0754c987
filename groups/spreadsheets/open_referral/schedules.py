"""Schedules of a feed, as lines that the column of times reads; what it cannot hold stays in its own words. Pure.

A schedule is like a recurrence rule of iCalendar. Ours is one weekday or date with its times: one of several days is
several of ours, and one that is narrower than ours (every second month, a number of meetings) is never made wider.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from common.text import shortened

from ...choices import Weekday
from ...timetable.parse import parse
from ...timetable.patterns import MonthlyByDate, MonthlyByWeekday, Pattern, Weekly
from ...timetable.readings import Reading, ReadPattern
from ...timetable.sentences import ORDINALS
from .values import Json, day, text, whole_number

DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_DAY = re.compile(r"([+-]?[0-9])?(MO|TU|WE|TH|FR|SA|SU)")
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::00(?:\.0+)?)?")
_OF_TWELVE = re.compile(r"(1[0-2]|0?[1-9])(?:[:.]([0-5][0-9]))?\s*([ap])\.?m\.?")
_WITH_OFFSET = re.compile(r"(?:Z|[+-]\d\d:?\d\d)$", re.IGNORECASE)
#: Parts of a rule that no pattern of ours has.
_NARROWER = ("count", "byweekno", "byyearday", "bymonth", "bysetpos")
_LONGEST_NOTE = 200


class NotHeld(Exception):
    """No pattern of ours is what a schedule says. The message is a sentence."""


class SingleDate(NotHeld):
    """A schedule is of one date, and no regular time."""


@dataclass(frozen=True)
class When:
    """When a service is: lines for our column, "" if there are none; and what could not be read, with the reason."""

    lines: str = ""
    questions: tuple[tuple[str, str], ...] = ()


def when_of(schedules: Iterable[Json], today: datetime.date) -> When:
    """Return when a service is by its schedules, but for those that are over.

    If a regular one cannot be held, its own words are a line like the others: then the column is not read, and staff
    are asked. Of a single date they are only asked: the regular times are right without it.
    """
    lines: list[str] = []
    questions: list[tuple[str, str]] = []
    for schedule in schedules:
        last_date = day(schedule, "valid_to", "until")
        if last_date is not None and last_date < today:
            continue
        try:
            lines += [read.sentence for read in _read(schedule, today)]
        except NotHeld as error:
            words = schedule_words(schedule)
            if words and not isinstance(error, SingleDate):
                lines.append(words)
            if words:
                questions.append((words, str(error)))
    return When("\n".join(dict.fromkeys(lines)), tuple(questions))


def _read(schedule: Json, today: datetime.date) -> list[ReadPattern]:
    """Return the patterns of a schedule: by its description, if that says the same and more; else by its rule."""
    described = _described(schedule, today)
    note = shortened(" ".join(text(schedule, "notes").split()), _LONGEST_NOTE)
    if not text(schedule, "freq"):
        if described and not day(schedule, "valid_from", "dtstart"):
            return [ReadPattern(read.pattern, note or read.note) for read in described]
        if day(schedule, "valid_from", "dtstart"):
            raise SingleDate("It is on a date, and says no regular time. Add the date to the group, if it is right.")
        raise NotHeld("It says when it is in words alone. Which regular time is that?")
    patterns = [*_patterns(schedule, today)]
    if [_essence(read.pattern) for read in described] == [_essence(pattern) for pattern in patterns]:
        # Our own feed says months off, term time and bank holidays in words alone.
        patterns = [read.pattern for read in described]
    return [ReadPattern(pattern, note) for pattern in patterns]


def _described(schedule: Json, today: datetime.date) -> tuple[ReadPattern, ...]:
    result = parse(text(schedule, "description"), today)
    return result.rows if isinstance(result, Reading) and not result.leaves_time_open else ()


def _essence(pattern: Pattern) -> tuple[Any, ...]:
    """Return what a rule says of a pattern: but for its limits, and exceptions to it."""
    days = [getattr(pattern, name, None) for name in ("weekday", "interval", "ordinals", "day_of_month")]
    return pattern.frequency, *days, pattern.starts_at, pattern.ends_at


def _patterns(schedule: Json, today: datetime.date) -> Iterator[Pattern]:
    if any(schedule.get(name) for name in _NARROWER):
        raise NotHeld("Its rule is narrower than one of ours can be.")
    starts_at, ends_at = time_of(text(schedule, "opens_at")), time_of(text(schedule, "closes_at"))
    if ends_at is not None and (starts_at is None or ends_at <= starts_at):
        ends_at = None
    first_date = day(schedule, "valid_from", "dtstart")
    shared: dict[str, Any] = {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "last_date": day(schedule, "valid_to", "until"),
    }
    if first_date is not None and first_date > today:
        shared["first_date"] = first_date
    match text(schedule, "freq").upper():
        case "WEEKLY":
            yield from _weekly(schedule, shared)
        case "MONTHLY":
            yield from _monthly(schedule, shared)
        case _:
            raise NotHeld("It is neither weekly nor monthly.")


def _weekly(schedule: Json, shared: dict[str, Any]) -> Iterator[Pattern]:
    interval, start = _interval(schedule), day(schedule, "dtstart")
    days = _days(schedule)
    if text(schedule, "bymonthday") or any(ordinal for ordinal, _ in days):
        raise NotHeld("It is weekly, and has days of a month as well. Which of the two is it?")
    if not days:
        if start is None:
            raise NotHeld("It does not say on which day of the week it is.")
        days = [(None, start.weekday())]
    if interval > 1 and (start is None or text(schedule, "wkst").upper() not in ("", "MO")):
        raise NotHeld(f"It is every {interval} weeks, and does not say from which date they are counted.")
    for _, weekday in sorted(days, key=lambda each: each[1]):
        own = dict(shared)
        if interval > 1 and start is not None:
            own["first_date"] = _first_on(start, weekday, interval)
        yield Weekly(Weekday(weekday), interval, **own)


def _monthly(schedule: Json, shared: dict[str, Any]) -> Iterator[Pattern]:
    days, dates = _days(schedule), text(schedule, "bymonthday")
    if _interval(schedule) > 1:
        raise NotHeld("It is not in every month.")
    if days and dates:
        raise NotHeld("It is on a weekday and on a date. Which of the two is it?")
    if days:
        ordinals: dict[int, list[int]] = defaultdict(list)
        for ordinal, weekday in days:
            if ordinal not in ORDINALS:
                raise NotHeld("It is monthly, and does not say in which week of the month.")
            ordinals[weekday].append(ordinal)
        for weekday, found in ordinals.items():
            # The last comes last.
            in_order = sorted({*found}, key=lambda ordinal: (ordinal < 0, ordinal))
            yield MonthlyByWeekday(Weekday(weekday), tuple(in_order), **shared)
        return
    start = day(schedule, "dtstart")
    numbers = dates.split(",") if dates else [str(start.day)] if start else []
    if not numbers:
        raise NotHeld("It is monthly, and does not say on which day.")
    for number in numbers:
        if not re.fullmatch(r"\s*(-1|[1-9]|[12][0-9]|3[01])\s*", number):
            raise NotHeld(f"“{number}” is no day of a month.")
        yield MonthlyByDate(int(number), **shared)


def _days(schedule: Json) -> list[tuple[int | None, int]]:
    """Return the days of a rule, each with its place in the month or None. Raises `NotHeld` for anything else."""
    found = []
    for part in filter(None, (part.strip() for part in text(schedule, "byday").upper().split(","))):
        match = _DAY.fullmatch(part)
        if match is None:
            raise NotHeld(f"“{part}” is no day.")
        found.append((int(match[1]) if match[1] else None, DAYS[match[2]]))
    return [*dict.fromkeys(found)]


def _interval(schedule: Json) -> int:
    interval = whole_number(schedule, "interval")
    return 1 if interval is None or interval < 1 else interval


def _first_on(start: datetime.date, weekday: int, interval: int) -> datetime.date:
    """Return the first day of this kind on or after the start, in weeks that are counted from that of the start."""
    found = start + datetime.timedelta(days=weekday - start.weekday())
    return found if found >= start else found + datetime.timedelta(weeks=interval)


def time_of(words: str) -> datetime.time | None:
    """Return a time of day; None for "". Raises `NotHeld` for one with an offset, wrong for half a year, or none."""
    if not words:
        return None
    if match := _TIME.fullmatch(words):
        return datetime.time(int(match[1]), int(match[2]))
    if match := _OF_TWELVE.fullmatch(words.strip().lower()):
        return datetime.time(int(match[1]) % 12 + (12 if match[3] == "p" else 0), int(match[2] or 0))
    if _WITH_OFFSET.search(words):
        raise NotHeld(f"“{words}” may be an hour earlier or later here. What is the time on the clock?")
    raise NotHeld(f"“{words}” is no time that we can read. What is the time on the clock?")


def schedule_words(schedule: Json) -> str:
    """Return a schedule in one line: its description, else its rule as it stands; "" if it says nothing."""
    if words := text(schedule, "description", "notes"):
        return " ".join(words.split())
    names = ("freq", "interval", "byday", "bymonthday", "dtstart", "opens_at", "closes_at")
    return ", ".join(f"{name} {value}" for name in names if (value := text(schedule, name)))
