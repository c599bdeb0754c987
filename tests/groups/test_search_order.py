"""In what order groups stand that are alike but for a name, and what their cards still say of the way."""

import pytest

from tests.factories import make_group, make_venue
from tests.groups.test_search import distances, found, near, results

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
