"""The groups that somebody could go to instead of one: near by, or in the areas that it serves."""

import datetime
from typing import NamedTuple

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


def nearby_cards(
    group: SupportGroup, snapshot: DirectorySnapshot, now: datetime.datetime, links: ShortlistLinks
) -> list[GroupCard]:
    """Return the cards of the groups near one, each with its distance."""
    nearby = nearby_groups(group, snapshot, now)
    cards = cards_by_key(snapshot, [near.pk for near in nearby], now)
    return [GroupCard.of(cards[near.pk], near.distance, links) for near in nearby if near.pk in cards]


def nearby_groups(group: SupportGroup, snapshot: DirectorySnapshot, now: datetime.datetime) -> list[NearbyGroup]:
    """Return up to five groups near one, which was read with `with_place()`; none that may not be listed now.

    First those that run and that a stranger can come to, of them those with most topics and audiences in common, then
    the nearest. Of a group without a point those of the areas it serves, as lists order them.
    """
    nearby = _in_directory(group, snapshot, now)
    listed = snapshot.still_listed([near.pk for near in nearby])
    return [near for near in nearby if near.pk in listed]


def _in_directory(group: SupportGroup, snapshot: DirectorySnapshot, now: datetime.datetime) -> list[NearbyGroup]:
    # The columns of `with_place` are in no type.
    place = group.__dict__
    if place["place_latitude"] is None:
        found = [snapshot.index.of_area(area.pk, group.pk, MOST_NEARBY, now) for area in group.areas_served.all()]
        keys = list(dict.fromkeys(pk for of_area in found for pk in of_area))
        return [NearbyGroup(pk) for pk in keys[:MOST_NEARBY]]
    point = place["place_latitude"], place["place_longitude"]
    alike = [("topic", topic.slug) for topic in group.topics.all()]
    alike += [("audience", audience.slug) for audience in group.audiences.all()]
    return [
        NearbyGroup(near.pk, near.miles, place["place_is_about"] or near.is_about)
        for near in snapshot.index.near(point, NEAR_BY_MILES, alike, group.pk, MOST_NEARBY)
    ]
