"""What the record of a group says: each fact in its field, and nothing that its page does not say."""

import datetime

import pytest

from groups.choices import ChangeKind, Focus, Frequency, Joining, LedBy, Route, Stage, Weekday
from groups.models import JoiningRoute, Language
from organisations.choices import CheckedBy, YesNo
from tests.factories import (
    area,
    days_ago,
    make_change,
    make_check,
    make_contact,
    make_group,
    make_organisation,
    make_schedule,
    make_terms,
    make_venue,
)
from tests.groups.open_referral.feed import codes_of, record_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_service_says_what_the_page_says():
    organisation = make_organisation(name="Example house", charity_number="1234567", website="https://a.example/")
    group = make_group(
        name="Example walkers",
        organisation=organisation,
        venue=make_venue(name="Example hall", address="1 Example Street\nBy the green", postcode="CT9 1AE"),
        summary="We walk.",
        what_it_is_like="Slowly.",
        age_from=18,
        is_free=YesNo.YES,
        focus=Focus.BOTH,
        led_by=LedBy.INDEPENDENT,
        joining=Joining.JUST_COME,
        topics=["Example topic"],
        audiences=["Example people"],
    )
    group.languages.set(make_terms(Language, ["Welsh"]))
    JoiningRoute.objects.create(group=group, route=Route.GP)
    make_check(group, days_ago(3), checked_by=CheckedBy.VISIT)
    make_check(group, days_ago(30), checked_by=CheckedBy.PHONE)

    record = record_of(group)

    assert (record["name"], record["status"], record["id"]) == ("Example walkers", "active", str(group.public_id))
    assert record["description"] == "We walk.\n\nSlowly."
    assert record["url"] == f"http://localhost{group.get_absolute_url()}"
    assert (record["minimum_age"], "maximum_age" in record) == (18, False)
    assert record["assured_date"] == days_ago(3).isoformat()
    assert record["eligibility_description"] == "For: Example people."
    assert [(language["name"], language["code"]) for language in record["languages"]] == [("Welsh", "cy")]
    [cost] = record["cost_options"]
    assert (record["fees"], cost["amount"], cost["currency"]) == ("Free", 0, "GBP")
    assert record["application_process"] == "Just come along. Your GP can also refer you."
    assert codes_of(record) == {
        *("kind-talking", "kind-doing", "led-members", "status-running", "access-open", "joining-just-come"),
        *("route-gp", "checked-visit", "topic-example-topic", "audience-example-people"),
    }
    [area_served] = record["service_areas"]
    assert area_served["uri"] == "http://statistics.data.gov.uk/id/statistical-geography/E07000114"
    organization = record["organization"]
    assert (organization["id"], organization["id"]) == (record["organization_id"], str(organisation.public_id))
    assert organization["uri"].endswith("/1234567")
    [identifier] = organization["organization_identifiers"]
    assert (identifier["identifier_scheme"], identifier["identifier"]) == ("GB-CHC", "1234567")


def test_venue_is_a_location_with_its_address():
    venue = make_venue(
        name="Example hall", address="1 Example Street\nBy the green", town="Margate", postcode="CT9 1AE"
    )
    group = make_group(venue=venue)

    [place] = record_of(group)["service_at_locations"]

    location = place["location"]
    [address] = location["addresses"]
    assert (place["location_id"], location["id"], place["service_id"]) == (
        *(str(venue.public_id),) * 2,
        str(group.public_id),
    )
    assert location["physical_addresses"] == location["addresses"]
    assert {name: value for name, value in address.items() if not name.endswith("id")} == {
        "address_1": "1 Example Street",
        "address_2": "By the green",
        "city": "Margate",
        "region": "South East",
        "state_province": "Kent",
        "postal_code": "CT9 1AE",
        "country": "GB",
        "address_type": "physical",
    }


def test_venue_without_a_postcode_has_no_address():
    group = make_group(venue=make_venue(name="Example hall", address="1 Example Street"))

    [place] = record_of(group)["service_at_locations"]

    assert (place["location"]["name"], "addresses" in place["location"]) == ("Example hall", False)


def test_two_groups_of_one_confidential_venue_cannot_be_told_to_meet_there_both():
    venue = make_venue(confidential=True)

    [first], [second] = (record_of(make_group(venue=venue))["service_at_locations"] for _ in range(2))

    assert first["location"]["name"] == second["location"]["name"] == "Chard"
    assert first["location_id"] != second["location_id"]
    assert str(venue.public_id) not in f"{first}{second}"


@pytest.mark.parametrize(
    "facts, status",
    [
        ({}, "active"),
        ({"paused": True}, "temporarily closed"),
        ({"forming": True}, "inactive"),
        ({"ended": True}, "defunct"),
    ],
)
def test_status_is_that_of_its_stage(facts, status):
    assert record_of(make_group(**facts))["status"] == status


def test_group_being_set_up_is_active_once_it_has_a_first_date():
    group = make_group(forming=True)
    first = days_ago(-7)
    make_schedule(group, weekday=Weekday(first.weekday()), first_date=first)

    record = record_of(group)

    [schedule] = record["schedules"]
    assert (record["status"], schedule["dtstart"], schedule["valid_from"]) == ("active", *[first.isoformat()] * 2)


def test_group_that_nobody_has_checked_for_long_is_inactive():
    record = record_of(make_group(checked=days_ago(600)))

    assert (record["status"], record["assured_date"]) == ("inactive", days_ago(600).isoformat())
    assert record["alert"] == "Nobody has checked for over 15 months whether this is right."


@pytest.mark.parametrize(
    "facts, rule",
    [
        ({"weekday": Weekday.TUESDAY}, {"freq": "WEEKLY", "interval": 1, "byday": "TU"}),
        (
            {"weekday": Weekday.THURSDAY, "interval": 2, "first_date": datetime.date(2026, 1, 8)},
            {"freq": "WEEKLY", "interval": 2, "byday": "TH", "dtstart": "2026-01-08", "valid_from": "2026-01-08"},
        ),
        (
            {"frequency": Frequency.MONTHLY_BY_WEEKDAY, "weekday": Weekday.FRIDAY, "ordinals": "1,-1"},
            {"freq": "MONTHLY", "interval": 1, "byday": "1FR,-1FR"},
        ),
        (
            {"frequency": Frequency.MONTHLY_BY_DATE, "weekday": None, "day_of_month": -1},
            {"freq": "MONTHLY", "interval": 1, "bymonthday": "-1"},
        ),
        ({"frequency": Frequency.ASK, "weekday": None}, {}),
    ],
)
def test_schedule_is_a_recurrence_rule(facts, rule):
    group = make_group()
    row = make_schedule(group, **facts)

    [schedule] = record_of(group)["schedules"]

    names = ("freq", "interval", "byday", "bymonthday", "dtstart", "valid_from", "valid_to")
    assert {name: schedule[name] for name in names if name in schedule} == rule
    assert schedule["description"] == row.pattern.sentence


def test_times_of_a_schedule_are_local_without_an_offset():
    group = make_group(online=True)
    make_schedule(group, starts_at=datetime.time(18, 30), ends_at=datetime.time(20), note="Ring the bell.")

    [schedule] = record_of(group)["schedules"]

    assert (schedule["opens_at"], schedule["closes_at"], schedule["notes"]) == ("18:30", "20:00", "Ring the bell.")
    assert schedule["attending_type"] == "online"
    assert schedule["schedule_link"].endswith("/calendar.ics")


def test_first_meeting_of_a_schedule_is_a_meeting_day():
    """The schedule begins on the first of a month; it meets on the 31st."""
    group = make_group()
    first = datetime.date(2027, 2, 1)
    make_schedule(group, frequency=Frequency.MONTHLY_BY_DATE, weekday=None, day_of_month=31, first_date=first)

    [schedule] = record_of(group)["schedules"]

    assert (schedule["valid_from"], schedule["dtstart"]) == ("2027-02-01", "2027-03-31")


def test_dates_that_are_not_as_usual_are_schedules_of_a_day_and_alerts():
    group = make_group(town="Chard")
    day = days_ago(-8)
    make_change(group, kind=ChangeKind.OFF, date=day, words="The hall is shut.")
    make_change(group, date=days_ago(-9), starts_at=datetime.time(10), words="A picnic.")

    record = record_of(group)

    [schedule] = record["schedules"]
    assert record["alert"] == f"No meeting on {day.day} {day:%B %Y}. The hall is shut."
    assert [schedule[name] for name in ("dtstart", "valid_from", "valid_to")] == [days_ago(-9).isoformat()] * 3
    assert ("freq" in schedule, schedule["opens_at"], schedule["notes"]) == (False, "10:00", "A picnic.")


def test_schedule_names_the_place_that_it_is_at():
    group = make_group(venue=make_venue(postcode="CT9 1AE"), meets_online=True)
    other = make_venue(name="Example other hall")
    make_schedule(group, weekday=Weekday.MONDAY)
    make_schedule(group, weekday=Weekday.TUESDAY, venue=other)

    record = record_of(group)

    at_own, at_other, remote = record["service_at_locations"]
    assert [schedule["service_at_location_id"] for schedule in record["schedules"]] == [at_own["id"], at_other["id"]]
    assert (at_other["location_id"], remote["location"]["location_type"]) == (str(other.public_id), "virtual")


def test_only_checked_numbers_of_released_contacts_are_in_it():
    checked = make_contact(phone="01632 960001", number_checked_on=days_ago(3), hours="Mornings", email="a@b.example")
    unchecked = make_contact(organisation=checked.organisation, phone="01632 960002", email="c@d.example")
    hidden = make_contact(organisation=checked.organisation, released=False, email="e@f.example")
    group = make_group(organisation=checked.organisation, contacts=[checked, unchecked, hidden])

    record = record_of(group)

    assert {contact["title"]: contact["email"] for contact in record["contacts"]} == {
        checked.role_title: "a@b.example",
        unchecked.role_title: "c@d.example",
    }
    assert [(phone["number"], phone["description"]) for phone in record["phones"]] == [("+44 1632 960001", "Mornings")]


def test_of_a_closed_group_it_is_only_said_that_it_is_closed():
    group = make_group(closed=True, town="Chard", topics=["Example topic"], age_from=18, checked=days_ago(3))
    make_schedule(group)

    record = record_of(group)

    assert record.keys() == {
        *("id", "name", "status", "organization_id", "organization", "url", "last_modified", "attributes"),
        "application_process",
    }
    assert codes_of(record) == {"access-closed", "status-running"}


def test_group_that_has_ended_says_where_its_members_went():
    group = make_group(ended=True, ended_on=days_ago(2), where_members_went="To the other one.", town="Chard")

    record = record_of(group)

    day = days_ago(2)
    assert record["alert"] == f"This group has ended. It ended on {day.day} {day:%B %Y}. To the other one."
    assert record.keys() & {"schedules", "service_at_locations", "contacts", "phones", "email"} == set()
    assert codes_of(record) == {"status-ended"}


def test_times_that_say_the_same_are_one_though_one_names_the_venue():
    hall = make_venue(name="Example hall", postcode="CT9 1AE")
    group = make_group(venue=hall)
    for venue in (None, hall):
        make_schedule(group, frequency=Frequency.TO_BE_AGREED, weekday=None, venue=venue)

    assert [row["description"] for row in record_of(group)["schedules"]] == ["Day and time: for the members to decide."]


def test_stage_of_every_kind_has_a_term():
    records = [record_of(make_group(stage=stage)) for stage in Stage]

    assert [len({code for code in codes_of(record) if code.startswith("status-")}) for record in records] == [1] * 4


def test_group_for_a_whole_area_serves_it():
    group = make_group(areas=["East Kent"])

    record = record_of(group)

    assert [(row["name"], "uri" in row) for row in record["service_areas"]] == [("East Kent", False)]
    assert area("East Kent").gss_code is None
    assert "service_at_locations" not in record
