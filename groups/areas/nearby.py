"""What else there is for somebody in an area, beside the groups that meet there."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from organisations.models import Organisation, PeerRole
from places.distance import bounding_box, distance_miles
from places.models import Area

from ..models import SupportGroup
from ..querysets import GroupQuerySet

#: The most roles, and the most organisations to ask, that a page names beside the groups.
MOST_ROLES, MOST_ORGANISATIONS = 3, 3
#: How far from a closed group another one counts as near by, in miles.
NEAR_BY_MILES = 15


@dataclass(frozen=True)
class OtherSupport:
    """Peer support in an area that is not a group: one-to-one roles, and organisations to ask."""

    roles: list[PeerRole]
    organisations: list[Organisation]
    has_more_roles: bool = False
    has_more_organisations: bool = False

    def __bool__(self) -> bool:
        return bool(self.roles or self.organisations)


def other_support(area: Area, today: datetime.date) -> OtherSupport:
    """One-to-one peer roles in an area, and its organisations that have no listed group but can be asked."""
    roles = PeerRole.objects.listed(today).giving_support().serving(area).select_related("organisation")
    has_groups = Exists(SupportGroup.objects.listed(today).filter(organisation=OuterRef("pk")))
    organisations = Organisation.objects.published().not_ended().serving(area).exclude(has_groups)
    some_roles, some_organisations = list(roles[: MOST_ROLES + 1]), list(organisations[: MOST_ORGANISATIONS + 1])
    return OtherSupport(
        some_roles[:MOST_ROLES],
        some_organisations[:MOST_ORGANISATIONS],
        len(some_roles) > MOST_ROLES,
        len(some_organisations) > MOST_ORGANISATIONS,
    )


def nearby_groups(group: SupportGroup, today: datetime.date) -> list[SupportGroup]:
    """Up to five groups that somebody could go to, or help to start, instead of one that is closed or has ended."""
    others = SupportGroup.objects.listed(today).open_to_new_people().exclude(pk=group.pk)
    place = SupportGroup.objects.with_place().get(pk=group.pk)
    if place.place_latitude is None:
        return _in_its_areas(group, others, today)
    here = place.place_latitude, place.place_longitude
    box = bounding_box(*here, NEAR_BY_MILES)
    found = others.with_place().filter(
        place_latitude__range=(box.south, box.north), place_longitude__range=(box.west, box.east)
    )
    places = found.values_list("pk", "place_latitude", "place_longitude")
    far = {pk: distance_miles(*here, latitude, longitude) for pk, latitude, longitude in places}
    nearest = sorted((pk for pk, miles in far.items() if miles <= NEAR_BY_MILES), key=lambda pk: (far[pk], pk))[:5]
    cards = SupportGroup.objects.with_last_check().for_cards().in_bulk(nearest)
    return [cards[pk] for pk in nearest]


def _in_its_areas(group: SupportGroup, others: GroupQuerySet, today: datetime.date) -> list[SupportGroup]:
    found: dict[int, SupportGroup] = {}
    for area in group.areas_served.all():
        here = others.filter(
            Q(pk__in=others.located_in(area).values("pk")) | Q(pk__in=others.serving(area).values("pk"))
        )
        found |= {one.pk: one for one in here.ordered_for_display(today).for_cards()[:5]}
    return list(found.values())[:5]
