"""What is different from a group's patterns: off, extra, moved; and a break of the whole group."""

import datetime
from collections.abc import Hashable
from dataclasses import dataclass

from ..choices import ChangeKind


@dataclass(frozen=True)
class Change:
    """One difference. Times are wall-clock Europe/London.

    Off: on `date`, or only the meeting at `starts_at` if that is given. Off for a range: from `date` to `until`, both
    days included. Extra: a meeting on `date`. Moved: the meeting of `date` is on `new_date`, or at another time or
    venue; what is not given stays as it was.
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
        if self.kind != ChangeKind.OFF or day != self.date:
            return False
        return self.starts_at is None or self.starts_at == starts_at


@dataclass(frozen=True)
class Pause:
    """A break of the whole group. None: nobody has said since when, or until when. Both days belong to the break."""

    first: datetime.date | None = None
    last: datetime.date | None = None

    def holds(self, day: datetime.date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)
