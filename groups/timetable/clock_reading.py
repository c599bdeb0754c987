"""Parse times of day: "7-9pm", "10.30am to noon", "18:30". Ambiguous text raises `Unreadable`, never a guess."""

import datetime
import re
from collections.abc import Sequence
from itertools import product

from common.dates import format_time, format_time_range

from .normalisation import tidy

_TIME_PATTERN = re.compile(
    r"(?P<name>noon|midnight)"
    r"|(?P<military>\d{4})"
    r"|(?P<hour>\d{1,2})(?:(?P<dot>[.:])(?P<minute>\d{2}))?(?:\s*o'?clock)?\s*(?P<half>am|pm)?(?P<hours>\s*(?:hrs|hours)\b)?"
)
_NOON, _DAY = 12 * 60, 24 * 60
#: For each part of the day, the range of possible start times in minutes after midnight.
_PARTS = {
    "morning": (7 * 60, _NOON),
    "afternoon": (_NOON, 18 * 60),
    "evening": (16 * 60, _DAY),
    "eve": (16 * 60, _DAY),
    "night": (17 * 60, _DAY),
    "lunchtime": (_NOON - 30, 15 * 60),
}
#: The longest range, in minutes, read without am or pm: "mornings, 5-11" is an age.
_LONGEST_UNMARKED_RANGE = 4 * 60
#: "9-5pm" can only begin in the morning; "5-12.30pm" may as well begin at 5pm.
_FIRST_SURE_MORNING = 8 * 60
#: In a question, in minutes: the longest likely meeting, when meetings begin, and from when one may end at midnight.
_LONGEST_LIKELY, _FIRST_LIKELY, _LAST_LIKELY, _FIRST_EVENING = 8 * 60, 9 * 60, 21 * 60, 16 * 60
#: In a question, from when a meeting may begin, if it may begin by day: nobody means 2am by "2-4".
_NIGHT_ENDS = 5 * 60
#: "14.30pm".
_HALF_OF_24_HOURS = re.compile(r"(?<![\d.:])((?:1[3-9]|2[0-3])(?:[.:]\d\d)?)\s*pm\b")

Times = tuple[datetime.time, datetime.time | None]


class Unreadable(ValueError):
    """The text is ambiguous, or means something that a pattern cannot hold; the words that prevent it, if known."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.words = words


class Ambiguous(Unreadable):
    """The text has several meanings: the question that settles it, the text of each written out, and their note."""

    def __init__(self, question: str, rewritten: Sequence[str], note: str = "") -> None:
        super().__init__()
        self.question = question
        self.rewritten = rewritten
        self.note = note


class AmbiguousTimes(Unreadable):
    """A time or range that may be several: the question that settles it, and each written out."""

    def __init__(self, question: str, choices: Sequence[str]) -> None:
        super().__init__()
        self.question = question
        self.choices = choices


class AmbiguousTime(Unreadable):
    """A single time that may be am or pm; with `at_twelve`, noon or midnight."""

    def __init__(self, at_twelve: bool) -> None:
        super().__init__()
        self.at_twelve = at_twelve


class _WrittenTime:
    """One matched time: its possible minutes after midnight, and the notation it is written in."""

    def __init__(self, match: re.Match[str]) -> None:
        self.half = match["half"]
        self.is_bare = self.may_be_24_hour = self.has_a_zero = self.is_twelve = self.may_be_either = False
        if match["name"]:
            self.half = "pm" if match["name"] == "noon" else "am"
            self.minutes = [_NOON if match["name"] == "noon" else 0]
            return
        digits = match["military"]
        hour, minute = (int(digits[:2]), int(digits[2:])) if digits else (int(match["hour"]), int(match["minute"] or 0))
        # "18.12" may be the 18th of December, and "0.50" is a price.
        is_other = match["dot"] == "." and not self.half and (1 <= minute <= 12 or match["hour"] == "0")
        if minute > 59 or hour > 23 or is_other:
            raise Unreadable
        self.is_twelve = hour == 12
        is_24_hour = match["dot"] == ":" and hour >= 10
        self.may_be_either = self.is_twelve and self.half == "am"
        self.as_written = hour * 60 + minute
        if self.half:
            if not 1 <= hour <= 12:
                raise Unreadable
            self.minutes = [hour % 12 * 60 + minute + (_NOON if self.half == "pm" else 0)]
        elif digits or match["hours"] or hour > 12 or hour == 0 or match["hour"].startswith("0") or is_24_hour:
            self.minutes, self.may_be_24_hour = [self.as_written], True
            self.has_a_zero = self.may_be_either = not digits and 1 <= hour <= 9
        else:
            self.minutes = sorted({hour % 12 * 60 + minute, hour % 12 * 60 + minute + _NOON})
            self.is_bare = True


def read_times(text: str, part_of_day: str) -> Times:
    """Return `(start, end)` of a time or range; `end` is None for a single time.

    `part_of_day` ("evening", or "") resolves times without am or pm. Raises `AmbiguousTimes` if several are possible,
    and `Unreadable` if none is.
    """
    without_half = _HALF_OF_24_HOURS.sub(r"\1", text.lower())
    written = [_WrittenTime(match) for match in _TIME_PATTERN.finditer(without_half)]
    try:
        if without_half != text.lower():
            raise Unreadable
        return _certain_times(written, part_of_day)
    except Unreadable:
        possible = _possible_times(written, part_of_day)
        if not possible:
            raise
        raise AmbiguousTimes(f"“{text}”: {_question(possible)}", possible) from None


def _certain_times(written: list["_WrittenTime"], part_of_day: str) -> Times:
    # To many people 12am is noon. It is midnight only where the other end is in the morning too.
    if any(each.is_twelve and each.half == "am" for each in written) and not _is_morning(written):
        raise Unreadable
    start = written[0]
    if len(written) == 1:
        return _time(_single_start(start, part_of_day)), None
    end = written[1]
    for time, other in ((start, end), (end, start)):
        if time.is_bare and other.may_be_24_hour:
            time.minutes, time.is_bare = [time.as_written], False
    first, last = _pair(start, end, part_of_day)
    if not first < last or not _fits(first, part_of_day):
        raise Unreadable
    return _time(first), _time(last)


def _possible_times(written: list["_WrittenTime"], part_of_day: str) -> list[str]:
    """Return what a time or range may mean, each written out, with the likelier first."""
    options = [
        sorted({each.minutes[0] % _NOON, each.minutes[0] % _NOON + _NOON}) if each.may_be_either else each.minutes
        for each in written
    ]
    if len(options) == 1:
        starts = [start for start in options[0] if _fits(start, part_of_day)]
        starts = [start for start in starts if start >= _NIGHT_ENDS] or starts
        return [format_time(_time(start)) for start in sorted(starts, key=_is_unlikely)]
    pairs = [pair for pair in product(*options) if pair[0] < pair[1] and _fits(pair[0], part_of_day)]
    short = [pair for pair in pairs if pair[1] - pair[0] <= _LONGEST_LIKELY] or pairs
    short = [pair for pair in short if pair[0] >= _NIGHT_ENDS] or short
    texts = [
        format_time_range(_time(first), _time(last)) for first, last in sorted(short, key=lambda p: _is_unlikely(p[0]))
    ]
    if written[1].is_twelve and _FIRST_EVENING <= options[0][-1] <= _LAST_LIKELY:
        texts.insert(0, f"{format_time(_time(options[0][-1]))} (until midnight)")
    if not pairs and all(len(minutes) == 1 for minutes in options):
        texts += [format_time_range(_time(options[1][0]), _time(options[0][0]))] * (options[1][0] < options[0][0])
    return texts


def _is_unlikely(start: int) -> bool:
    return not _FIRST_LIKELY <= start < _LAST_LIKELY


def _question(possible: list[str]) -> str:
    return f"{', or '.join(possible)}?"


#: The format in which form widgets render a time: 24-hour clock for every hour.
_FORM_VALUE = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::\d\d)?")


def read_time(text: str) -> datetime.time:
    """Return the single time of day that a text says: "6pm", "6.30 p.m.", "18:00", "noon".

    Raises `AmbiguousTime` where it could be morning or evening, "7" and "6.30", and `Unreadable` for all else.
    """
    if form_match := _FORM_VALUE.fullmatch(text.strip()):
        return datetime.time(int(form_match[1]), int(form_match[2]))
    match = _TIME_PATTERN.fullmatch(tidy(text).lower())
    if match is None:
        raise Unreadable
    written = _WrittenTime(match)
    if len(written.minutes) > 1:
        raise AmbiguousTime(at_twelve=0 in written.minutes)
    return _time(written.minutes[0])


def _is_morning(written: list[_WrittenTime]) -> bool:
    return len(written) == 2 and all(each.half == "am" for each in written)


def _single_start(start: _WrittenTime, part_of_day: str) -> int:
    possible = [minute for minute in start.minutes if _fits(minute, part_of_day)]
    if len(possible) != 1:
        raise Unreadable
    return possible[0]


def _pair(start: _WrittenTime, end: _WrittenTime, part_of_day: str) -> tuple[int, int]:
    if start.is_bare and end.is_bare:
        first = _single_start(start, part_of_day)
        last = _first_after(first, end)
        if last - first > _LONGEST_UNMARKED_RANGE:
            raise Unreadable
        return first, last
    if start.is_bare:
        return _start_before(end, start), end.minutes[0]
    if (start.has_a_zero and end.half == "pm") or (end.has_a_zero and start.half):
        # "07.00-09.00pm" is the evening to some, and fourteen hours to others.
        raise Unreadable
    return start.minutes[0], _first_after(start.minutes[0], end)


def _start_before(end: _WrittenTime, start: _WrittenTime) -> int:
    """ "7-9pm" is 7pm; "10-1pm" can only be 10am. "6-12pm" may end at noon or at midnight."""
    last = end.minutes[0]
    if end.is_twelve and last == _NOON:
        raise Unreadable
    same_half = start.minutes[0 if end.half == "am" else 1]
    other_half = start.minutes[1 if end.half == "am" else 0]
    if same_half < last:
        return same_half
    if other_half < last and other_half >= _FIRST_SURE_MORNING:
        return other_half
    raise Unreadable


def _first_after(first: int, end: _WrittenTime) -> int:
    """ "7pm-9" is 9pm, "10am-12" noon."""
    return next((minute for minute in end.minutes if minute > first), 0)


def _fits(minute: int, part_of_day: str) -> bool:
    earliest, latest = _PARTS.get(part_of_day, (0, _DAY))
    return earliest <= minute < latest


def _time(minutes: int) -> datetime.time:
    return datetime.time(*divmod(minutes, 60))
