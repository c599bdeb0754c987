"""The kinds of regular pattern. Dates are plain arithmetic: no rule engine, so that every group can be computed fast.

A kind is one class: its dates and its words. `Pattern` is the union of them, so that mypy names every other place that
must answer for a new one: each is a `match` that ends in `assert_never`.
"""

import calendar
import datetime
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import ClassVar, TypeGuard, assert_never, get_args

from common.dates import format_date

from ..choices import Frequency, Month, Weekday
from .sentences import (
    ASK,
    ASK_FOR_THE_TIME,
    ORDINALS,
    TO_BE_AGREED,
    day_ordinal,
    format_time_range,
    listed,
)


@dataclass(frozen=True, kw_only=True)
class _AnyPattern(ABC):
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


class _Regular(_AnyPattern):
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


@dataclass(frozen=True)
class Weekly(_Regular):
    """Every week on a day, or every few weeks, which are counted from `first_date`: it must be a meeting day."""

    frequency = Frequency.WEEKLY

    weekday: Weekday
    interval: int = 1

    @property
    def has_known_dates(self) -> bool:
        return self.interval == 1 or self.first_date is not None

    def _dates_without_limits(self, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
        step = 7 * self.interval
        start = _on_or_after(first, self.weekday)
        if self.interval > 1 and self.first_date is not None:
            anchor = _on_or_after(self.first_date, self.weekday)
            start = anchor + max(0, -(-(first.toordinal() - anchor) // step)) * step
        return map(datetime.date.fromordinal, range(start, last.toordinal() + 1, step))

    def _days_in_words(self) -> str:
        if self.interval > 2:
            # Not "every third Monday": many people read that as the third Monday of the month.
            return f"Every {self.interval} weeks on a {self.weekday.label}"
        return f"Every second {self.weekday.label}" if self.interval == 2 else f"Every {self.weekday.label}"


class _Monthly(_Regular):
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
        """Return its days, in order, in a month with so many days that begins on such a weekday."""


@dataclass(frozen=True)
class MonthlyByWeekday(_Monthly):
    """On the first, third, … or last such weekday of each month. Months without a fifth one are skipped."""

    frequency = Frequency.MONTHLY_BY_WEEKDAY

    weekday: Weekday
    #: The keys of `sentences.ORDINALS`.
    ordinals: tuple[int, ...]

    def _days_of_month(self, first_weekday: int, length: int) -> Iterable[int]:
        first_day = 1 + (self.weekday - first_weekday) % 7
        last_day = first_day + (length - first_day) // 7 * 7
        if len(self.ordinals) == 1:
            ordinal = self.ordinals[0]
            day = last_day if ordinal == -1 else first_day + 7 * (ordinal - 1)
            return [day] if day <= length else []
        days = {last_day if ordinal == -1 else first_day + 7 * (ordinal - 1) for ordinal in self.ordinals}
        return sorted(day for day in days if day <= length)

    def _days_in_words(self) -> str:
        return f"The {listed([ORDINALS[ordinal] for ordinal in self.ordinals])} {self.weekday.label} of the month"

    def _exception_in_words(self) -> str:
        return "if there is a fifth" if 5 in self.ordinals else ""


@dataclass(frozen=True)
class MonthlyByDate(_Monthly):
    """On a day of each month. Months without a 31st are skipped."""

    frequency = Frequency.MONTHLY_BY_DATE

    day_of_month: int

    def _days_of_month(self, first_weekday: int, length: int) -> Iterable[int]:
        return (self.day_of_month,) if self.day_of_month <= length else ()

    def _days_in_words(self) -> str:
        that_has_one = " that has one" if self.day_of_month > 28 else ""
        return f"The {day_ordinal(self.day_of_month)} of every month{that_has_one}"


class _Undated(_AnyPattern):
    """A kind without dates."""

    is_regular = False

    def dates(self, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
        return iter(())


@dataclass(frozen=True)
class ToBeAgreed(_Undated):
    """For the members to agree."""

    frequency = Frequency.TO_BE_AGREED

    def sentence_on(self, today: datetime.date | None) -> str:
        return TO_BE_AGREED


@dataclass(frozen=True)
class Ask(_Undated):
    """For whoever wants to come to ask the organiser."""

    frequency = Frequency.ASK

    def sentence_on(self, today: datetime.date | None) -> str:
        return ASK


Pattern = Weekly | MonthlyByWeekday | MonthlyByDate | ToBeAgreed | Ask


#: Each kind by its frequency.
KINDS: dict[Frequency, type[Pattern]] = {kind.frequency: kind for kind in get_args(Pattern)}


def uses_column(frequency: Frequency, column: str) -> bool:
    """Return whether a kind uses a column of a schedule: the fields of its class are named like their columns."""
    return column in {field.name for field in fields(KINDS[frequency])}


def needs_a_date(pattern: Pattern) -> TypeGuard[Weekly]:
    """Return whether the weeks of a pattern are undetermined: an interval over one week, without a first date."""
    match pattern:
        case Weekly():
            return not pattern.has_known_dates
        case MonthlyByWeekday() | MonthlyByDate() | ToBeAgreed() | Ask():
            return False
    assert_never(pattern)


def _on_or_after(day: datetime.date, weekday: int) -> int:
    """Return the ordinal (days) of the first such weekday on or after a day."""
    return day.toordinal() + (weekday - day.weekday()) % 7
