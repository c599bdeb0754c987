"""New and changed groups: added, at another time or place, ended. Found in their revisions, and in those of venues."""

import datetime
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import QuerySet

from common.compiled_queries import values_in_batches
from organisations.choices import Publication

from ..choices import Joining, Stage
from ..models import SupportGroup, Venue
from .revisions import GroupChange, GroupState, recent_changes

#: The number of days of a feed.
DAYS = 90


class Kind(StrEnum):
    """The kind of a change, as a feed names it."""

    NEW = "New group"
    CHANGED = "Time or place changed"
    ENDED = "Ended"


class Change(NamedTuple):
    """The latest change of a group that visitors may know of."""

    group: int
    kind: Kind
    at: datetime.datetime
    #: Whether only its town or district is public: of a confidential venue, or a group that is closed or has ended.
    is_hidden: bool


class _GroupRow(NamedTuple):
    """The columns of a group that may be in a feed."""

    pk: int
    created_at: datetime.datetime
    stage: str
    joining: str
    venue: int | None
    is_hidden: bool


def beginning(today: datetime.date) -> datetime.datetime:
    """Return the moment at which the period of the feeds of a day begins."""
    return datetime.datetime.combine(today - datetime.timedelta(days=DAYS), datetime.time(), datetime.UTC)


def latest_changes(keys: Collection[int], newest: Iterable[int], today: datetime.date, most: int) -> list[Change]:
    """Return the latest change of each public group of some in the last `DAYS`, the newest first, at most `most`.

    `newest` are those of the groups that were added last in these days, at least `most` of them if there are so many.
    What is compared is what visitors are shown: of a confidential venue the town or district, of a closed group nothing
    but that it is new or has ended. Nothing of an earlier state is returned.
    """
    since = beginning(today)
    recent = recent_changes(keys, since)
    # The keys are from the snapshot, which may be a moment old.
    candidates = {*newest, *recent.of_groups, *recent.at_moved_venues}
    rows = map(_GroupRow._make, values_in_batches(_public, candidates))
    venues = _venues_compared(recent.of_groups)
    found: list[Change] = []
    for row in rows:
        events = [(row.created_at, Kind.NEW)] if row.created_at >= since else []
        events += _events(recent.of_groups.get(row.pk, ()), venues)
        move = recent.moved_venues.get(row.venue) if row.venue else None
        if move is not None and row.stage != Stage.ENDED and row.created_at < move:
            events.append((move, Kind.CHANGED))
        if row.joining == Joining.CLOSED:
            # When and where a closed group meets is not public, so neither is a change of it.
            events = [event for event in events if event[1] != Kind.CHANGED]
        if events:
            # Of two at the same moment, the second.
            at, kind = max(reversed(events), key=lambda event: event[0])
            found.append(Change(row.pk, kind, at, row.is_hidden))
    return sorted(found, key=lambda change: (change.at, change.group), reverse=True)[:most]


def _venues_compared(changes: Mapping[int, Iterable[GroupChange]]) -> dict[int, Hashable]:
    """Return the approximate place of each venue that a group left or went to; None if it is not confidential."""
    moves = (change for found in changes.values() for change in found if change.before.venue != change.after.venue)
    keys = {state.venue for change in moves for state in (change.before, change.after) if state.venue is not None}
    rows = values_in_batches(_venues, keys)
    return {pk: (town, district) if is_confidential else None for pk, town, district, is_confidential in rows}


def _events(changes: Iterable[GroupChange], venues: Mapping[int, Hashable]) -> Iterator[tuple[datetime.datetime, Kind]]:
    """Yield the changes that visitors could see."""
    for at, before, after in changes:
        if after.publication != Publication.PUBLISHED:
            continue
        was_there = before.publication == Publication.PUBLISHED and before.stage != Stage.ENDED
        if after.stage == Stage.ENDED:
            if was_there:
                yield at, Kind.ENDED
        elif not was_there:
            yield at, Kind.NEW
        elif _shown(before, venues) != _shown(after, venues):
            yield at, Kind.CHANGED


def _shown(state: GroupState, venues: Mapping[int, Hashable]) -> Hashable:
    """Return what visitors are shown of when and where a group meets: of a confidential venue where it is about."""
    place = venues.get(state.venue) if state.venue is not None else None
    return state.stage, place or ("venue", state.venue), state.town, state.formats, state.times


def _public(keys: list[Any]) -> QuerySet[Any, tuple[Any, ...]]:
    rows: Any = SupportGroup.objects.published().of_listed_organisations().with_hidden_place().filter(pk__in=keys)
    columns = ("pk", "created_at", "stage", "joining", "venue_id", "place_is_hidden")
    found: QuerySet[Any, tuple[Any, ...]] = rows.order_by().values_list(*columns)
    return found


def _venues(keys: list[Any]) -> QuerySet[Any, tuple[Any, ...]]:
    return (
        Venue.objects.filter(pk__in=keys)
        .order_by()
        .values_list("pk", "town_id", "district_id", "address_is_confidential")
    )
