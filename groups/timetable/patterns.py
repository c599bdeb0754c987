"""The kinds of regular pattern. Dates are plain arithmetic: no rule engine, so that every group can be computed fast.

A kind is one class, with its dates, its weekdays, its words and its recurrence rule; a field is named like the column
that stores it. `Pattern` is the union of them. Search, printed lists, calendars, forms and spreadsheets ask the class.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import TypeGuard, get_args

from ..choices import Frequency, Weekday
from .pattern_bases import MonthlyPattern, Recurrence, RegularPattern, UndatedPattern
from .sentences import ASK, ORDINALS, TO_BE_AGREED, day_ordinal, listed

#: The ordinal of the last weekday, and the number of the last day, of a month.
LAST = -1
#: The weekdays as recurrence rules name them.
_IN_RULES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Weekly(RegularPattern):
    """Every week on a day, or every few weeks, which are counted from `first_date`: it must be a meeting day."""

    frequency = Frequency.WEEKLY

    weekday: Weekday
    interval: int = 1

    @property
    def has_known_dates(self) -> bool:
        return self.interval == 1 or self.first_date is not None

    @property
    def weekdays(self) -> tuple[Weekday, ...]:
        return (self.weekday,)

    @property
    def how_often(self) -> str:
        return f"every {self.interval} weeks" if self.interval > 1 else ""

    def _dates_without_limits(self, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
        step = 7 * self.interval
        start = _on_or_after(first, self.weekday)
        if self.first_date is not None:
            anchor = _on_or_after(self.first_date, self.weekday)
            start = anchor + max(0, -(-(first.toordinal() - anchor) // step)) * step
        return map(datetime.date.fromordinal, range(start, last.toordinal() + 1, step))

    def _days_in_words(self) -> str:
        if self.interval > 2:
            # Not "every third Monday": many people read that as the third Monday of the month.
            return f"Every {self.interval} weeks on a {self.weekday.label}"
        return f"Every second {self.weekday.label}" if self.interval == 2 else f"Every {self.weekday.label}"

    def _rule(self) -> Recurrence:
        return {"FREQ": "WEEKLY", "INTERVAL": self.interval, "BYDAY": _IN_RULES[self.weekday]}


@dataclass(frozen=True)
class MonthlyByWeekday(MonthlyPattern):
    """On the first, third, … or last such weekday of each month. Months without a fifth one are skipped."""

    frequency = Frequency.MONTHLY_BY_WEEKDAY

    weekday: Weekday
    #: The keys of `sentences.ORDINALS`.
    ordinals: tuple[int, ...]

    @property
    def weekdays(self) -> tuple[Weekday, ...]:
        return (self.weekday,)

    @property
    def how_often(self) -> str:
        return f"{self._ordinals_in_words()} of the month"

    def _days_of_month(self, first_weekday: int, length: int) -> Iterable[int]:
        first_day = 1 + (self.weekday - first_weekday) % 7
        last_day = first_day + (length - first_day) // 7 * 7
        if len(self.ordinals) == 1:
            ordinal = self.ordinals[0]
            day = last_day if ordinal == LAST else first_day + 7 * (ordinal - 1)
            return [day] if day <= length else []
        days = {last_day if ordinal == LAST else first_day + 7 * (ordinal - 1) for ordinal in self.ordinals}
        return sorted(day for day in days if day <= length)

    def _days_in_words(self) -> str:
        return f"The {self._ordinals_in_words()} {self.weekday.label} of the month"

    def _ordinals_in_words(self) -> str:
        return listed([ORDINALS[ordinal] for ordinal in self.ordinals])

    def _exception_in_words(self) -> str:
        return "if there is a fifth" if 5 in self.ordinals else ""

    def _rule(self) -> Recurrence:
        return {"FREQ": "MONTHLY", "BYDAY": [f"{ordinal}{_IN_RULES[self.weekday]}" for ordinal in self.ordinals]}


@dataclass(frozen=True)
class MonthlyByDate(MonthlyPattern):
    """On a day of each month, or on its last. Months without a 31st are skipped."""

    frequency = Frequency.MONTHLY_BY_DATE

    #: From 1 to 31; -1 is the last day, as in recurrence rules.
    day_of_month: int

    def _days_of_month(self, first_weekday: int, length: int) -> Iterable[int]:
        if self.day_of_month == LAST:
            return (length,)
        return (self.day_of_month,) if self.day_of_month <= length else ()

    def _days_in_words(self) -> str:
        if self.day_of_month == LAST:
            return "The last day of every month"
        that_has_one = " that has one" if self.day_of_month > 28 else ""
        return f"The {day_ordinal(self.day_of_month)} of every month{that_has_one}"

    def _rule(self) -> Recurrence:
        return {"FREQ": "MONTHLY", "BYMONTHDAY": self.day_of_month}


@dataclass(frozen=True)
class ToBeAgreed(UndatedPattern):
    """For the members to agree."""

    frequency = Frequency.TO_BE_AGREED

    def sentence_on(self, today: datetime.date | None) -> str:
        return TO_BE_AGREED


@dataclass(frozen=True)
class Ask(UndatedPattern):
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
    return isinstance(pattern, Weekly) and not pattern.has_known_dates


def _on_or_after(day: datetime.date, weekday: int) -> int:
    """Return the ordinal (days) of the first such weekday on or after a day."""
    return day.toordinal() + (weekday - day.weekday()) % 7
