"""The groups near another by plain queries: what the directory in memory is held to."""

import datetime

from django.db.models import Q

from groups.choices import Joining, Stage
from groups.models import SupportGroup
from places.distance import distance_miles

MILES, MOST = 15, 5
FOR_STRANGERS = {Joining.JUST_COME, Joining.CONTACT_FIRST}

#: Key, miles, and whether those are only from town to town.
Near = tuple[int, float | None, bool]


def groups_near(group: SupportGroup, today: datetime.date) -> list[Near]:
    others = SupportGroup.objects.listed(today).exclude(joining=Joining.CLOSED).exclude(pk=group.pk)
    place = SupportGroup.objects.with_place().get(pk=group.pk)
    if place.place_latitude is None:
        return [(pk, None, False) for pk in _of_served_areas(group, others, today)]
    ranks, found, particulars = {}, {}, _particulars(group)
    # Fetched together: two queries for each pair of groups would be most of the time of the tests.
    for other in others.with_place().exclude(place_latitude=None).prefetch_related("topics", "audiences"):
        miles = distance_miles(place.place_latitude, place.place_longitude, other.place_latitude, other.place_longitude)
        if miles <= MILES:
            found[other.pk] = (other.pk, miles, place.place_is_about or other.place_is_about)
            is_for_strangers = other.joining in FOR_STRANGERS
            alike = len(particulars & _particulars(other))
            ranks[other.pk] = other.stage != Stage.RUNNING, not is_for_strangers, -alike, miles, other.pk
    return [found[pk] for pk in sorted(ranks, key=ranks.__getitem__)[:MOST]]


def _particulars(group: SupportGroup) -> set[tuple[str, int]]:
    """The topics and audiences of a group."""
    topics = {("topic", topic.pk) for topic in group.topics.all()}
    return topics | {("audience", audience.pk) for audience in group.audiences.all()}


def _of_served_areas(group: SupportGroup, others, today: datetime.date) -> list[int]:
    keys: list[int] = []
    for area in group.areas_served.all():
        in_area = others.filter(
            Q(pk__in=others.located_in(area).values("pk")) | Q(pk__in=others.serving(area).values("pk"))
        )
        keys += in_area.ordered_for_display(today).values_list("pk", flat=True)[:MOST]
    return list(dict.fromkeys(keys))[:MOST]
