"""What is different from a group's patterns: off, extra, moved, confirmed; and a break of the whole group."""

import datetime
from collections.abc import Hashable
from dataclasses import dataclass

from ..choices import ChangeKind


@dataclass(frozen=True)
class Change:
    """One difference. Times are wall-clock Europe/London.

    Off: on `date`, or only the meeting at `starts_at` if that is given. Off for a range: from `date` to `until`, both
    days included. Extra: a meeting on `date`. Moved: the meeting of `date` is on `new_date`, or at another time or
    venue; what is not given stays as it was. On: the meeting of `date`, or only the one at `starts_at` if that is
    given, takes place as usual: the group has said so of that very day.
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
        """The last of the days that it takes meetings from."""
        return self.until if self.kind == ChangeKind.OFF_RANGE and self.until else self.date

    def takes_off(self, day: datetime.date, starts_at: datetime.time | None) -> bool:
        """Whether a regular meeting on a day does not take place because of it."""
        if self.kind == ChangeKind.OFF_RANGE:
            return self.date <= day <= self.last_day
        return self.kind == ChangeKind.OFF and self._names(day, starts_at)

    def confirms(self, day: datetime.date, starts_at: datetime.time | None) -> bool:
        """Whether it says that a regular meeting on a day takes place as usual."""
        return self.kind == ChangeKind.ON and self._names(day, starts_at)

    def _names(self, day: datetime.date, starts_at: datetime.time | None) -> bool:
        return day == self.date and self.starts_at in (None, starts_at)


@dataclass(frozen=True)
class Pause:
    """A break of the whole group. None: nobody has said since when, or until when. Both days belong to the break."""

    first: datetime.date | None = None
    last: datetime.date | None = None

    def holds(self, day: datetime.date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)
