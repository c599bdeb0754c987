"""One regular pattern, and its dates by plain arithmetic: no rule engine, so that every group can be computed fast."""

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from ..choices import Frequency, Weekday
from . import sentences

REGULAR = (Frequency.WEEKLY, Frequency.MONTHLY_BY_WEEKDAY, Frequency.MONTHLY_BY_DATE)


@dataclass(frozen=True)
class Pattern:
    """One regular pattern of meetings. Times are wall-clock Europe/London; None means unknown.

    Intervals over one week are counted from `first_date`, which must be a meeting day. Months without a fifth Monday or
    a 31st are skipped. `term_time_only` removes no dates: term dates are not known.
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
        """The pattern as a plain sentence: "Every second Thursday, 6.30pm to 8pm, not on bank holidays."."""
        return sentences.sentence(self)

    def sentence_on(self, today: datetime.date) -> str:
        """Return the sentence for a day, without a first date that is past."""
        return sentences.sentence(self, today)

    @property
    def is_regular(self) -> bool:
        """Whether it has dates: not if it is to be agreed or asked for."""
        return self.frequency in REGULAR

    @property
    def needs_a_date(self) -> bool:
        """Whether its weeks are undetermined: an interval over one week, without a first date."""
        return self.frequency == Frequency.WEEKLY and self.interval > 1 and self.first_date is None

    def is_over(self, today: datetime.date) -> bool:
        """Return whether its last date is past."""
        return self.last_date is not None and self.last_date < today

    def dates(self, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
        """Yield its dates in a range, both days included, in order. Bank holidays are included; `Slot` skips them."""
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
        first_day = 1 + (self.weekday - first_weekday) % 7
        last_day = first_day + (length - first_day) // 7 * 7
        if len(self.ordinals) == 1:
            ordinal = self.ordinals[0]
            day = last_day if ordinal == -1 else first_day + 7 * (ordinal - 1)
            return [day] if day <= length else []
        days = {last_day if ordinal == -1 else first_day + 7 * (ordinal - 1) for ordinal in self.ordinals}
        return sorted(day for day in days if day <= length)


def _on_or_after(day: datetime.date, weekday: int) -> int:
    """Return the ordinal (days) of the first such weekday on or after a day."""
    return day.toordinal() + (weekday - day.weekday()) % 7
