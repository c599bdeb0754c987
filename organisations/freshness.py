"""Freshness of a listing, computed from the date of its last check and today's."""

import datetime
from dataclasses import dataclass
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from .choices import Freshness

#: Months since the last check after which a listing is due, overdue, lapsed.
DUE_AFTER, OVERDUE_AFTER, LAPSED_AFTER = 6, 9, 15


@dataclass(frozen=True)
class Checked:
    """The freshness of a listing, with a label and a sentence for visitors."""

    value: Freshness
    checked_on: datetime.date | None

    @property
    def label(self) -> str:
        return self.value.label

    @property
    def in_short(self) -> str:
        """The freshness in a few words, to stand at the end of a line: "checked in November"."""
        if self.checked_on is None:
            return "not yet checked"
        if self.value == Freshness.FRESH:
            return f"checked in {self.checked_on:%B}"
        return f"not checked since {self.checked_on:%B %Y}"

    @property
    def sentence(self) -> str:
        return self.when if self.value == Freshness.FRESH else f"{self.when} Please ask before you travel."

    @property
    def when(self) -> str:
        """Return the sentence without the advice to ask before travelling."""
        if self.checked_on is None:
            return "Nobody has checked this listing yet."
        day = f"{self.checked_on.day} {self.checked_on:%B %Y}"
        return f"Checked on {day}." if self.value == Freshness.FRESH else f"Last checked on {day}."


@lru_cache(maxsize=2048)
def freshness(checked_on: datetime.date | None, today: datetime.date) -> Checked:
    """Return the freshness on a day of a listing last checked on `checked_on` (None: never)."""
    if checked_on is None:
        return Checked(Freshness.UNCHECKED, None)
    for months, value in (
        (LAPSED_AFTER, Freshness.LAPSED),
        (OVERDUE_AFTER, Freshness.OVERDUE),
        (DUE_AFTER, Freshness.DUE),
    ):
        if checked_on < cutoff(months, today):
            return Checked(value, checked_on)
    return Checked(Freshness.FRESH, checked_on)


@lru_cache(maxsize=16)
def cutoff(months: int, today: datetime.date) -> datetime.date:
    """Return the date `months` before today; checks before it are older than that."""
    day: datetime.date = today - relativedelta(months=months)
    return day


def days_of_change(checked_on: datetime.date) -> list[datetime.date]:
    """Return the days from which a listing last checked on `checked_on` is less fresh."""
    # A month may be shorter than the one before, so the day is looked for from the shortest on.
    return [
        next(day for day in (start + datetime.timedelta(days=n) for n in range(5)) if cutoff(months, day) > checked_on)
        for months in (DUE_AFTER, OVERDUE_AFTER, LAPSED_AFTER)
        for start in [checked_on + relativedelta(months=months)]
    ]
