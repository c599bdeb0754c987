"""When people can walk in to a venue, as the feed says it: of a confidential one it says nothing."""

import pytest

from tests.factories import make_group, make_venue
from tests.groups.open_referral.feed import record_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_opening_hours_of_a_venue_are_schedules_of_its_location():
    hours = "Monday to Friday, 9am to 5pm\nSaturday, 10am to midnight\nClosed on bank holidays"
    group = make_group(venue=make_venue(name="Example hall", postcode="CT9 1AE", opening_hours=hours))

    [place] = record_of(group)["service_at_locations"]

    names = ("byday", "opens_at", "closes_at", "description")
    assert [tuple(row.get(name) for name in names) for row in place["location"]["schedules"]] == [
        ("MO,TU,WE,TH,FR", "09:00", "17:00", "Monday to Friday, 9am to 5pm"),
        ("SA", "10:00", "00:00", "Saturday, 10am to midnight"),
        (None, None, None, "Closed on bank holidays"),
    ]


def test_opening_hours_of_a_confidential_venue_are_not_said():
    venue = make_venue(town="Chard", confidential=True, opening_hours="Every day, 24 hours")

    [place] = record_of(make_group(venue=venue))["service_at_locations"]

    assert place["location"].keys() == {
        *("id", "location_type", "name", "description", "external_identifier", "external_identifier_type"),
    }
