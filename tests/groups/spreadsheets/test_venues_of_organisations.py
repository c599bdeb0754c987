"""A venue without a postcode in a file is the one of that name where groups of the organisation meet."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString

from groups.models import SupportGroup
from groups.spreadsheets.venue_columns import VenueResolver
from tests.factories import make_group, make_organisation, make_venue

pytestmark = pytest.mark.django_db
NOTHING = dict.fromkeys(("Venue", "Address", "Town", "Postcode"), "")


@pytest.fixture
def ours():
    return make_organisation()


def assigned(organisation, **cells) -> tuple[SupportGroup, list]:
    """A new group of an organisation with the venue of a row, and the venues that would be added."""
    resolver, group = VenueResolver(), SupportGroup(organisation=organisation)
    resolver.load([], [cells["Town"]] if "Town" in cells else [])
    resolver.assign(group, NOTHING | cells, NOTHING)
    return group, resolver.new


def test_venue_is_the_only_one_of_its_name_where_the_organisation_meets(ours):
    hall = make_venue(name="The Old Hall", postcode="TA20 1AA")
    make_group(organisation=ours, venue=hall)
    make_group(venue=make_venue(name="The old hall", postcode="CT9 1AE"))

    group, new = assigned(ours, Venue="the old hall")

    assert (group.venue, new) == (hall, [])


def test_venue_of_another_organisation_or_a_confidential_one_is_not_found(ours):
    make_group(organisation=ours, venue=make_venue(name="Hall", postcode="TA20 1AA", confidential=True))
    make_group(venue=make_venue(name="Hall", postcode="CT9 1AE"))

    with pytest.raises(ValidationError) as refused:
        assigned(ours, Venue="Hall")

    assert refused.value.message_dict == {
        "Postcode": ["We have no venue “Hall”. To add it, write its postcode, or its town."]
    }


def test_venue_in_another_town_than_the_row_says_is_a_new_one(ours):
    make_group(organisation=ours, venue=make_venue(name="Hall", town="Chard", postcode="TA20 1AA"))

    group, new = assigned(ours, Venue="Hall", Town="Margate")

    assert ([venue.town.name for venue in new], group.venue) == (["Margate"], new[0])


def test_venue_that_may_be_one_of_two_is_asked_for_its_postcode(ours):
    for postcode in ("TA20 1AA", "CT9 1AE"):
        make_group(organisation=ours, venue=make_venue(name="Hall", postcode=postcode))

    with pytest.raises(ValidationError) as refused:
        assigned(ours, Venue="Hall")

    assert refused.value.message_dict == {
        "Postcode": ["“Hall” may be the one at TA20 1AA or CT9 1AE. Write its postcode."]
    }


@pytest.mark.parametrize("edits_both", [True, False])
def test_venues_of_one_name_at_a_postcode_are_offered_to_who_may_merge_them(ours, edits_both):
    theirs = make_organisation()
    halls = [make_venue(name=name, postcode="TA20 1AA") for name in ("The Hall", "Hall")]
    for organisation, hall in zip((ours, theirs), halls, strict=True):
        make_group(organisation=organisation, venue=hall)
    make_group(organisation=ours, venue=make_venue(name="Library", postcode="TA20 1AA"))
    resolver = VenueResolver([ours.pk, theirs.pk] if edits_both else [ours.pk])
    resolver.load(["TA20 1AA"], [])

    [remark] = resolver.assign(SupportGroup(), NOTHING | {"Venue": "Rooms", "Postcode": "TA20 1AA"}, NOTHING)

    query = "&amp;".join(f"row={hall.pk}" for hall in halls)
    link = f'href="/staff/groups/venue/merge/?{query}">Merge “The Hall” and “Hall”, if they are one</a>'
    assert (link in remark) is edits_both
    assert isinstance(remark, SafeString) is edits_both
