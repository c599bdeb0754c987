"""In what order groups stand that are alike but for a name, and what their cards still say of the way."""

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from tests.factories import make_group, make_venue
from tests.groups.search.test_service import distances, found, near, results

pytestmark = pytest.mark.django_db


def test_groups_in_one_house_stand_by_name():
    house = make_venue(postcode="CT9 1AE")
    for name in ("C", "a", "B"):
        make_group(name=name, venue=house)

    assert found(**near("CT9 1AE")) == ["a", "B", "C"]


@pytest.mark.parametrize("sort", ["name", "soonest"])
def test_distance_is_said_in_any_order(sort):
    make_group(venue=make_venue(postcode="CT9 1AE"))

    [where] = distances(results(**near("Margate", sort=sort)))

    assert where.endswith(" miles")


def test_groups_that_have_the_words_in_their_name_come_first():
    make_group(name="A", summary="We like painting.")
    make_group(name="Z", activities=["Painting"])
    make_group(name="Painting in M")

    assert found(words=("painting",)) == ["Painting in M", "A", "Z"]


@pytest.mark.parametrize("asked", [{}, {"sort": "name"}, {"sort": "soonest"}, {"near": "CT9 1AE"}])
@pytest.mark.parametrize("others", [0, 20])
def test_group_sinks_on_the_first_day_on_which_its_check_is_overdue(asked, others):
    """Nine months to the day are not overdue yet: it stands with those checked today. A day more, and it sinks."""
    nine_months_ago = timezone.localdate() - relativedelta(months=9)
    house = make_venue(postcode="CT9 1AE")
    make_group(name="A, overdue since today", venue=house, checked=nine_months_ago - relativedelta(days=1))
    make_group(name="B, overdue tomorrow", venue=house, checked=nine_months_ago)
    make_group(name="C, checked today", venue=house, checked=timezone.localdate())
    for number in range(others):
        # A page of many is picked in another way than a page of few.
        make_group(name=f"D {number}", venue=house, checked=timezone.localdate() - relativedelta(months=16))

    names = found(**(near(asked["near"]) if "near" in asked else asked))

    assert names == ["B, overdue tomorrow", "C, checked today", "A, overdue since today"]


@pytest.mark.parametrize("days_more, names", [(0, ["A"]), (1, [])])
def test_group_leaves_search_on_the_first_day_on_which_its_check_has_lapsed(days_more, names):
    make_group(name="A", checked=timezone.localdate() - relativedelta(months=15, days=days_more))

    assert found() == names
