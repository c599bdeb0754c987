"""Schedules of a location as opening hours in the form in which they are stored. Pure."""

from collections.abc import Iterable, Iterator

from common.opening_hours import MINUTES, ON_BANK_HOLIDAYS, OpeningHours, OpenPeriod

from .schedules import DAYS, NotHeld, time_of
from .values import Json, text


def opening_hours(schedules: Iterable[Json]) -> str:
    """Return the opening hours that schedules say; "" for none, and where one of them is no weekly rule with times."""
    found = [*schedules]
    rules = [each for each in found if text(each, "description") != ON_BANK_HOLIDAYS]
    try:
        periods = tuple(period for rule in rules for period in _periods(rule))
        return OpeningHours(periods, len(rules) < len(found)).text
    except (KeyError, NotHeld, ValueError):
        return ""


def _periods(schedule: Json) -> Iterator[OpenPeriod]:
    if text(schedule, "freq") != "WEEKLY" or text(schedule, "interval") not in ("", "1"):
        raise ValueError("It is no rule of each week.")
    opens, closes = time_of(text(schedule, "opens_at")), time_of(text(schedule, "closes_at"))
    if opens is None or closes is None:
        raise ValueError("It does not say from when to when.")
    begins, ends = (time.hour * 60 + time.minute for time in (opens, closes))
    for day in text(schedule, "byday").split(","):
        yield OpenPeriod(DAYS[day], begins, ends or MINUTES)
