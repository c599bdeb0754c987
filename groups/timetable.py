"""When a group meets, in plain words. Pure: no database, and no clock of its own."""

import datetime
from dataclasses import dataclass

from .choices import Frequency, Weekday

#: The ordinals of a weekday in a month, as they are stored and as they are said.
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
_EVERY = {1: "Every", 2: "Every second", 3: "Every third", 4: "Every fourth"}


@dataclass(frozen=True)
class Pattern:
    """One regular pattern of meetings. Times are wall-clock Europe/London; None is "nobody has told us"."""

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

    @property
    def sentence(self) -> str:
        """The pattern in one plain sentence: "Every second Thursday, 6.30pm to 8pm, not on bank holidays."."""
        if self.frequency == Frequency.TO_BE_AGREED:
            return "Day and time: for the members to decide."
        if self.frequency == Frequency.ASK:
            return "Day and time: ask the organiser."
        parts = [self._days, self._times]
        if self.skips_bank_holidays:
            parts.append("not on bank holidays")
        said = ", ".join(part for part in parts if part)
        return f"{said}. Ask for the time." if self.starts_at is None else f"{said}."

    @property
    def _days(self) -> str:
        if self.frequency == Frequency.WEEKLY:
            every = _EVERY.get(self.interval) or f"Every {self.interval} weeks on a"
            return f"{every} {self.weekday.label}"
        if self.frequency == Frequency.MONTHLY_BY_WEEKDAY:
            named = [ORDINALS[ordinal] for ordinal in self.ordinals]
            listed = " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))
            return f"The {listed} {self.weekday.label} of the month"
        return f"The {day_ordinal(self.day_of_month)} of every month"

    @property
    def _times(self) -> str:
        if self.starts_at is None:
            return ""
        if self.ends_at is None:
            return f"from {clock(self.starts_at)}"
        return f"{clock(self.starts_at)} to {clock(self.ends_at)}"


def clock(time: datetime.time) -> str:
    """A time of day as people say it: "6.30pm", "2pm", "noon"."""
    if time.minute == 0 and time.hour in (0, 12):
        return "noon" if time.hour else "midnight"
    hour = time.hour % 12 or 12
    minutes = f".{time.minute:02}" if time.minute else ""
    return f"{hour}{minutes}{'am' if time.hour < 12 else 'pm'}"


def day_ordinal(day: int) -> str:
    """A day of the month: "1st", "22nd"."""
    suffix = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{suffix}"
