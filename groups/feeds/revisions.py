"""Revisions of groups and venues within the days of a feed, each with the one before, as visitors see them.

A revision never changes once it is written, so the compared states of a pair are cached for good.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, NamedTuple, cast

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from common.bounded_cache import CACHE
from common.compiled_queries import values_in_batches
from organisations.models.revision import history_model

from ..models import SupportGroup, Venue

#: The most revisions of a feed's groups, or of venues, that are read, the newest first.
MOST_REVISIONS = 1000
#: The most group keys in a query of revisions; for more, the newest revisions of all groups are read.
MOST_KEYS = 500
#: Roughly the bytes of the compared states of two revisions.
_PAIR_BYTES = 800

_FORMATS = ("meets_in_person", "meets_online", "meets_by_phone")
_OF_GROUPS = ("publication", "stage", "venue_id", "town_id", "times_are_withheld", "parts", *_FORMATS)
_OF_VENUES = ("name", "address", "town_id", "postcode", "district_id", "address_is_confidential")
#: The parts of a group that say when it meets.
_TIMES = ("schedules", "schedule_changes")
#: Without zero, which is Monday.
_EMPTY: tuple[Any, ...] = (None, "", [])


class Step(NamedTuple):
    """A revision and the one before it, by key; None before the first."""

    revision: int
    before: int | None
    row: int
    at: datetime.datetime


class GroupState(NamedTuple):
    """What visitors saw of a group at one of its revisions, apart from its venue."""

    publication: str
    stage: str
    venue: int | None
    town: int | None
    formats: tuple[bool, ...]
    #: A digest of its public times.
    times: bytes


class GroupChange(NamedTuple):
    """How a group was before a revision, and after it."""

    at: datetime.datetime
    before: GroupState
    after: GroupState


@dataclass(frozen=True)
class RecentChanges:
    """What changed of some groups and of their venues within the days of a feed."""

    #: The changes of each group that has any, the oldest first.
    of_groups: Mapping[int, Sequence[GroupChange]]
    #: When the name or address of a venue last changed that visitors are shown.
    moved_venues: Mapping[int, datetime.datetime]
    #: The groups that may be at one of these venues.
    at_moved_venues: Collection[int]


def recent_changes(keys: Collection[int], since: datetime.datetime) -> RecentChanges:
    """Return what changed of some groups since a moment. The first revision of a group or venue is no change."""
    if len(keys) > MOST_KEYS:
        steps = [step for step in values_in_batches(_steps_of_all_groups, [0], since) if step[2] in keys]
        moved = _moved(values_in_batches(_steps_of_all_venues, [0], since))
        at_moved = {pk for (pk,) in values_in_batches(_at_venues, moved) if pk in keys}
        return RecentChanges(_changes(steps), moved, at_moved)
    # Most groups have not changed lately: one query tells which have.
    revised = dict(values_in_batches(_revised, keys, since))
    moved = _moved(values_in_batches(_steps_of_venues, {*revised.values()} - {None}, since))
    at_moved = {pk for pk, venue in revised.items() if venue in moved}
    return RecentChanges(_changes(values_in_batches(_steps_of_groups, revised, since)), moved, at_moved)


def _changes(steps: list[tuple[Any, ...]]) -> dict[int, list[GroupChange]]:
    found = defaultdict(list)
    newest = sorted(steps, reverse=True)[:MOST_REVISIONS]
    for step, before, after in reversed(_pairs("group", newest, _groups, _group_state)):
        found[step.row].append(GroupChange(step.at, before, after))
    return found


def _moved(steps: list[tuple[Any, ...]]) -> dict[int, datetime.datetime]:
    pairs = reversed(_pairs("venue", sorted(steps, reverse=True), _venues, _address))
    return {step.row: step.at for step, before, after in pairs if before != after}


def _pairs(
    kind: str,
    rows: Iterable[tuple[Any, ...]],
    read: Callable[[list[Any]], QuerySet[Any, tuple[Any, ...]]],
    state_of: Callable[[Mapping[str, Any]], Hashable],
) -> list[tuple[Step, Any, Any]]:
    """Return each step that has a revision before it, with both states."""
    steps = [step for step in map(Step._make, rows) if step.before is not None]
    # The moment distinguishes a revision from one that had its key before a restored backup.
    found = {step: CACHE.get(("revisions", kind, *step)) for step in steps}
    missing = [step for step, pair in found.items() if pair is None]
    if missing:
        keys = {key for step in missing for key in (step.revision, step.before) if key is not None}
        columns = _OF_GROUPS if read is _groups else _OF_VENUES
        states = {pk: state_of(dict(zip(columns, row, strict=True))) for pk, *row in values_in_batches(read, keys)}
        for step in missing:
            # A revision that was just deleted is the first, or missing.
            if step.revision in states and step.before in states:
                found[step] = states[step.before], states[step.revision]
                CACHE.put(("revisions", kind, *step), found[step], _PAIR_BYTES)
    return [(step, *pair) for step, pair in found.items() if pair is not None]


def _group_state(row: Mapping[str, Any]) -> GroupState:
    times = () if row["times_are_withheld"] else tuple(_times(row["parts"].get(name, ())) for name in _TIMES)
    return GroupState(
        row["publication"],
        row["stage"],
        row["venue_id"],
        row["town_id"],
        tuple(row[name] for name in _FORMATS),
        blake2b(repr(times).encode(), digest_size=16).digest(),
    )


def _times(rows: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return rows of times so that they can be compared: a column that is empty is as one that was not there yet."""
    facts = ({name: value for name, value in row.items() if name != "id" and value not in _EMPTY} for row in rows)
    return tuple(sorted(repr(sorted(row.items())) for row in facts))


def _address(row: Mapping[str, Any]) -> Hashable:
    if row["address_is_confidential"]:
        return row["town_id"], row["district_id"]
    return tuple(row[name] for name in _OF_VENUES)


def _steps(model: Any, since: datetime.datetime) -> QuerySet[Any]:
    history = history_model(model).objects.exclude(history_type="-")
    before = history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    rows: QuerySet[Any] = history.filter(history_date__gte=since).order_by("-history_id")
    return cast("QuerySet[Any]", rows.annotate(before=Subquery(before.values("history_id")[:1])))


def _steps_of_groups(keys: list[Any], since: datetime.datetime) -> QuerySet[Any, tuple[Any, ...]]:
    return _columns(_steps(SupportGroup, since).filter(id__in=keys))


def _steps_of_all_groups(after: list[Any], since: datetime.datetime) -> QuerySet[Any, tuple[Any, ...]]:
    return _columns(_steps(SupportGroup, since).filter(history_id__gt=after[0]))


def _steps_of_venues(keys: list[Any], since: datetime.datetime) -> QuerySet[Any, tuple[Any, ...]]:
    return _columns(_steps(Venue, since).filter(id__in=keys))


def _steps_of_all_venues(after: list[Any], since: datetime.datetime) -> QuerySet[Any, tuple[Any, ...]]:
    return _columns(_steps(Venue, since).filter(history_id__gt=after[0]))


def _revised(keys: list[Any], since: datetime.datetime) -> QuerySet[Any, tuple[Any, ...]]:
    """Return the key and venue of each group that was changed, or whose venue was."""

    def are_changed(model: Any, key: str) -> Exists:
        # One that was deleted and is there again was created then.
        changes = history_model(model).objects.filter(history_type="~", history_date__gte=since)
        return Exists(changes.filter(id=OuterRef(key)))

    changed = are_changed(SupportGroup, "pk") | are_changed(Venue, "venue_id")
    rows = SupportGroup.objects.filter(changed, pk__in=keys).order_by()
    return cast("QuerySet[Any, tuple[Any, ...]]", rows.values_list("pk", "venue_id"))


def _at_venues(venues: list[Any]) -> QuerySet[Any, tuple[Any, ...]]:
    rows = SupportGroup.objects.filter(venue__in=venues).order_by()
    return cast("QuerySet[Any, tuple[Any, ...]]", rows.values_list("pk"))


def _columns(steps: QuerySet[Any]) -> QuerySet[Any, tuple[Any, ...]]:
    return steps.values_list("history_id", "before", "id", "history_date")[:MOST_REVISIONS]


def _groups(keys: list[Any]) -> QuerySet[Any, tuple[Any, ...]]:
    return _states(SupportGroup, keys, _OF_GROUPS)


def _venues(keys: list[Any]) -> QuerySet[Any, tuple[Any, ...]]:
    return _states(Venue, keys, _OF_VENUES)


def _states(model: Any, keys: list[Any], columns: tuple[str, ...]) -> QuerySet[Any, tuple[Any, ...]]:
    rows: QuerySet[Any, tuple[Any, ...]] = (
        history_model(model).objects.filter(history_id__in=keys).order_by().values_list("history_id", *columns)
    )
    return rows
