"""Patterns from what people write: "1st & 3rd Tues, 7-9pm". What is not certain is not read: never a guess."""

import datetime
import re
from dataclasses import dataclass, field, replace

from ..choices import Frequency, Weekday
from . import lexicon, words
from .clock_reading import Unreadable, read_times
from .patterns import Pattern

_FIXED = {
    words.ASK: Pattern(Frequency.ASK),
    words.TO_BE_AGREED: Pattern(Frequency.TO_BE_AGREED),
}


def parse(sentence: str) -> tuple[Pattern, ...]:
    """The patterns that a sentence says; none if any of it cannot be read, or can be read in more ways than one.

    "Alternate Saturdays" is read as every second Saturday without a first date: the pattern `needs_a_date`, and has
    no meetings until somebody gives one of the Saturdays. "7-9" is not read: nobody said morning or evening. A day
    alone is every week, which is what it means where a schedule is asked for.
    """
    if sentence.strip() in _FIXED:
        return (_FIXED[sentence.strip()],)
    try:
        return _Reader(lexicon.tidy(sentence)).patterns()
    except Unreadable:
        return ()


@dataclass
class _Clause:
    """What is said together of some days: "1st and 3rd Tuesday of the month, 7pm to 9pm"."""

    ordinals: list[str] = field(default_factory=list)
    weekdays: list[int] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    part_of_day: str = ""
    interval: int = 0
    is_weekly: bool = False
    is_monthly: bool = False
    says_every: bool = False
    every_second: bool = False

    @property
    def says_how_often(self) -> bool:
        return bool(self.ordinals or self.interval or self.is_weekly or self.says_every or self.every_second)


class _Reader:
    """Reads a sentence from left to right. Every word must be understood."""

    def __init__(self, text: str) -> None:
        self.clauses = [_Clause()]
        self.months_off: set[int] = set()
        self.skips_bank_holidays = self.only_mondays = self.term_time_only = False
        self.dates: dict[str, datetime.date] = {}
        place = 0
        while place < len(text):
            if text[place].isspace():
                place += 1
                continue
            place = self._read_one(text, place)

    def patterns(self) -> tuple[Pattern, ...]:
        clauses = [clause for clause in self.clauses if clause != _Clause()]
        if not clauses:
            raise Unreadable
        if len(clauses) > 1:
            self._must_stand_alone(clauses)
        if self.only_mondays and any(set(clause.weekdays) != {Weekday.MONDAY} for clause in clauses):
            raise Unreadable
        return tuple(
            self._complete(pattern, clause, text)
            for clause in clauses
            for pattern in _days(clause)
            for text in clause.times or [""]
        )

    def _must_stand_alone(self, clauses: list[_Clause]) -> None:
        """Of several clauses each must say its own time, or none; and how often, if one is not simply weekly."""
        if len({bool(clause.times) for clause in clauses}) > 1 or self.term_time_only:
            raise Unreadable
        if any(clause.interval or clause.is_monthly for clause in clauses) and not all(
            clause.says_how_often for clause in clauses
        ):
            raise Unreadable
        # "Thursday 3rd of each month" is one thing badly said, not two.
        if any(not clause.weekdays for clause in clauses):
            raise Unreadable

    def _complete(self, pattern: Pattern, clause: _Clause, times: str) -> Pattern:
        starts_at, ends_at = read_times(times, clause.part_of_day) if times else (None, None)
        first, last = self.dates.get("first"), self.dates.get("last")
        if first and last and last < first:
            raise Unreadable
        return replace(
            pattern,
            starts_at=starts_at,
            ends_at=ends_at,
            first_date=first,
            last_date=last,
            skips_bank_holidays=self.skips_bank_holidays,
            months_off=tuple(sorted(self.months_off)),
            term_time_only=self.term_time_only,
        )

    def _read_one(self, text: str, place: int) -> int:
        """Read what stands at a place, and say where the rest begins."""
        for name, pattern in lexicon.TOKENS:
            found = pattern.match(text, place)
            if found:
                getattr(self, f"_{name}", lambda said: None)(found)
                return found.end()
        raise Unreadable

    @property
    def _clause(self) -> _Clause:
        return self.clauses[-1]

    def _days_begin(self) -> _Clause:
        """The clause that days belong to: a new one, if the last has its days or its time."""
        if self._clause.weekdays or (self._clause.ordinals and self._clause.times):
            self.clauses.append(_Clause())
        return self._clause

    # One for each token of the lexicon that says something.

    def _off(self, said: re.Match) -> None:
        self.skips_bank_holidays |= " hol" in said[0]
        self.only_mondays |= " mon" in said[0].replace("month of", "")  # "Except bank holiday Mondays".
        months = re.findall(lexicon.MONTH, re.sub(r"month of", "", said[0]))
        self.months_off |= {lexicon.MONTHS[month.rstrip(".")] for month in months}
        if len(self.months_off) == 12:
            raise Unreadable

    def _term_time(self, said: re.Match) -> None:
        self.term_time_only = True

    def _first_date(self, said: re.Match) -> None:
        self._date("first", said[0])

    def _last_date(self, said: re.Match) -> None:
        self._date("last", said[0])

    def _date(self, which: str, said: str) -> None:
        number, month, year = re.search(rf"(\d{{1,2}})\D*?({lexicon.MONTH}),?\s+(\d{{4}})$", said).groups()
        try:
            day = datetime.date(int(year), lexicon.MONTHS[month.rstrip(".")], int(number))
        except ValueError:
            raise Unreadable from None
        weekday = re.search(lexicon.DAY, said[: said.index(number)])
        if which in self.dates or (weekday and _weekday(weekday[0]) != day.weekday()):
            raise Unreadable
        self.dates[which] = day

    def _times(self, said: re.Match) -> None:
        self._clause.times.append(said[0])

    _time = _times

    def _interval(self, said: re.Match) -> None:
        number = re.search(r"every\s+(\w+)\s+weeks", said[0])
        weeks = 2 if number is None else lexicon.NUMBERS.get(number[1]) or int(number[1])
        # After "every other" come the days it is about, unless it is "week"; "fortnightly" may stand before or after.
        rest = said.string[said.end() :].lstrip()
        days_follow = re.search(r"(?:other|alternate|alternating)$", said[0]) and not rest.startswith("week")
        clause = self._days_begin() if days_follow else self._clause
        if clause.interval or not 2 <= weeks <= 12:
            raise Unreadable
        clause.interval = weeks

    def _weeks(self, said: re.Match) -> None:
        # Only as the end of "alternate weeks" and "every other week".
        if self._clause.interval != 2:
            raise Unreadable

    def _every_second(self, said: re.Match) -> None:
        self._days_begin().every_second = True

    def _weekly(self, said: re.Match) -> None:
        self._clause.is_weekly = True

    def _monthly(self, said: re.Match) -> None:
        self._clause.is_monthly = True

    def _every(self, said: re.Match) -> None:
        self._days_begin().says_every = True

    def _ordinals(self, said: re.Match) -> None:
        clause = self._days_begin()
        if clause.ordinals:
            raise Unreadable
        clause.ordinals = re.findall(r"\b(first|second|third|fourth|fifth|last|\d{1,2})(?:st|nd|rd|th)?\b", said[0])
        clause.says_every |= said["every"] is not None

    def _weekdays(self, said: re.Match) -> None:
        self._days_begin().weekdays = [_weekday(name) for name in re.findall(lexicon.DAY, said[0])]

    def _day_range(self, said: re.Match) -> None:
        first, last = (_weekday(name) for name in re.findall(lexicon.DAY, said[0]))
        if first >= last:
            raise Unreadable
        self._whole_days(range(first, last + 1))

    def _all_days(self, said: re.Match) -> None:
        self._whole_days(range(7))

    def _workdays(self, said: re.Match) -> None:
        self._whole_days(range(5))

    def _whole_days(self, days: range) -> None:
        self._days_begin().weekdays = list(days)

    def _part_of_day(self, said: re.Match) -> None:
        if self._clause.part_of_day:
            raise Unreadable
        self._clause.part_of_day = said[0].rstrip("s")


def _days(clause: _Clause) -> list[Pattern]:
    """The patterns that a clause's days make, their times still to come."""
    weekdays = [Weekday(day) for day in dict.fromkeys(clause.weekdays)]
    numbers = [lexicon.ORDINALS.get(one) or int(one) for one in clause.ordinals]
    interval = clause.interval
    if clause.every_second:
        if numbers or interval:
            raise Unreadable
        # "Every second Tuesday of the month" is the second; "every second Tuesday" is every other.
        numbers, interval = ([2], 0) if clause.is_monthly else ([], 2)
    if numbers and not weekdays:
        return _dates_of_month(clause, numbers)
    if numbers:
        return _weekday_of_month(clause, numbers, weekdays)
    if not weekdays or clause.is_monthly or (interval and (clause.is_weekly or len(weekdays) > 1)):
        raise Unreadable
    return [Pattern(Frequency.WEEKLY, interval=interval or 1, weekday=day) for day in weekdays]


def _dates_of_month(clause: _Clause, numbers: list[int]) -> list[Pattern]:
    if not clause.is_monthly or clause.interval or clause.is_weekly or clause.every_second:
        raise Unreadable
    if any(not one[0].isdigit() for one in clause.ordinals) or not all(1 <= number <= 31 for number in numbers):
        raise Unreadable
    return [Pattern(Frequency.MONTHLY_BY_DATE, day_of_month=number) for number in dict.fromkeys(numbers)]


def _weekday_of_month(clause: _Clause, numbers: list[int], weekdays: list[Weekday]) -> list[Pattern]:
    # "The first Monday and Thursday" may be the first of both, or every Thursday.
    if len(weekdays) > 1 or clause.interval or clause.is_weekly or not set(numbers) <= set(words.ORDINALS):
        raise Unreadable
    # "Every third Monday" is the third of the month to some, and every three weeks to others.
    if clause.says_every and not clause.is_monthly and len(numbers) == 1 and numbers[0] in (3, 4, 5):
        raise Unreadable
    ordinals = tuple(sorted(set(numbers), key=list(words.ORDINALS).index))
    return [Pattern(Frequency.MONTHLY_BY_WEEKDAY, weekday=weekdays[0], ordinals=ordinals)]


def _weekday(name: str) -> int:
    letters = name.rstrip(".").replace("'", "")
    return lexicon.WEEKDAYS.get(letters) if letters in lexicon.WEEKDAYS else lexicon.WEEKDAYS[letters.removesuffix("s")]
