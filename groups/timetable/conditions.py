"""Conditions that apply to every pattern of a sentence: first and last date, months, bank holidays, term time."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ..choices import Weekday
from . import lexicon
from .clauses import Clause
from .clock_reading import Unreadable
from .patterns import Pattern


def date_in(text: str) -> datetime.date | None:
    """Return the date at the end of lower-case text, "tuesday 5 january 2027"; None if there is none on that day."""
    match = re.search(rf"(\d{{1,2}})\D*?({lexicon.MONTH}),?\s+(\d{{4}})$", text)
    if match is None:
        return None
    number, month, year = match.groups()
    try:
        date = datetime.date(int(year), lexicon.MONTHS[month.rstrip(".")], int(number))
    except ValueError:
        return None
    weekday = re.search(lexicon.DAY, text[: text.index(number)])
    return date if weekday is None or lexicon.weekday_of(weekday[0]) == date.weekday() else None


@dataclass
class Conditions:
    """The dates, months and exceptions of a sentence, collected while it is read."""

    months_off: set[int] = field(default_factory=set)
    dates: dict[str, datetime.date] = field(default_factory=dict)
    term_time_only: bool = False
    skips_bank_holidays: bool = False
    only_mondays: bool = False
    is_quarterly: bool = False
    #: Whether the first date is the beginning of a range, "from 1 April to 30 June", which may be any day of the week.
    is_range: bool = False
    #: How many weeks a course lasts; 0 for what is no course.
    weeks: int = 0
    #: Whether the first date came from "next meeting": without an interval it would be taken for a start.
    has_next_date: bool = False

    def add_exception(self, text: str) -> None:
        """Add an exception from lower-case text: "except August and bank holidays"."""
        text = text.replace("month of", "")
        self.skips_bank_holidays |= " hol" in text
        self.only_mondays |= " mon" in text  # "Except bank holiday Mondays".
        self._exclude_months(lexicon.months_in(text))

    def restrict_to_months(self, text: str) -> None:
        """Restrict the dates to the months in lower-case text, "from March to October", or raise `Unreadable`."""
        months = lexicon.months_in(text)
        if text.startswith("between") or re.search(r"-|\b(?:to|until|till?|through|thru)\b", text):
            first, last = months
            months_on = {(first - 1 + number) % 12 + 1 for number in range((last - first) % 12 + 1)}
        else:
            months_on = set(months)
        # In one month a year it may be one date, or this year's only.
        if self.months_off or len(months_on) < 2:
            raise Unreadable
        self._exclude_months(set(range(1, 13)) - months_on)

    def set_date(self, which: str, text: str) -> None:
        """Set the "first" or "last" date from lower-case text. Raises `Unreadable` if the date or weekday is wrong."""
        day = date_in(text)
        if which in self.dates or day is None:
            raise Unreadable
        self.dates[which] = day

    def set_weeks(self, weeks: int) -> None:
        """Set the number of weeks of a course."""
        if self.weeks or not 2 <= weeks <= 52:
            raise Unreadable
        self.weeks = weeks

    def validate(self, clauses: list[Clause]) -> None:
        """Raise `Unreadable` if a condition contradicts the clauses or another condition."""
        first, last = self.dates.get("first"), self.dates.get("last")
        if (
            (first and last and last < first)
            or (self.is_range and first and any(c.interval > 1 and c.weekdays != [first.weekday()] for c in clauses))
            or (self.only_mondays and any(set(clause.weekdays) != {Weekday.MONDAY} for clause in clauses))
            or (self.is_quarterly and len(self.months_off) != 8)
            or (self.has_next_date and not all(clause.interval for clause in clauses))
        ):
            raise Unreadable
        if self.weeks:
            self._end_course(clauses)

    def _end_course(self, clauses: list[Clause]) -> None:
        """Set the last date of a weekly course on one day, whose first date is on that day; or raise `Unreadable`."""
        first = self.dates.get("first")
        days = {day for clause in clauses for day in clause.weekdays}
        if first is None or "last" in self.dates or days != {first.weekday()} or self.months_off:
            raise Unreadable
        if (
            self.term_time_only
            or self.skips_bank_holidays
            or any(clause.interval or clause.ordinals or clause.is_monthly for clause in clauses)
        ):
            # Its last date moves by each week that it misses.
            raise Unreadable
        self.dates["last"] = first + datetime.timedelta(weeks=self.weeks - 1)

    def apply_to(self, pattern: Pattern) -> Pattern:
        first = self.dates.get("first")
        if first and self.is_range and pattern.weekdays:
            first += datetime.timedelta((pattern.weekdays[0] - first.weekday()) % 7)
        return replace(
            pattern,
            first_date=first,
            last_date=self.dates.get("last"),
            skips_bank_holidays=self.skips_bank_holidays,
            months_off=tuple(sorted(self.months_off)),
            term_time_only=self.term_time_only,
        )

    def _exclude_months(self, months: Iterable[int]) -> None:
        self.months_off |= set(months)
        if len(self.months_off) == 12:
            raise Unreadable
