"""Alternatives to the groups of an area: one-to-one support, organisations, and groups near by."""

import datetime
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils.safestring import SafeString

from common.rendering import render_component
from organisations.models import Organisation, PeerRole
from places.distance import bounding_box, distance_miles
from places.models import Area

from ..choices import Joining, Stage
from ..models import SupportGroup
from ..querysets import GroupQuerySet

#: The most roles, and the most organisations, that a page lists.
MOST_ROLES, MOST_ORGANISATIONS = 3, 3
#: The radius around a closed group in which others count as near by, in miles.
NEAR_BY_MILES = 15
#: The most groups near by.
MOST_NEARBY = 5
#: The ways to join that a stranger can use.
_FOR_STRANGERS = {Joining.JUST_COME, Joining.CONTACT_FIRST}


@dataclass(frozen=True)
class OtherSupport:
    """Peer support in an area other than groups: one-to-one roles, and organisations to ask."""

    area: Area
    roles: list[PeerRole]
    organisations: list[Organisation]
    has_more_roles: bool = False
    has_more_organisations: bool = False

    @cached_property
    def html(self) -> SafeString | str:
        """The rendered component, the same on every page about the area; "" for none. A snapshot caches this object."""
        if not (self.roles or self.organisations):
            return ""
        return render_component("components/other_support.html", area=self.area, other=self)


def other_support(area: Area, today: datetime.date) -> OtherSupport:
    """Return the one-to-one peer roles that serve an area, and its organisations without a listed group."""
    roles = PeerRole.objects.listed(today).giving_support().serving(area).select_related("organisation")
    has_groups = Exists(SupportGroup.objects.listed(today).filter(organisation=OuterRef("pk")))
    organisations = Organisation.objects.published().not_ended().serving(area).exclude(has_groups)
    # One more than is shown tells whether there are more.
    first_roles, first_organisations = list(roles[: MOST_ROLES + 1]), list(organisations[: MOST_ORGANISATIONS + 1])
    return OtherSupport(
        area,
        first_roles[:MOST_ROLES],
        first_organisations[:MOST_ORGANISATIONS],
        len(first_roles) > MOST_ROLES,
        len(first_organisations) > MOST_ORGANISATIONS,
    )


class NearbyGroup(NamedTuple):
    """A group near another, with the distance in miles between their public points; None where one has none."""

    group: SupportGroup
    miles: float | None = None
    #: Whether only the town of one of them is known.
    is_about: bool = False


def nearby_groups(group: SupportGroup, today: datetime.date) -> list[NearbyGroup]:
    """Return up to five groups near one that is closed or has ended.

    First those that run and that a stranger can come to, of them those with most topics and audiences in common, then
    the nearest.
    """
    others = SupportGroup.objects.listed(today).open_to_new_people().exclude(pk=group.pk)
    place = SupportGroup.objects.with_place().get(pk=group.pk)
    if place.place_latitude is None:
        return [NearbyGroup(found) for found in _groups_of_served_areas(group, others, today)]
    centre = place.place_latitude, place.place_longitude
    box = bounding_box(*centre, NEAR_BY_MILES)
    candidates = others.with_place().filter(
        place_latitude__range=(box.south, box.north), place_longitude__range=(box.west, box.east)
    )
    ranks, distances, is_about = {}, {}, {}
    columns = ("pk", "stage", "joining", "place_latitude", "place_longitude", "place_is_about")
    rows = list(candidates.values_list(*columns))
    alike = _number_in_common(group, [row[0] for row in rows])
    for pk, stage, joining, latitude, longitude, about in rows:
        miles = distance_miles(*centre, latitude, longitude)
        if miles <= NEAR_BY_MILES:
            distances[pk], is_about[pk] = miles, place.place_is_about or about
            ranks[pk] = stage != Stage.RUNNING, joining not in _FOR_STRANGERS, -alike[pk], miles, pk
    # Only those that are shown are read whole: hundreds may lie so near.
    nearest = sorted(ranks, key=ranks.__getitem__)[:MOST_NEARBY]
    groups = SupportGroup.objects.with_last_check().for_cards().in_bulk(nearest)
    return [NearbyGroup(groups[pk], distances[pk], is_about[pk]) for pk in nearest]


def _number_in_common(group: SupportGroup, others: list[int]) -> Counter[int]:
    """Return how many topics and audiences each of some groups, by key, has in common with a group."""
    topics = SupportGroup.topics.through.objects.filter(topic__in=group.topics.all())
    audiences = SupportGroup.audiences.through.objects.filter(audience__in=group.audiences.all())
    return Counter(
        pk
        for shared in (topics, audiences)
        for pk in shared.filter(supportgroup__in=others).values_list("supportgroup", flat=True)
    )


def _groups_of_served_areas(
    group: SupportGroup, others: GroupQuerySet[SupportGroup], today: datetime.date
) -> list[SupportGroup]:
    groups: dict[int, SupportGroup] = {}
    for area in group.areas_served.all():
        in_area = others.filter(
            Q(pk__in=others.located_in(area).values("pk")) | Q(pk__in=others.serving(area).values("pk"))
        )
        groups |= {found.pk: found for found in in_area.ordered_for_display(today).for_cards()[:MOST_NEARBY]}
    return list(groups.values())[:MOST_NEARBY]
