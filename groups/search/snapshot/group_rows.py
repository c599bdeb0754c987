"""The rows of the database that entries of the index are made of, each kind in one query for a batch of groups."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple, cast

from django.db.models import Max, Model, QuerySet

from common.compiled_queries import SIZES, values_of
from groups.choices import Focus
from groups.models import GroupCheck, Schedule, ScheduleChange, SupportGroup, Venue
from groups.models.schedule import OF_CHANGE

from .meeting_dates import SCHEDULE_COLUMNS

#: Up to so many keys go into an IN clause, of a statement that is compiled once; more are filtered by range.
IN_CLAUSE_LIMIT = SIZES[-1]


class GroupRow(NamedTuple):
    """A row of `entry_rows`."""

    pk: int
    created_at: datetime.datetime
    name: str
    summary: str
    organisation_id: int
    focus: Focus
    joining: str
    led_by: str
    stage: str
    is_free: str
    while_waiting: str
    alongside_services: str
    after_services: str
    meets_in_person: bool
    meets_online: bool
    meets_by_phone: bool
    times_are_withheld: bool
    stands_for_several: bool
    paused_until: datetime.date | None
    venue_id: int | None
    venue_address_is_confidential: bool | None
    venue_town_name: str | None
    venue_district_name: str | None
    town_name: str | None
    town_district_name: str | None
    place_latitude: float | None
    place_longitude: float | None
    place_outward_code: str | None
    place_district_id: int | None
    place_is_about: bool
    place_is_hidden: bool


#: The columns that are of another table than the group's.
_JOINED = {
    "venue_address_is_confidential": "venue__address_is_confidential",
    "venue_town_name": "venue__town__name",
    "venue_district_name": "venue__district__name",
    "town_name": "town__name",
    "town_district_name": "town__district__name",
}
#: Makes the queryset of the rows of some groups.
Build = Callable[[list[int]], QuerySet[Any, tuple[Any, ...]]]


def entry_rows(groups: Any, keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    """Return what entries are made of, of those of some groups that have sorted keys."""
    columns = [_JOINED.get(name, name) for name in GroupRow._fields]
    rows = groups.with_place().filter(**_key_filter("pk", keys)).order_by("pk").values_list(*columns)
    return cast("QuerySet[Any, tuple[Any, ...]]", rows)


class _Ends(list[int]):
    """The first and the last of a range of keys."""


def rows_in(build: Build, keys: list[int]) -> list[Any]:
    """Return the rows of the queryset made of sorted keys: of a few, or of all from the first to the last."""
    if len(keys) <= IN_CLAUSE_LIMIT:
        return values_of(build, keys)
    return values_of(_between(build), [keys[0], keys[-1]])


@cache
def _between(build: Build) -> Build:
    """Return what makes the queryset of a range of keys: always the same function, so that it is compiled once."""
    return lambda ends: build(_Ends(ends[:2]))


def _key_filter(column: str, keys: list[int]) -> dict[str, int | list[int]]:
    """Return a filter for some keys, or for a range of them."""
    if isinstance(keys, _Ends):
        return {f"{column}__gte": keys[0], f"{column}__lte": keys[1]}
    return {f"{column}__in": keys}


def by_group(build: Build, keys: list[int], make_row: Callable[[list[Any]], Any]) -> dict[int, list[Any]]:
    """Return `{group key: rows}` of schedules or changes."""
    found: dict[int, list[Any]] = defaultdict(list)
    for group, *row in rows_in(build, keys):
        found[group].append(make_row(row))
    return found


def _related(through: type[Model], column: str) -> Build:
    """Return what makes the queryset of the keys of groups, and the keys related to them, of some groups."""

    def build(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
        rows = through._default_manager.filter(**_key_filter("supportgroup", keys)).order_by()
        return rows.values_list("supportgroup_id", f"{column}_id")

    return build


TERMS = {
    "topic": _related(SupportGroup.topics.through, "topic"),
    "activity": _related(SupportGroup.activities.through, "activity"),
    "audience": _related(SupportGroup.audiences.through, "audience"),
    "language": _related(SupportGroup.languages.through, "language"),
}
areas_served = _related(SupportGroup.areas_served.through, "area")


def access_of_venues(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    rows = Venue.access_features.through.objects.filter(**_key_filter("venue__groups", keys))
    return rows.order_by().distinct().values_list("venue_id", "accessfeature_id")


def schedule_rows(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    rows = Schedule.objects.filter(**_key_filter("group", keys)).order_by("pk")
    return rows.values_list("group_id", *SCHEDULE_COLUMNS)


def change_rows(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    return (
        ScheduleChange.objects.filter(**_key_filter("group", keys)).order_by("pk").values_list("group_id", *OF_CHANGE)
    )


def newest_checks(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    rows = GroupCheck.objects.filter(**_key_filter("listing", keys)).order_by().values_list("listing")
    return rows.annotate(newest=Max("checked_on"))


def grouped(pairs: Iterable[tuple[Any, ...]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for key, related in pairs:
        found[key].append(related)
    return found
