"""Exceptions to a group's patterns (off, extra, moved, confirmed) and pauses of the whole group."""

import datetime
from collections.abc import Hashable
from dataclasses import dataclass

from ..choices import ChangeKind


@dataclass(frozen=True)
class Change:
    """One exception to the patterns. Times are wall-clock Europe/London.

    Off: on `date`, or only the meeting at `starts_at` if that is given. Off for a range: from `date` to `until`, both
    days included. Extra: a meeting on `date`. Moved: the meeting of `date` is on `new_date`, or at another time or
    venue; fields that are None keep the pattern's value. On: the meeting of `date`, or only the one at
    `starts_at` if that is given, takes place as usual: the group has confirmed that day.
    """

    kind: ChangeKind
    date: datetime.date
    until: datetime.date | None = None
    new_date: datetime.date | None = None
    starts_at: datetime.time | None = None
    ends_at: datetime.time | None = None
    venue: Hashable = None
    words: str = ""
    key: Hashable = None

    @property
    def last_day(self) -> datetime.date:
        """The last day affected: `until` for a range, else `date`."""
        return self.until if self.kind == ChangeKind.OFF_RANGE and self.until else self.date

    def cancels(self, day: datetime.date, starts_at: datetime.time | None) -> bool:
        """Return whether it cancels the regular meeting of `day` at `starts_at`."""
        if self.kind == ChangeKind.OFF_RANGE:
            return self.date <= day <= self.last_day
        return self.kind == ChangeKind.OFF and self._applies_to(day, starts_at)

    def confirms(self, day: datetime.date, starts_at: datetime.time | None) -> bool:
        """Return whether it confirms the regular meeting of `day` at `starts_at`."""
        return self.kind == ChangeKind.ON and self._applies_to(day, starts_at)

    def _applies_to(self, day: datetime.date, starts_at: datetime.time | None) -> bool:
        return day == self.date and self.starts_at in (None, starts_at)


@dataclass(frozen=True)
class Pause:
    """A break of the whole group, both days included. None means that the first or last day is not known."""

    first: datetime.date | None = None
    last: datetime.date | None = None

    def covers(self, day: datetime.date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)
