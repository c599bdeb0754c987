"""One regular pattern, and its dates by plain arithmetic: no rule engine, so that a whole country's are quick."""

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from ..choices import Frequency, Weekday
from . import sentences

REGULAR = (Frequency.WEEKLY, Frequency.MONTHLY_BY_WEEKDAY, Frequency.MONTHLY_BY_DATE)


@dataclass(frozen=True)
class Pattern:
    """One regular pattern of meetings. Times are wall-clock Europe/London; None is "nobody has told us".

    Every second week or rarer is counted from the first date, which is a day on which it meets. A fifth Monday or a
    31st is left out of the months that have none. Term time takes no date away: nobody knows every school's dates.
    """

    frequency: Frequency
    interval: int = 1
    weekday: Weekday | None = None
    ordinals: tuple[int, ...] = ()
    day_of_month: int | None = None
    starts_at: datetime.time | None = None
    ends_at: datetime.time | None = None
    first_date: datetime.date | None = None
    last_date: datetime.date | None = None
    skips_bank_holidays: bool = False
    months_off: tuple[int, ...] = ()
    term_time_only: bool = False

    @property
    def sentence(self) -> str:
        """The whole pattern in one plain sentence: "Every second Thursday, 6.30pm to 8pm, not on bank holidays."."""
        return sentences.sentence(self)

    def sentence_on(self, today: datetime.date) -> str:
        """The pattern as it is said on a day: without a first date that is past."""
        return sentences.sentence(self, today)

    @property
    def is_regular(self) -> bool:
        """Whether it has dates at all: not if it is to be agreed, or to be asked for."""
        return self.frequency in REGULAR

    @property
    def needs_a_date(self) -> bool:
        """Whether nobody can know which weeks are meant: "alternate Saturdays", without one of the Saturdays."""
        return self.frequency == Frequency.WEEKLY and self.interval > 1 and self.first_date is None

    def is_over(self, today: datetime.date) -> bool:
        """Whether its last day is past."""
        return self.last_date is not None and self.last_date < today

    def dates(self, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
        """Its days from one day to another, both included, in order. Bank holidays are not left out here."""
        if not self.is_regular or self.needs_a_date:
            return iter(())
        first = max(first, self.first_date) if self.first_date else first
        last = min(last, self.last_date) if self.last_date else last
        days = self._weekly(first, last) if self.frequency == Frequency.WEEKLY else self._monthly(first, last)
        if not self.months_off:
            return days
        return (day for day in days if day.month not in self.months_off)

    def falls_on(self, day: datetime.date) -> bool:
        return next(self.dates(day, day), None) is not None

    def _weekly(self, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
        step = 7 * self.interval
        start = _on_or_after(first, self.weekday)
        if self.interval > 1:
            anchor = _on_or_after(self.first_date, self.weekday)
            start = anchor + max(0, -(-(first.toordinal() - anchor) // step)) * step
        return map(datetime.date.fromordinal, range(start, last.toordinal() + 1, step))

    def _monthly(self, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
        by_weekday = self.frequency == Frequency.MONTHLY_BY_WEEKDAY
        year, month = first.year, first.month
        while (year, month) <= (last.year, last.month):
            first_weekday, length = calendar.monthrange(year, month)
            if by_weekday:
                days = self._days_by_weekday(first_weekday, length)
            else:
                days = [self.day_of_month] if self.day_of_month <= length else []
            for number in days:
                day = datetime.date(year, month, number)
                if first <= day <= last:
                    yield day
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)

    def _days_by_weekday(self, first_weekday: int, length: int) -> list[int]:
        one = 1 + (self.weekday - first_weekday) % 7
        last = one + (length - one) // 7 * 7
        if len(self.ordinals) == 1:
            ordinal = self.ordinals[0]
            day = last if ordinal == -1 else one + 7 * (ordinal - 1)
            return [day] if day <= length else []
        days = {last if ordinal == -1 else one + 7 * (ordinal - 1) for ordinal in self.ordinals}
        return sorted(day for day in days if day <= length)


def _on_or_after(day: datetime.date, weekday: int) -> int:
    """The first such weekday that is not before a day, as a number of days."""
    return day.toordinal() + (weekday - day.weekday()) % 7
