"""What is near: instead of a group that is closed, and among the areas of a region."""

import pytest
from django.utils import timezone

from groups.areas.counts import AreaCount
from groups.areas.nearby import nearby_groups
from groups.areas.page import CountedArea, Region
from groups.choices import Joining
from tests.factories import area, make_group, make_venue, town

pytestmark = pytest.mark.django_db

#: A mile to the north and one to the east of Chard, in degrees.
NORTH, EAST = 1 / 69.1, 1 / 43.6


@pytest.mark.parametrize(
    "north, east, is_near",
    [(14.5, 0, True), (15.5, 0, False), (0, 14.5, True), (0, 15.5, False), (10, 10, True), (12, 12, False)],
)
def test_near_by_groups_lie_in_a_circle_of_15_miles(north, east, is_near):
    chard = town("Chard")
    place = chard.latitude + north * NORTH, chard.longitude + east * EAST
    closed = make_group(venue=make_venue(at=(chard.latitude, chard.longitude)), closed=True)
    other = make_group(venue=make_venue(at=place))

    assert [near.group for near in nearby_groups(closed, timezone.localdate())] == ([other] if is_near else [])


def test_near_by_groups_that_a_stranger_can_come_to_go_first_then_those_alike_then_the_nearest():
    closed = make_group(town="Chard", closed=True, topics=["Anxiety"])
    make_group(name="By referral", town="Chard", joining=Joining.BY_REFERRAL)
    make_group(name="Being set up", town="Chard", forming=True)
    make_group(name="Other", town="Chard", joining=Joining.JUST_COME)
    make_group(name="Alike", town="Ilminster", joining=Joining.CONTACT_FIRST, topics=["Anxiety"])

    found = nearby_groups(closed, timezone.localdate())

    assert [near.group.name for near in found] == ["Alike", "Other", "By referral", "Being set up"]
    assert [(round(near.miles), near.is_about) for near in found] == [(4, True), (0, True), (0, True), (0, True)]


def test_region_names_the_three_areas_where_most_groups_meet_and_of_equals_those_people_say_first():
    counts = {"Ashford": 1, "Canterbury": 1, "Dartford": 1, "Dover": 1, "East Kent": 1, "Thanet": 2}
    inside = [CountedArea(area(name), AreaCount(meeting=count)) for name, count in counts.items()]
    inside.append(CountedArea(area("Kent"), AreaCount(area_wide=9)))

    region = Region(area("England"), AreaCount(meeting=7), inside)

    assert [row.area.name for row in region.most] == ["Thanet", "East Kent", "Ashford"]
