"""Dates of our own feed that are not as usual: schedules without a rule, and sentences of the alert. Pure."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from ...choices import ChangeKind
from ..columns import Day
from ..feed_dates import FeedDate
from .other_places import other_places, own_places
from .schedules import NotHeld, time_of
from .service_parts import NO_TOWNS
from .values import Json, day, objects, text

_DATE = r"(\d{1,2} [A-Z][a-z]+ \d{4})"
#: The sentences of the alert, each followed by the group's own words up to the next.
_SENTENCE = re.compile(
    rf"No meeting on (?P<off>{_DATE})\.|No meetings from (?P<first>{_DATE}) to (?P<last>{_DATE})\."
    rf"|On (?P<new>{_DATE}), not on (?P<old>{_DATE})\.|Another time or place on (?P<same>{_DATE})\."
    rf"|It meets on (?P<on>{_DATE}) as usual\."
)
_LONGEST_WORDS = 200


def single_dates(service: Json, towns: Mapping[str, str] = NO_TOWNS) -> tuple[list[FeedDate], list[Json]]:
    """Return the dates of a service of our own feed that are not as usual, and the schedules that are none of them.

    A date at a place without an address is left with the schedules: at the group's own it would be wrong.
    """
    places = {key: place.name for key, place in other_places(service, towns).items()} | dict.fromkeys(
        own_places(service), ""
    )
    singles, others = _schedules(service, places)
    alert = " ".join(text(service, "alert").split())
    dates = []
    found = [*_SENTENCE.finditer(alert)]
    ends = [match.start() for match in found[1:]] + [len(alert)]
    for match, end in zip(found, ends, strict=False):
        words = alert[match.end() : end].strip()[:_LONGEST_WORDS]
        parsed = {name: Day().parse(words) for name, words in match.groupdict().items() if words}
        if "off" in parsed:
            dates.append(FeedDate(ChangeKind.OFF.value, parsed["off"], words=words))
        elif "on" in parsed:
            dates.append(FeedDate(ChangeKind.ON.value, parsed["on"], words=words))
        elif "first" in parsed:
            dates.append(FeedDate(ChangeKind.OFF_RANGE.value, parsed["first"], until=parsed["last"], words=words))
        elif (moved := singles.pop(parsed.get("new") or parsed["same"], None)) is not None:
            date, new_date = parsed.get("old") or parsed["same"], parsed.get("new")
            place = places[text(moved, "service_at_location_id")]
            if new_date or text(moved, "opens_at") or place:
                dates.append(_on_a_date(ChangeKind.MOVED, date, moved, new_date=new_date, place=place))
            else:
                # Neither another day nor another time: it is at a place that is not said.
                others.append(moved)
    extra = [
        _on_a_date(ChangeKind.EXTRA, date, schedule, place=places[text(schedule, "service_at_location_id")])
        for date, schedule in singles.items()
    ]
    return [*dates, *extra], others


def _schedules(service: Json, places: Collection[str]) -> tuple[dict[Any, Json], list[Json]]:
    """Return the schedules of one date at one of some places, by the date, and all others."""
    singles: dict[Any, Json] = {}
    others = []
    for schedule in objects(service, "schedules"):
        date = day(schedule, "valid_from")
        is_single = date is not None and not text(schedule, "freq") and date == day(schedule, "valid_to")
        if (
            is_single
            and date not in singles
            and text(schedule, "service_at_location_id") in places
            and _has_time(schedule)
        ):
            singles[date] = schedule
        else:
            others.append(schedule)
    return singles, others


def _has_time(schedule: Json) -> bool:
    """Return whether the times of a schedule are none, or times on the clock."""
    try:
        time_of(text(schedule, "opens_at"))
        time_of(text(schedule, "closes_at"))
    except NotHeld:
        return False
    return True


def _on_a_date(kind: ChangeKind, date: Any, schedule: Json, **fields: Any) -> FeedDate:
    starts_at, ends_at = (time_of(text(schedule, name)) for name in ("opens_at", "closes_at"))
    words = text(schedule, "notes")[:_LONGEST_WORDS]
    return FeedDate(kind.value, date, starts_at=starts_at, ends_at=ends_at, words=words, **fields)
