"""Opening hours of a place as schedules of its location: a recurrence rule for the days with the same times."""

from functools import lru_cache
from typing import Any

from common.opening_hours import ON_BANK_HOLIDAYS, OpeningHours, OpenPeriod

from .identifiers import derived_id
from .records import Schedule

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MINUTES_OF_AN_HOUR, _HOURS = 60, 24


def opening_schedules(location: str, hours: OpeningHours | None) -> list[Schedule]:
    """Return the opening hours of the location with an id; [] for none. A place that closes at midnight does at 00:00.

    That it is closed on bank holidays is a schedule without a rule, in words.
    """
    if hours is None:
        return []
    schedules = [
        Schedule(id=derived_id(location, "open", *times), location_id=location, **fields)
        for times, fields in _rules(hours)
    ]
    if hours.closed_on_bank_holidays:
        closed = Schedule(
            id=derived_id(location, "open", ON_BANK_HOLIDAYS), location_id=location, description=ON_BANK_HOLIDAYS
        )
        schedules.append(closed)
    return schedules


@lru_cache(maxsize=256)
def _rules(hours: OpeningHours) -> list[tuple[tuple[int, int], dict[str, Any]]]:
    """Return each pair of times, in minutes after midnight, with the fields of its schedule, whatever the location."""
    days: dict[tuple[int, int], list[OpenPeriod]] = {}
    for period in hours.periods:
        days.setdefault((period.opens, period.closes), []).append(period)
    return [
        (
            (opens, closes),
            {
                "freq": "WEEKLY",
                "interval": 1,
                "byday": ",".join(_DAYS[period.weekday] for period in periods),
                "opens_at": _clock(opens),
                "closes_at": _clock(closes),
                "description": OpeningHours(tuple(periods)).text,
                "attending_type": "venue",
            },
        )
        for (opens, closes), periods in days.items()
    ]


def _clock(minutes: int) -> str:
    hours, rest = divmod(minutes, _MINUTES_OF_AN_HOUR)
    return f"{hours % _HOURS:02}:{rest:02}"
