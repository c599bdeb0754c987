"""Alternatives to a group: groups near by, or in the areas that it serves."""

import datetime
from typing import NamedTuple

from common.models import related_rows
from places.distance import format_distance

from ..cards import GroupCard
from ..models import SupportGroup
from ..search.service import cards_by_key
from ..search.snapshot.snapshot import DirectorySnapshot
from ..shortlist import ShortlistLinks

#: The radius around a group in which others count as near by, in miles.
NEAR_BY_MILES = 15
#: The most groups near by.
MOST_NEARBY = 5


class NearbyGroup(NamedTuple):
    """A group near another, by key, with the miles between their public points; None where one has none."""

    pk: int
    miles: float | None = None
    #: Whether only the town of one of them is known.
    is_about: bool = False

    @property
    def distance(self) -> str:
        """The distance in words; "" for none."""
        return "" if self.miles is None else format_distance(self.miles, self.is_about)


class Origin(NamedTuple):
    """The facts of a group that decide which groups are near it."""

    pk: int
    #: Its public point; None for none.
    point: tuple[float, float] | None
    is_about: bool
    #: Its topics and audiences, as options of facets.
    alike: tuple[tuple[str, str], ...]
    #: The keys of the areas it serves.
    areas: tuple[int, ...]


def nearby_cards(
    nearby: list[NearbyGroup], snapshot: DirectorySnapshot, now: datetime.datetime, links: ShortlistLinks
) -> list[GroupCard]:
    """Return the cards of groups near one, each with its distance."""
    cards = cards_by_key(snapshot, [near.pk for near in nearby], now)
    return [GroupCard.of(cards[near.pk], near.distance, links) for near in nearby if near.pk in cards]


def nearby_groups(origin: Origin, snapshot: DirectorySnapshot, now: datetime.datetime) -> list[NearbyGroup]:
    """Return up to five groups near one; none that may not be listed now.

    First those that run and that a stranger can come to, of them those with most topics and audiences in common, then
    the nearest. Of a group without a point those of the areas it serves, as lists order them.
    """
    nearby = in_directory(origin, snapshot, now)
    listed = snapshot.still_listed([near.pk for near in nearby])
    return [near for near in nearby if near.pk in listed]


def origin_of(group: SupportGroup) -> Origin:
    """Return the `Origin` of a group that was read `with_place()`."""
    # The annotations of `with_place` are not typed.
    place = group.__dict__
    point = place["place_latitude"], place["place_longitude"]
    return Origin(
        pk=group.pk,
        point=None if point[0] is None else point,
        is_about=place["place_is_about"],
        alike=(
            *(("topic", topic.slug) for topic in related_rows(group, "topics")),
            *(("audience", audience.slug) for audience in related_rows(group, "audiences")),
        ),
        areas=tuple(area.pk for area in related_rows(group, "areas_served")),
    )


def in_directory(origin: Origin, snapshot: DirectorySnapshot, now: datetime.datetime) -> list[NearbyGroup]:
    """Return the groups near one according to the snapshot alone, which may be stale."""
    if origin.point is None:
        found = [snapshot.index.first_of_area(area, origin.pk, MOST_NEARBY, now) for area in origin.areas]
        keys = list(dict.fromkeys(pk for of_area in found for pk in of_area))
        return [NearbyGroup(pk) for pk in keys[:MOST_NEARBY]]
    return [
        NearbyGroup(near.pk, near.miles, origin.is_about or near.is_about)
        for near in snapshot.index.near(origin.point, NEAR_BY_MILES, origin.alike, origin.pk, MOST_NEARBY)
    ]
