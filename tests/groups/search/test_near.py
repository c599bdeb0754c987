"""What is near: instead of a group that is closed, and among the areas of a region."""

import random

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groups.areas.counts import AreaCount
from groups.areas.nearby import NearbyGroup, nearby_groups, origin_of
from groups.areas.page import CountedArea, Region
from groups.choices import Joining, Stage
from groups.models import SupportGroup
from groups.search.snapshot.snapshot import current_snapshot
from organisations.models import Organisation
from tests.factories import area, make_group, make_organisation, make_venue, town
from tests.groups.search.random_directories import edit, fill
from tests.groups.search.reference_near import groups_near

pytestmark = pytest.mark.django_db

#: A mile to the north and one to the east of Chard, in degrees.
NORTH, EAST = 1 / 69.1, 1 / 43.6


def near_by(group: SupportGroup) -> list[NearbyGroup]:
    origin = origin_of(SupportGroup.objects.with_place().get(pk=group.pk))
    return nearby_groups(origin, current_snapshot(), timezone.now())


@pytest.mark.parametrize(
    "north, east, is_near",
    [(14.5, 0, True), (15.5, 0, False), (0, 14.5, True), (0, 15.5, False), (10, 10, True), (12, 12, False)],
)
def test_near_by_groups_lie_in_a_circle_of_15_miles(north, east, is_near):
    chard = town("Chard")
    place = chard.latitude + north * NORTH, chard.longitude + east * EAST
    closed = make_group(venue=make_venue(at=(chard.latitude, chard.longitude)), closed=True)
    other = make_group(venue=make_venue(at=place))

    assert [near.pk for near in near_by(closed)] == ([other.pk] if is_near else [])


def test_near_by_groups_that_a_stranger_can_come_to_go_first_then_those_alike_then_the_nearest():
    closed = make_group(town="Chard", closed=True, topics=["Anxiety"])
    make_group(name="By referral", town="Chard", joining=Joining.BY_REFERRAL)
    make_group(name="Being set up", town="Chard", forming=True)
    make_group(name="Other", town="Chard", joining=Joining.JUST_COME)
    make_group(name="Alike", town="Ilminster", joining=Joining.CONTACT_FIRST, topics=["Anxiety"])

    found = near_by(closed)

    names = dict(SupportGroup.objects.values_list("pk", "name"))
    assert [names[near.pk] for near in found] == ["Alike", "Other", "By referral", "Being set up"]
    assert [(round(near.miles), near.is_about) for near in found] == [(4, True), (0, True), (0, True), (0, True)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=3)
@given(seed=st.integers(0, 10**6))
def test_near_by_groups_of_any_group_are_those_of_plain_queries(seed, db):
    SupportGroup.objects.all().delete()
    Organisation.objects.all().delete()
    rng = random.Random(seed)
    fill(rng, 30)

    for _ in range(3):
        groups = list(SupportGroup.objects.order_by("pk"))
        for group in rng.sample(groups, min(10, len(groups))):
            assert near_by(group) == groups_near(group, timezone.localdate())
        edit(rng)


def test_nearest_of_many_alike_groups_go_first():
    """More than are measured one by one, and then some that are not among them."""
    chard, ours = town("Chard"), make_organisation()
    venues = [make_venue(at=(chard.latitude + n / 2000, chard.longitude)) for n in range(1, 61)]
    *others, group = [make_group(venue=venue, organisation=ours) for venue in venues]
    for _ in range(9):
        make_group(town="Chard", joining=Joining.BY_REFERRAL, organisation=ours)

    assert [near.pk for near in near_by(group)] == [other.pk for other in others[:-6:-1]]


@pytest.mark.parametrize("change", [{"publication": "withdrawn"}, {"joining": Joining.CLOSED}, {"stage": Stage.ENDED}])
def test_near_by_groups_of_an_old_directory_are_asked_for_once_more(change):
    group, other = (make_group(town="Chard") for _ in range(2))
    old = current_snapshot()
    origin = origin_of(SupportGroup.objects.with_place().get(pk=group.pk))
    assert [near.pk for near in nearby_groups(origin, old, timezone.now())] == [other.pk]

    SupportGroup.objects.filter(pk=other.pk).update(**change)

    assert nearby_groups(origin, old, timezone.now()) == []


def test_region_names_the_three_areas_where_most_groups_meet_and_of_equals_those_people_say_first():
    counts = {"Ashford": 1, "Canterbury": 1, "Dartford": 1, "Dover": 1, "East Kent": 1, "Thanet": 2}
    inside = [CountedArea(area(name), AreaCount(meeting=count)) for name, count in counts.items()]
    inside.append(CountedArea(area("Kent"), AreaCount(area_wide=9)))

    region = Region(area("England"), AreaCount(meeting=7), inside)

    assert [row.area.name for row in region.most] == ["Thanet", "East Kent", "Ashford"]
