"""What is said of all days of a sentence: from when, until when, in which months, not on bank holidays."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ..choices import Weekday
from . import lexicon
from .clauses import Clause
from .clock_reading import Unreadable
from .patterns import Pattern


@dataclass
class Conditions:
    """The dates, months and exceptions that a sentence names, for all its patterns."""

    months_off: set[int] = field(default_factory=set)
    dates: dict[str, datetime.date] = field(default_factory=dict)
    term_time_only: bool = False
    skips_bank_holidays: bool = False
    only_mondays: bool = False
    is_quarterly: bool = False
    #: Whether the first date is when it meets next. Of a group that meets every week it would say that it begins then.
    has_next_date: bool = False

    def leave_out(self, text: str) -> None:
        """Take in an exception, in small letters: "except August and bank holidays"."""
        text = text.replace("month of", "")
        self.skips_bank_holidays |= " hol" in text
        self.only_mondays |= " mon" in text  # "Except bank holiday Mondays".
        self._leave_out_months(lexicon.months_in(text))

    def keep_to_months(self, text: str) -> None:
        """Take in the months in which it meets, in small letters: "from March to October", "in July and August"."""
        months = lexicon.months_in(text)
        if re.match(r"(?:in|of|during)\b", text):
            on = set(months)
        else:
            first, last = months
            on = {(first - 1 + number) % 12 + 1 for number in range((last - first) % 12 + 1)}
        # In one month a year it may be one date, or this year's only.
        if self.months_off or len(on) < 2:
            raise Unreadable
        self._leave_out_months(set(range(1, 13)) - on)

    def set_date(self, which: str, text: str) -> None:
        """Take in the first or last date, in small letters, which must be a real one, and the weekday that it says."""
        number, month, year = re.search(rf"(\d{{1,2}})\D*?({lexicon.MONTH}),?\s+(\d{{4}})$", text).groups()
        try:
            day = datetime.date(int(year), lexicon.MONTHS[month.rstrip(".")], int(number))
        except ValueError:
            raise Unreadable from None
        weekday = re.search(lexicon.DAY, text[: text.index(number)])
        if which in self.dates or (weekday and lexicon.weekday_of(weekday[0]) != day.weekday()):
            raise Unreadable
        self.dates[which] = day

    def must_suit(self, clauses: list[Clause]) -> None:
        """Raise `Unreadable` where a condition makes no sense with the days, or with another condition."""
        first, last = self.dates.get("first"), self.dates.get("last")
        if (
            (first and last and last < first)
            or (self.only_mondays and any(set(clause.weekdays) != {Weekday.MONDAY} for clause in clauses))
            or (self.is_quarterly and len(self.months_off) != 8)
            or (self.has_next_date and not all(clause.interval for clause in clauses))
        ):
            raise Unreadable

    def applied_to(self, pattern: Pattern) -> Pattern:
        return replace(
            pattern,
            first_date=self.dates.get("first"),
            last_date=self.dates.get("last"),
            skips_bank_holidays=self.skips_bank_holidays,
            months_off=tuple(sorted(self.months_off)),
            term_time_only=self.term_time_only,
        )

    def _leave_out_months(self, months: Iterable[int]) -> None:
        self.months_off |= set(months)
        if len(self.months_off) == 12:
            raise Unreadable
