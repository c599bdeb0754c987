"""Opening hours in the words that people type, read as the times of groups are."""

import datetime
import re
from dataclasses import replace

from common.opening_hours import DAYS, MINUTES, OpeningHours, OpenPeriod

from ..timetable.patterns import Weekly
from ..timetable.readings import ReadPattern
from .when import read_when

#: "6pm to midnight": the times of groups never end on the next day.
_UNTIL_MIDNIGHT = re.compile(
    r"(?<=\d|m|n)(\s*(?:to|till|until|-|–|—)\s*)(?:12\s*)?(?:midnight|12\s*am)\b", re.IGNORECASE
)
_LAST_MINUTE = MINUTES - 1
_ALL_DAY = re.compile(r"\b(?:24 ?(?:hours|hrs)(?: a day)?|all day and (?:all )?night|day and night)\b", re.IGNORECASE)
_OPEN = re.compile(r"^\s*(?:we(?:'re| are)|opening hours|open(?:ing)?(?: times)?)\b[\s:]*(?:open\b)?", re.IGNORECASE)
_ITEM = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|(?:the )?weekends?|(?:all )?(?:bank|public) holidays?"
_ITEMS = rf"(?:{_ITEM})(?:(?:,? and | ?& ?|, ?)(?:{_ITEM}))*"
#: "closed on Sundays and bank holidays", and "Sunday: closed" between stops.
_CLOSED = re.compile(
    rf"[,;.]?\s*\(?\b(?:closed|shut)(?: on| at)? (?P<behind>{_ITEMS})\b"
    r"(?!\s*(?:from|at|\d|morn|after|even|lunch))\)?\.?"
    rf"|(?:^|[,;.]\s*)(?P<before>{_ITEMS})\s*[:,-]?\s*(?:closed|shut)\b\.?(?=\s*(?:$|[,;]))",
    re.IGNORECASE | re.MULTILINE,
)
_DAY = re.compile("|".join(day[:3] for day in DAYS) + "|weekend|holiday", re.IGNORECASE)
_WEEKEND = (5, 6)
#: An answer that opens earlier is more likely to be a closing time after midnight, "6pm to 2am".
_FIRST_LIKELY = datetime.time(6)
_ADVICE = "Write days and times, for example “Monday to Friday, 9am to 5pm; Saturday, 10am to 1pm”."
_PAST_MIDNIGHT = (
    "If it closes after midnight, write that as hours of the next day: “Friday, 6pm to midnight; Saturday, midnight to "
    "2am”."
)


class UnreadableHours(ValueError):
    """The words are no opening hours, or ambiguous. The message says what to write."""


def read_opening_hours(words: str, today: datetime.date) -> OpeningHours:
    """Return the opening hours that words say. Raises `UnreadableHours`.

    A probable reading, as of "Saturday 10 to 1", is taken if only one falls in the daytime; the page shows it.
    """
    open_words, closed = _without_closed_days(words)
    reading = read_when(_plain(open_words), today)
    rows = reading.rows
    if reading.question and len(reading.answers) == 1:
        rows = read_when(reading.answers[0], today).rows
        if any(row.pattern.starts_at is None or row.pattern.starts_at < _FIRST_LIKELY for row in rows):
            raise UnreadableHours(f"{reading.question} {_PAST_MIDNIGHT}")
    elif reading.question:
        raise UnreadableHours(f"{reading.question} {_ADVICE}")
    if reading.problem:
        raise UnreadableHours(f"{reading.problem} {_ADVICE}")
    if not rows:
        raise UnreadableHours(f"This says no hours. {_ADVICE}")
    skips = {row.pattern.skips_bank_holidays for row in rows}
    if len(skips) > 1:
        raise UnreadableHours("Say of all days or of none that they are not on bank holidays.")
    try:
        hours = OpeningHours(tuple(map(_period, rows)), closed_on_bank_holidays=True in skips)
    except UnreadableHours:
        raise
    except ValueError:
        raise UnreadableHours(f"Two of the times of a day overlap. {_ADVICE}") from None
    if both := closed & {period.weekday for period in hours.periods}:
        raise UnreadableHours(f"This says both that it is open on a {DAYS[min(both)]} and that it is closed.")
    return hours


def _without_closed_days(words: str) -> tuple[str, set[int]]:
    """Return words without the days that they call closed, and those days; bank holidays stay, as groups say them."""
    closed: set[int] = set()

    def leave_out(match: re.Match[str]) -> str:
        found = {name.lower() for name in _DAY.findall(match["behind"] or match["before"])}
        closed.update(weekday for weekday, day in enumerate(DAYS) if day[:3].lower() in found)
        closed.update(_WEEKEND if "weekend" in found else ())
        return ", not on bank holidays" if "holiday" in found else ""

    return re.sub(r"^[\s,;.]+", "", _CLOSED.sub(leave_out, words), flags=re.MULTILINE), closed


def _plain(words: str) -> str:
    """Return words with "until midnight" and "24 hours" written as times that a group could have."""
    lines = (_OPEN.sub("", line) for line in words.splitlines())
    text = re.sub(r"\b24/7\b", "every day, 24 hours", "\n".join(lines))
    text = _ALL_DAY.sub("midnight to 11.59pm", text)
    return _UNTIL_MIDNIGHT.sub(r"\g<1>11.59pm", text)


def _period(row: ReadPattern) -> OpenPeriod:
    """Return the period of a pattern. Raises `UnreadableHours` for anything but a weekday with times."""
    pattern = row.pattern
    if row.note:
        raise UnreadableHours(f"“{row.note}” is no day or time. {_ADVICE}")
    if pattern.starts_at is None or pattern.ends_at is None:
        raise UnreadableHours(f"Say when it opens and when it closes. {_ADVICE}")
    plain = (
        Weekly(pattern.weekdays[0], starts_at=pattern.starts_at, ends_at=pattern.ends_at) if pattern.weekdays else None
    )
    if plain is None or replace(pattern, skips_bank_holidays=False) != plain:
        raise UnreadableHours(f"“{pattern.sentence}” is not the same every week. {_ADVICE}")
    opens, closes = (time.hour * 60 + time.minute for time in (pattern.starts_at, pattern.ends_at))
    return OpenPeriod(int(pattern.weekdays[0]), opens, MINUTES if closes == _LAST_MINUTE else closes)
