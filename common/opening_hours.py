"""Opening hours of a place that people can walk into: as text, at a moment, and for search engines. Pure: no database.

They are stored as text in one canonical form, "Monday to Friday, 9am to 5pm" on each line.
`groups.in_words.opening_hours` parses what people type.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError

from .bank_holidays import all_bank_holidays
from .dates import format_time

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: Minutes of a day, so that a place can close at midnight.
MINUTES = 24 * 60
EVERY_DAY, ALL_DAY, ON_BANK_HOLIDAYS = "Every day", "24 hours", "Closed on bank holidays"
_LONDON = ZoneInfo("Europe/London")
#: A run of fewer days is listed.
_SHORTEST_RUN = 3
_TIME = r"(?:noon|midnight|\d{1,2}(?:\.\d\d)?(?:am|pm))"
_LINE = re.compile(rf"(?P<days>[A-Za-z, ]+), (?P<times>{ALL_DAY}|{_TIME} to {_TIME}(?: and {_TIME} to {_TIME})*)")


@dataclass(frozen=True, order=True)
class OpenPeriod:
    """When a place opens on a weekday (0 is Monday) and closes on the same, in minutes after midnight."""

    weekday: int
    opens: int
    closes: int

    @property
    def words(self) -> str:
        """The times without the day: "9am to 5pm"."""
        if (self.opens, self.closes) == (0, MINUTES):
            return ALL_DAY
        return f"{_format_minutes(self.opens)} to {_format_minutes(self.closes)}"


@dataclass(frozen=True)
class OpeningHours:
    """The periods of a week, in order. On bank holidays a place may be closed whether or not it says so."""

    periods: tuple[OpenPeriod, ...]
    closed_on_bank_holidays: bool = False

    def __post_init__(self) -> None:
        """Raise `ValueError` for no period, or for periods that end before they begin or overlap."""
        ordered = tuple(sorted(set(self.periods)))
        object.__setattr__(self, "periods", ordered)
        if not ordered or not all(0 <= period.opens < period.closes <= MINUTES for period in ordered):
            raise ValueError("Opening hours have periods, each of which begins before it ends.")
        if any(period.weekday == after.weekday and after.opens < period.closes for period, after in _pairs(ordered)):
            raise ValueError("Opening hours do not overlap.")

    @classmethod
    def of_text(cls, text: str) -> "OpeningHours":
        """Parse opening hours in the stored form, as `text` writes it. Raises `ValueError`."""
        lines = text.splitlines()
        closed = bool(lines) and lines[-1] == ON_BANK_HOLIDAYS
        hours = cls(tuple(_periods_of(lines[:-1] if closed else lines)), closed)
        if hours.text != "\n".join(lines):
            raise ValueError("Opening hours are in another form than the one that is stored.")
        return hours

    @property
    def lines(self) -> list[str]:
        """The hours, days with the same hours on one line: "Monday to Friday, 9am to 5pm"."""
        by_times: dict[tuple[str, ...], list[int]] = {}
        for weekday in range(len(DAYS)):
            if times := tuple(period.words for period in self.periods if period.weekday == weekday):
                by_times.setdefault(times, []).append(weekday)
        lines = [f"{_format_days(days)}, {' and '.join(times)}" for times, days in by_times.items()]
        return [*lines, ON_BANK_HOLIDAYS] if self.closed_on_bank_holidays else lines

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def open_until(self, moment: datetime.datetime) -> str:
        """Return when a place that is certainly open at a moment closes, "5pm"; "" if it is not known to be open.

        On a bank holiday of any nation nothing is certain.
        """
        day, minute = _in_london(moment)
        if day in all_bank_holidays(day.year):
            return ""
        current = (period for period in self.periods if period.weekday == day.weekday())
        return next(
            (_format_minutes(period.closes) for period in current if period.opens <= minute < period.closes), ""
        )

    def next_change(self, moment: datetime.datetime) -> datetime.datetime | None:
        """Return when a place next opens or closes on the day of a moment; None if it does not."""
        day, minute = _in_london(moment)
        changes = (each for period in self.periods if period.weekday == day.weekday() for each in _ends_of(period))
        later = min((each for each in changes if minute < each < MINUTES), default=None)
        if later is None:
            return None
        return datetime.datetime.combine(day, datetime.time(*divmod(later, 60)), _LONDON)

    @property
    def specifications(self) -> list[dict[str, str]]:
        """The periods as `OpeningHoursSpecification` of schema.org; one that ends at midnight closes at 00:00."""
        return [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": f"https://schema.org/{DAYS[period.weekday]}",
                "opens": _clock(period.opens),
                "closes": "23:59" if period.words == ALL_DAY else _clock(period.closes),
            }
            for period in self.periods
        ]


@lru_cache(maxsize=256)
def stored_hours(text: str) -> OpeningHours | None:
    """Return the opening hours of a stored text, cached; None for "" or a text in another form."""
    try:
        return OpeningHours.of_text(text) if text else None
    except ValueError:
        return None


def validate_opening_hours(text: str) -> None:
    """Raise `ValidationError` unless the text is in the stored form."""
    if stored_hours(text) is None:
        raise ValidationError("Write one line for days with the same hours: “Monday to Friday, 9am to 5pm”.")


def _periods_of(lines: Iterable[str]) -> Iterable[OpenPeriod]:
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"“{line}” is no line of opening hours.")
        for days in _weekdays_of(match["days"]):
            for times in match["times"].split(" and "):
                opens, closes = (0, MINUTES) if times == ALL_DAY else map(_minutes_of, times.split(" to "))
                yield OpenPeriod(days, opens, closes or MINUTES)


def _weekdays_of(words: str) -> Iterable[int]:
    """Return the weekdays of "Monday to Friday", "Monday and Tuesday" or "Every day". Raises `ValueError`."""
    if words == EVERY_DAY:
        return range(len(DAYS))
    first, _, last = words.partition(" to ")
    if last:
        return range(DAYS.index(first), DAYS.index(last) + 1)
    return [DAYS.index(name) for name in re.split(r", | and ", words)]


def _format_days(days: list[int]) -> str:
    if len(days) == len(DAYS):
        return EVERY_DAY
    names = [DAYS[day] for day in days]
    if len(days) >= _SHORTEST_RUN and days[-1] - days[0] == len(days) - 1:
        return f"{names[0]} to {names[-1]}"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _minutes_of(words: str) -> int:
    """Return the minutes after midnight of "9am", "9.30am", "noon" or "midnight", which is 0."""
    if words in ("noon", "midnight"):
        return MINUTES // 2 if words == "noon" else 0
    hour, _, minute = words[:-2].partition(".")
    return (int(hour) % 12 + (12 if words.endswith("pm") else 0)) * 60 + int(minute or 0)


def _format_minutes(minutes: int) -> str:
    return format_time(datetime.time(*divmod(minutes % MINUTES, 60)))


def _clock(minutes: int) -> str:
    return "{:02}:{:02}".format(*divmod(minutes % MINUTES, 60))


def _ends_of(period: OpenPeriod) -> tuple[int, int]:
    return period.opens, period.closes


def _in_london(moment: datetime.datetime) -> tuple[datetime.date, int]:
    """Return the day and the minutes after midnight of a moment."""
    local = moment.astimezone(_LONDON)
    return local.date(), local.hour * 60 + local.minute


def _pairs(periods: tuple[OpenPeriod, ...]) -> Iterable[tuple[OpenPeriod, OpenPeriod]]:
    return zip(periods, periods[1:], strict=False)
