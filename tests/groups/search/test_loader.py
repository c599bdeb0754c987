"""What a group is found by, and what it is not: read as any question reads it."""

import pytest

from groups.models import AccessFeature
from groups.search.directory import directory
from tests.factories import make_group, make_terms, make_venue

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("hidden", [{}, {"confidential": True}, {"closed": True}])
def test_access_of_a_venue_is_nothing_to_find_a_group_by_where_nobody_may_know_the_venue(hidden):
    """Who knows a building by its lift and its loop would know the door."""
    venue = make_venue(town="Chard", confidential=bool(hidden.pop("confidential", False)))
    venue.access_features.set(make_terms(AccessFeature, ["Example lift"]))
    group = make_group(venue=venue, **hidden)
    may_be_known = not (venue.address_is_confidential or group.is_closed)

    keys = directory().index.keys(group.pk)

    assert ("access" in dict(keys.options), "lift" in keys.words) == (may_be_known, may_be_known)
