"""When a group meets, as schedules: its regular times as recurrence rules, and dates that are not as usual."""

import datetime
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from msgspec import UNSET
from msgspec.structs import astuple, replace

from common.cached_urls import reverse_slug
from common.dates import format_date
from common.models import related_rows

from ..choices import ChangeKind
from ..models import SupportGroup
from ..timetable.patterns import Pattern
from .identifiers import derived_id
from .locations import MAIN, REMOTE
from .records import Schedule, ServiceAtLocation, known

#: A first date that is no meeting day is followed by one within so many days: of the 31st of a month, or a fifth.
_FIRST_MEETING_WITHIN = datetime.timedelta(days=400)


def schedules_of(group: SupportGroup, places: Mapping[int, ServiceAtLocation], today: datetime.date) -> list[Schedule]:
    """Return the schedules of a group; where its times are not public, or not known, at most a sentence."""
    if not group.can_be_visited:
        return []
    service_id = str(group.public_id)
    found = []
    if group.shows_dates:
        found = [_regular(service_id, group, row, places) for row in group.schedules_in_force(today)]
        changes = (change for change in _coming(group, today) if change.kind in _ON_A_DATE)
        found += [_single(service_id, group, change, places) for change in changes]
    return _unique(found) or [_in_words(service_id, group, words) for words in group.when]


def dates_in_words(group: SupportGroup, today: datetime.date) -> list[str]:
    """Return a sentence for each day, or range of days, of which a group says that it meets as usual, or not."""
    if not group.shows_dates:
        return []
    return [_in_a_sentence(change) for change in _coming(group, today) if change.kind in _IN_WORDS]


_ON_A_DATE = (ChangeKind.EXTRA, ChangeKind.MOVED)
_IN_WORDS = (ChangeKind.OFF, ChangeKind.OFF_RANGE, ChangeKind.MOVED, ChangeKind.ON)


def _unique(schedules: list[Schedule]) -> list[Schedule]:
    """Return schedules without those that say the same as one before: at a venue that is the group's own, too."""
    if len(schedules) < 2:
        return schedules
    unique: dict[tuple[Any, ...], Schedule] = {}
    for schedule in schedules:
        unique.setdefault(astuple(replace(schedule, id=schedules[0].id)), schedule)
    return [*unique.values()]


def _coming(group: SupportGroup, today: datetime.date) -> Iterable[Any]:
    changes = related_rows(group, "schedule_changes")
    return (row for row in changes if (row.until or row.new_date or row.date) >= today)


def _in_a_sentence(change: Any) -> str:
    if change.kind == ChangeKind.ON:
        return f"It meets on {format_date(change.date)} as usual. {change.words}".strip()
    if change.kind == ChangeKind.MOVED:
        if change.new_date is None or change.new_date == change.date:
            return f"Another time or place on {format_date(change.date)}. {change.words}".strip()
        return f"On {format_date(change.new_date)}, not on {format_date(change.date)}. {change.words}".strip()
    if change.kind == ChangeKind.OFF_RANGE:
        return f"No meetings from {format_date(change.date)} to {format_date(change.until)}. {change.words}".strip()
    return f"No meeting on {format_date(change.date)}. {change.words}".strip()


def _regular(service_id: str, group: SupportGroup, row: Any, places: Mapping[int, ServiceAtLocation]) -> Schedule:
    shared = _of_pattern(row.pattern)
    return Schedule(
        id=derived_id(service_id, "schedule", *_parts(row)),
        service_id=service_id,
        service_at_location_id=_place_of(row.venue_id, group, places),
        attending_type=_attending_type(group),
        schedule_link=_calendar(group) if "freq" in shared else UNSET,
        notes=known(row.note),
        **shared,
    )


@lru_cache(maxsize=2048)
def _of_pattern(pattern: Pattern) -> dict[str, Any]:
    """Return the fields of a schedule that its pattern alone says. Many groups share one."""
    rule: Mapping[str, Any] = pattern.recurrence
    days = rule.get("BYDAY", "")
    fields = {
        "valid_from": pattern.first_date,
        "valid_to": pattern.last_date,
        "dtstart": _first_meeting(pattern),
        "freq": rule.get("FREQ"),
        "interval": rule.get("INTERVAL", 1) if rule else None,
        "byday": (days if isinstance(days, str) else ",".join(days)) or None,
        "bymonthday": str(rule["BYMONTHDAY"]) if "BYMONTHDAY" in rule else None,
        "opens_at": _clock(pattern.starts_at),
        "closes_at": _clock(pattern.ends_at),
        "description": pattern.sentence,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _single(service_id: str, group: SupportGroup, change: Any, places: Mapping[int, ServiceAtLocation]) -> Schedule:
    """Return the schedule of an extra date, or of the date that a meeting is moved to."""
    day = change.new_date or change.date
    return Schedule(
        id=derived_id(service_id, "date", day, change.starts_at),
        service_id=service_id,
        service_at_location_id=_place_of(change.venue_id, group, places),
        valid_from=day,
        valid_to=day,
        dtstart=day,
        opens_at=known(_clock(change.starts_at)),
        closes_at=known(_clock(change.ends_at)),
        description=f"On {format_date(day)} only.",
        attending_type=_attending_type(group),
        schedule_link=_calendar(group),
        notes=known(change.words),
    )


def _in_words(service_id: str, group: SupportGroup, words: str) -> Schedule:
    return Schedule(
        id=derived_id(service_id, "schedule", words),
        service_id=service_id,
        description=words,
        attending_type=_attending_type(group),
    )


def _parts(row: Any) -> tuple[Any, ...]:
    """Return what tells a regular time from others of its group: not its key, which a restored backup may change."""
    days = row.frequency, row.interval, row.weekday, row.ordinals, row.day_of_month
    return *days, row.starts_at, row.ends_at, row.first_date, row.venue.public_id if row.venue_id else ""


def _first_meeting(pattern: Pattern) -> datetime.date | None:
    """Return the first day of a pattern that is a meeting; None where it has no first day."""
    first = pattern.first_date
    return next(pattern.dates(first, first + _FIRST_MEETING_WITHIN), None) if first is not None else None


def _place_of(venue_id: int | None, group: SupportGroup, places: Mapping[int, ServiceAtLocation]) -> Any:
    place = places.get(MAIN if venue_id in (None, group.venue_id) else venue_id) or places.get(REMOTE)
    return place.id if place is not None else UNSET


def _clock(time: datetime.time | None) -> str | None:
    return time.isoformat("minutes") if time is not None else None


def _attending_type(group: SupportGroup) -> str:
    if group.meets_in_person:
        return "venue"
    return "online" if group.meets_online else "phone"


def _calendar(group: SupportGroup) -> str:
    return f"{settings.SITE_ADDRESS}{reverse_slug('groups:group_calendar', group.slug)}"
