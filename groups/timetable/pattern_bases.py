"""What the kinds of pattern share: limits, exceptions and times, with their words; the days of a month."""

import calendar
import datetime
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from common.dates import format_date, format_time_range

from ..choices import Frequency, Month, Weekday
from .sentences import ASK_FOR_THE_TIME, listed

#: The parts of an iCalendar RRULE by name, as RFC 5545 writes them: `{"FREQ": "WEEKLY", "BYDAY": ["MO"]}`.
Recurrence = Mapping[str, str | int | list[str] | list[int]]


@dataclass(frozen=True, kw_only=True)
class AnyPattern(ABC):
    """What every kind has. Times are wall-clock Europe/London; None means unknown.

    `term_time_only` removes no dates: term dates are not known.
    """

    frequency: ClassVar[Frequency]
    #: Whether the kind has dates: not if it is to be agreed or asked for.
    is_regular: ClassVar[bool] = True

    starts_at: datetime.time | None = None
    ends_at: datetime.time | None = None
    first_date: datetime.date | None = None
    last_date: datetime.date | None = None
    skips_bank_holidays: bool = False
    months_off: tuple[int, ...] = ()
    term_time_only: bool = False

    @property
    def sentence(self) -> str:
        """The pattern as a plain sentence: "Every second Thursday, 6.30pm to 8pm, not on bank holidays."."""
        return self.sentence_on(None)

    @property
    def has_known_dates(self) -> bool:
        """Whether its dates can be computed."""
        return self.is_regular

    @property
    def weekdays(self) -> tuple[Weekday, ...]:
        """The weekdays that its dates fall on, in order; () if it has no dates, or they move through the week."""
        return ()

    @property
    def how_often(self) -> str:
        """How often it is on its weekdays, in short: "first of the month"; "" for every week."""
        return ""

    @property
    def recurrence(self) -> Recurrence:
        """Its recurrence rule without an end; {} if it has no dates."""
        return {}

    def is_over(self, today: datetime.date) -> bool:
        """Return whether its last date is past."""
        return self.last_date is not None and self.last_date < today

    def falls_on(self, day: datetime.date) -> bool:
        return next(self.dates(day, day), None) is not None

    @abstractmethod
    def sentence_on(self, today: datetime.date | None) -> str:
        """Return the sentence for a day, without a first date that is past; with None, the first date is included."""

    @abstractmethod
    def dates(self, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
        """Yield its dates in a range, both days included, in order. Bank holidays are included; `Slot` skips them."""


class RegularPattern(AnyPattern):
    """A kind with dates, which are those of `_dates_without_limits` within its first and last date and its months."""

    def dates(self, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
        if not self.has_known_dates:
            return iter(())
        first = max(first, self.first_date) if self.first_date else first
        last = min(last, self.last_date) if self.last_date else last
        days = self._dates_without_limits(first, last)
        if not self.months_off:
            return days
        return (day for day in days if day.month not in self.months_off)

    @property
    def recurrence(self) -> Recurrence:
        if not self.months_off:
            return self._rule()
        return {**self._rule(), "BYMONTH": [month.value for month in Month if month not in self.months_off]}

    def sentence_on(self, today: datetime.date | None) -> str:
        return self.sentence_of(self._days_in_words(), today)

    def sentence_of(self, days: str, today: datetime.date | None) -> str:
        """Return the sentence for a day, with its days in the given words: "Every day"."""
        parts = [
            f"{days}{self._from_and_until(today)}",
            self._exception_in_words(),
            format_time_range(self.starts_at, self.ends_at),
        ]
        if self.months_off:
            parts.append(f"not in {listed([Month(month).label for month in self.months_off], 'or')}")
        if self.skips_bank_holidays:
            parts.append("not on bank holidays")
        if self.term_time_only:
            parts.append("in term time only")
        text = ", ".join(filter(None, parts))
        return f"{text}. {ASK_FOR_THE_TIME}" if self.starts_at is None else f"{text}."

    def _from_and_until(self, today: datetime.date | None) -> str:
        first, last = self.first_date, self.last_date
        shown_first = first if first and (today is None or first > today) else None
        return (f" from {format_date(shown_first)}" if shown_first else "") + (
            f" until {format_date(last)}" if last else ""
        )

    def _exception_in_words(self) -> str:
        """Return the condition on which a date of it takes place, or ""."""
        return ""

    @abstractmethod
    def _days_in_words(self) -> str:
        """Return its days with their frequency: "Every second Thursday"."""

    @abstractmethod
    def _dates_without_limits(self, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]: ...

    @abstractmethod
    def _rule(self) -> Recurrence:
        """Return its recurrence rule, in a year without months off."""


class MonthlyPattern(RegularPattern):
    """The same days in every month that has them."""

    def _dates_without_limits(self, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
        year, month = first.year, first.month
        while (year, month) <= (last.year, last.month):
            for number in self._days_of_month(*calendar.monthrange(year, month)):
                day = datetime.date(year, month, number)
                if first <= day <= last:
                    yield day
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)

    @abstractmethod
    def _days_of_month(self, first_weekday: int, length: int) -> Iterable[int]:
        """Return its days, in order, in a month given by its number of days and its first weekday."""


class UndatedPattern(AnyPattern):
    """A kind without dates."""

    is_regular = False

    def dates(self, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
        return iter(())
