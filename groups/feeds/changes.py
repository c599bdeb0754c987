"""What is new of groups: added, at another time or place, ended. Found in their revisions, and in those of venues."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import OuterRef, Subquery

from organisations.choices import Publication
from organisations.models.revision import history_model

from ..choices import Joining, Stage
from ..models import SupportGroup, Venue

#: How many days back changes go, and the most revisions of a feed's groups that are read, the newest first.
DAYS, MOST_REVISIONS = 90, 1000
#: The most keys of groups in one query.
MOST_KEYS = 500

_FORMATS = ("meets_in_person", "meets_online", "meets_by_phone")
_OF_GROUPS = ("publication", "stage", "venue_id", "town_id", "times_are_withheld", "parts", *_FORMATS)
_OF_VENUES = ("name", "address", "town_id", "postcode", "district_id", "address_is_confidential")
#: The parts of a group that say when it meets.
_TIMES = ("schedules", "schedule_changes")
#: Zero is no empty value, though it equals False: it is Monday.
_EMPTY: tuple[Any, ...] = (None, "", [])

Row = dict[str, Any]
#: A revision with the one before it.
Step = tuple[Row | None, Row]
Steps = list[Step]


class Kind(Enum):
    """What happened."""

    NEW = "New group"
    CHANGED = "Time or place changed"
    ENDED = "Ended"


@dataclass(frozen=True)
class Change:
    """The latest change of a group that visitors may know of."""

    group: int
    kind: Kind
    at: datetime.datetime


def latest_changes(keys: Collection[int], today: datetime.date, most: int) -> list[Change]:
    """Return the latest change of each public group of some in the last `DAYS`, the newest first, at most `most`.

    What is compared is what visitors are shown: of a confidential venue the town or district, of a closed group nothing
    but that it is new or has ended. Nothing of an earlier state is returned.
    """
    keys = set(keys)
    since = datetime.datetime.combine(today - datetime.timedelta(days=DAYS), datetime.time(), datetime.UTC)
    steps = _steps(SupportGroup, keys, since, _OF_GROUPS)
    moved = _moved_venues(since)
    groups = _groups(keys, since, steps.keys(), moved.keys())
    used = {row["venue_id"] for pairs in steps.values() for pair in pairs for row in pair if row}
    venues = {row["pk"]: row for row in Venue.objects.filter(pk__in=used - {None}).values(*_OF_VENUES, "pk")}
    found = []
    for pk, row in groups.items():
        if row["created_at"] >= since:
            found.append(Change(pk, Kind.NEW, row["created_at"]))
        found += [Change(pk, kind, at) for kind, at in _kinds(steps.get(pk, ()), venues)]
        move = moved.get(row["venue_id"])
        if move is not None and row["stage"] != Stage.ENDED and row["created_at"] < move:
            found.append(Change(pk, Kind.CHANGED, move))
    latest: dict[int, Change] = {}
    for change in sorted(found, key=lambda change: change.at):
        # Nothing is said of when and where a closed group meets, so nothing of a change of that.
        if change.kind != Kind.CHANGED or groups[change.group]["joining"] != Joining.CLOSED:
            latest[change.group] = change
    return sorted(latest.values(), key=lambda change: (change.at, change.group), reverse=True)[:most]


def _groups(
    keys: set[int], since: datetime.datetime, revised: Collection[int], moved: Collection[int]
) -> dict[int, Row]:
    """Return what is asked of each group that is new, or revised, or whose venue has moved."""
    columns = ("pk", "created_at", "stage", "joining", "venue_id")
    # The directory in memory, of which the keys are, may be of a moment ago.
    public = SupportGroup.objects.published().of_listed_organisations()
    rows = public.values(*columns).order_by("-created_at", "-pk")
    new = _among(rows.filter(created_at__gte=since), "pk", keys)[:MOST_REVISIONS]
    at_venues = _among(rows.filter(venue__in=moved), "pk", keys)[:MOST_REVISIONS] if moved else []
    found = [*new, *rows.filter(pk__in=revised), *at_venues]
    return {row["pk"]: row for row in found if row["pk"] in keys}


def _among(rows: Any, column: str, keys: set[int]) -> Any:
    """Return the rows with one of some keys; all, where these are too many for a query: the rest is left out later."""
    return rows.filter(**{f"{column}__in": keys}) if len(keys) <= MOST_KEYS else rows


def _steps(model: Any, keys: set[int] | None, since: datetime.datetime, columns: tuple[str, ...]) -> dict[int, Steps]:
    """Return the latest revisions of each row, each after the one before it, or after None; the oldest first."""
    history = history_model(model).objects.exclude(history_type="-")
    before = history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    rows = history.filter(history_date__gte=since).order_by("-history_id")
    rows = rows if keys is None else _among(rows, "id", keys)
    columns = ("history_id", "id", "history_date", *columns)
    after = list(
        rows.annotate(before=Subquery(before.values("history_id")[:1])).values("before", *columns)[:MOST_REVISIONS]
    )
    known = {row["history_id"]: row for row in after}
    missing = {row["before"] for row in after} - known.keys() - {None}
    known |= {row["history_id"]: row for row in history.filter(history_id__in=missing).values(*columns)}
    steps = defaultdict(list)
    for row in reversed(after):
        if keys is None or row["id"] in keys:
            steps[row["id"]].append((known.get(row["before"]), row))
    return steps


def _kinds(steps: Iterable[Step], venues: dict[int, Row]) -> Iterator[tuple[Kind, datetime.datetime]]:
    """Yield what happened from one revision to the next, where visitors could see it. The first of all is no change."""
    for before, after in steps:
        if before is None or after["publication"] != Publication.PUBLISHED:
            continue
        was_there = before["publication"] == Publication.PUBLISHED and before["stage"] != Stage.ENDED
        if after["stage"] == Stage.ENDED:
            if was_there:
                yield Kind.ENDED, after["history_date"]
        elif not was_there:
            yield Kind.NEW, after["history_date"]
        elif _shown(before, venues) != _shown(after, venues):
            yield Kind.CHANGED, after["history_date"]


def _shown(row: Row, venues: dict[int, Row]) -> Hashable:
    """Return what visitors are shown of when and where a group meets, so that two revisions can be compared."""
    venue = venues.get(row["venue_id"])
    place = ("venue", row["venue_id"]) if venue is None else _place(venue, row["venue_id"])
    times = () if row["times_are_withheld"] else tuple(_times(row["parts"].get(name, ())) for name in _TIMES)
    return row["stage"], place, row["town_id"], tuple(row[name] for name in _FORMATS), times


def _times(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return rows of times so that they can be compared: a column that is empty is as one that was not there yet."""
    facts = ({name: value for name, value in row.items() if name != "id" and value not in _EMPTY} for row in rows)
    return tuple(sorted(repr(sorted(row.items())) for row in facts))


def _place(venue: Row, key: int) -> Hashable:
    """Return what visitors are shown of a venue that stays the same row."""
    return ("about", venue["town_id"], venue["district_id"]) if venue["address_is_confidential"] else ("venue", key)


def _moved_venues(since: datetime.datetime) -> dict[int, datetime.datetime]:
    """Return when the name or address of each venue last changed that visitors are shown."""
    return {
        pk: after["history_date"]
        for pk, steps in _steps(Venue, None, since, _OF_VENUES).items()
        for before, after in steps
        if before is not None and _address(before) != _address(after)
    }


def _address(row: Row) -> Hashable:
    if row["address_is_confidential"]:
        return row["town_id"], row["district_id"]
    return tuple(row[name] for name in _OF_VENUES)
