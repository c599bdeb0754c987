"""At which places each group of the feed is: the keys of what `public_places` returns, of all groups at once."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q

from ..choices import Joining, Stage
from ..models import Schedule, ScheduleChange
from .catalogue import OF_PLACES, Catalogue, Row, Versions, feed_groups
from .identifiers import derived_id
from .locations import MAIN, REMOTE

_OF_GROUPS = ("pk", "organisation_id", "venue_id", "town_id", "meets_in_person", "meets_online", "meets_by_phone")


def place_catalogue(versions: Versions) -> Catalogue:
    """Return all groups of the feed, each at each of its places."""
    return versions.cached("places of the feed", OF_PLACES, lambda: _read(versions.today), lambda made: made.size)


def rows_at_other_venues(place: uuid.UUID, today: datetime.date) -> list[Row]:
    """Return the place with an id that is at another venue than its group's own; none, or one."""
    names = ("group__public_id", "venue__public_id", "group_id", "venue_id", "group__organisation_id")
    listed = Q(group__in=feed_groups(today))
    for rows in _at_other_venues(today):
        for group, venue, pk, key, owner in rows.filter(listed).values_list(*names):
            if derived_id(str(group), "at", venue) == str(place):
                return [(pk, key, owner)]
    return []


def _read(today: datetime.date) -> Catalogue:
    others: dict[int, set[int]] = defaultdict(set)
    for rows in _at_other_venues(today):
        for pk, venue in rows.values_list("group_id", "venue_id"):
            others[pk].add(venue)
    groups = feed_groups(today).exclude(joining=Joining.CLOSED).exclude(stage=Stage.ENDED).order_by("name", "pk")
    found = []
    for pk, owner, venue, town, in_person, online, by_phone in groups.values_list(*_OF_GROUPS):
        keys = [MAIN] if in_person and (venue or town) else []
        keys += [*sorted(others.get(pk, ())), *([REMOTE] if online or by_phone else [])]
        found += [(pk, key, owner) for key in keys]
    return Catalogue.of(found)


def _at_other_venues(today: datetime.date) -> Iterator[Any]:
    """Yield the regular times in force, and the dates to come, of which visitors learn that they are elsewhere."""
    shown = Q(group__times_are_withheld=False, group__stands_for_several=False, venue__isnull=False)
    shown &= ~Q(group__joining=Joining.CLOSED) & ~Q(group__stage=Stage.ENDED)
    elsewhere = Q(group__venue=None) | ~Q(venue=F("group__venue"))
    in_force = Q(last_date=None) | Q(last_date__gte=today)
    to_come = Q(new_date__gte=today) | Q(new_date=None, date__gte=today)
    yield Schedule.objects.filter(shown, elsewhere, in_force).order_by()
    yield ScheduleChange.objects.filter(shown, elsewhere, to_come).order_by()
