"""What is found by each parameter: never a group by something that its record does not say."""

import datetime

import pytest

from groups.choices import Frequency, Joining, Weekday
from groups.models import JoiningRoute, SupportGroup
from groups.open_referral.catalogue import Versions
from groups.open_referral.filters import filtered
from groups.open_referral.fixed_terms import fixed_terms
from groups.open_referral.parameters import BadParameter, wanted
from groups.sample_data.make import make_examples
from organisations.choices import CheckedBy
from tests.factories import days_ago, make_check, make_group, make_organisation, make_schedule, make_venue
from tests.groups.open_referral.feed import codes_of, items, names, read

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_each_term_finds_the_services_that_have_it(seed_directory):
    """Of every term, the fixed ones and those of editors, and of every parent: what the records themselves say."""
    make_examples(60, seed=11, today=days_ago(0))
    terms = items("/taxonomy_terms", per_page=100)
    services = items("/services", per_page=100)
    codes = {service["id"]: codes_of(service) for service in services}
    parents = {term["id"]: term["code"] for term in terms if "parent_id" not in term}
    used = set.union(*codes.values())
    asked = [term for term in terms if term["code"] in used or term["id"] in parents]

    versions = Versions()
    keys = dict(SupportGroup.objects.values_list("pk", "public_id"))

    found = {
        term["code"]: {
            str(keys[pk]) for pk, *_ in filtered(versions.groups, wanted({"taxonomy_term_id": term["id"]}), versions)[:]
        }
        for term in asked
    }

    assert len(asked) > 30
    assert found == {
        term["code"]: {key for key, having in codes.items() if any(_is_of(code, term, parents) for code in having)}
        for term in asked
    }


def _is_of(code: str, term: dict, parents: dict) -> bool:
    return code == term["code"] or (term["id"] in parents and code.startswith(f"{term['code']}-"))


def test_services_are_found_by_their_organisation():
    organisation = make_organisation()
    make_group(name="Example of it", organisation=organisation)
    make_group(name="Example of others")

    assert names(organization_id=str(organisation.public_id)) == ["Example of it"]


def test_services_are_found_by_when_they_were_checked():
    make_group(name="Example checked", checked=days_ago(10))
    make_group(name="Example checked long ago", checked=days_ago(40))
    make_group(name="Example never checked")
    make_group(name="Example closed", closed=True, checked=days_ago(10))

    assert names(checked_after=days_ago(10).isoformat()) == ["Example checked"]


def test_services_are_found_by_day_and_time_where_these_are_public():
    for name, facts in {
        "Example public": {},
        "Example closed": {"closed": True},
        "Example withheld": {"times_are_withheld": True},
        "Example of several": {"stands_for_several": True},
    }.items():
        group = make_group(name=name, **facts)
        make_schedule(group, weekday=Weekday.TUESDAY, starts_at=datetime.time(18), ends_at=datetime.time(20))
    over = make_group(name="Example over")
    make_schedule(over, weekday=Weekday.TUESDAY, last_date=days_ago(1))

    assert names(day="TU") == names(day="Monday,tuesday", start_time="18:00", end_time="20:00") == ["Example public"]
    assert names(start_time="18:01") == []


def test_services_are_found_by_age_where_that_is_public():
    make_group(name="Example of adults", age_from=18)
    make_group(name="Example of children", age_to=12)
    make_group(name="Example of closed", age_from=18, closed=True)

    assert names(minimum_age="30") == ["Example of adults"]
    assert names(maximum_age="10") == ["Example of children"]
    assert names(minimum_age="12", maximum_age="18") == ["Example of adults", "Example of children"]


def test_services_are_found_around_a_postcode_and_around_a_point():
    margate = make_venue(town="Margate", postcode="CT9 1AE")
    make_group(name="Example near", venue=margate)
    make_group(name="Example far", town="Chard")
    make_group(name="Example for the area", areas=["Kent"])

    point = f"{margate.latitude},{margate.longitude}"

    assert names(postcode="CT9 1AE", proximity="500") == ["Example for the area", "Example near"]
    assert names(proximity=point, radius="1") == ["Example near"]
    assert names(postcode="ZZ99 9ZZ", proximity="500") == []


def test_confidential_venue_is_found_at_its_town_alone():
    hidden = make_venue(town="Margate", at=(51.30, 1.20), confidential=True)
    make_group(name="Example hidden", venue=hidden)

    assert names(proximity="51.30,1.20", radius="1") == []
    assert names(proximity=f"{hidden.town.latitude},{hidden.town.longitude}", radius="1") == ["Example hidden"]


def test_nobody_is_told_to_just_come_to_a_confidential_venue():
    make_group(name="Example hidden", confidential=True, joining=Joining.JUST_COME)
    terms = {term["code"]: term["id"] for term in items("/taxonomy_terms", per_page=100)}

    assert names(taxonomy_term_id=terms["joining-just-come"]) == []
    assert names(taxonomy_term_id=terms["joining-contact-first"]) == ["Example hidden"]


@pytest.mark.parametrize("name", ["search", "text", "keywords"])
def test_services_are_found_by_words(name):
    make_group(name="Example gardeners", town="Chard")
    make_group(name="Example singers", town="Chard")

    assert names(**{name: "gardeners"}) == ["Example gardeners"]


def test_places_are_found_by_the_same_parameters():
    group = make_group(name="Example here", venue=make_venue(), meets_online=True)
    make_group(name="Example elsewhere", town="Chard")

    found = items("/service_at_locations", organization_id=str(group.organisation.public_id))

    assert [place["location"]["location_type"] for place in found] == ["physical", "virtual"]
    assert {place["service"]["name"] for place in found} == {"Example here"}


def test_places_of_all_services_are_those_in_their_records():
    other = make_venue()
    everywhere = make_group(venue=make_venue(), meets_online=True)
    make_schedule(everywhere, venue=other)
    make_group(closed=True, town="Chard")
    make_group(ended=True, ended_on=days_ago(1), town="Chard")
    one_day = make_group()
    make_schedule(one_day, frequency=Frequency.WEEKLY, venue=other, last_date=days_ago(1))

    nested = [place["id"] for service in items("/services") for place in service.get("service_at_locations", [])]
    listed = [place["id"] for place in items("/service_at_locations")]

    assert (sorted(listed), len(listed)) == (sorted(nested), 3)
    assert read("/service_at_locations")["total_items"] == 3
    assert [read(f"/service_at_locations/{place}")["id"] for place in listed] == listed


def test_minimal_and_lean_items_have_less():
    make_group(town="Chard")

    [minimal] = items("/services", minimal="true")
    [lean] = items("/services", full="false")

    assert minimal.keys() == {"id", "name", "status", "last_modified"}
    assert [name for name, value in lean.items() if isinstance(value, dict | list)] == []
    assert lean["description"] == "An example of a group."


def test_organisation_has_its_services_where_they_are_asked_for():
    group = make_group(name="Example of it")
    path = f"/organizations/{group.organisation.public_id}"

    assert "services" not in read(path)
    assert [service["name"] for service in read(path, full_service="true")["services"]] == ["Example of it"]


def test_terms_are_found_by_their_parent_and_at_the_top():
    top = items("/taxonomy_terms", top_only="true")
    kind = next(term for term in top if term["code"] == "kind")

    below = items("/taxonomy_terms", parent_id=kind["id"])

    assert {term["code"] for term in below} == {"kind-talking", "kind-doing", "kind-members-decide"}
    assert [term for term in top if "parent_id" in term] == []


def test_every_parent_of_a_term_is_a_term():
    codes = {term.code for term in fixed_terms()}

    assert {term.parent_code for term in fixed_terms()} - {""} <= codes


@pytest.mark.parametrize(
    "query",
    [
        {"minimal": "perhaps"},
        {"day": "someday"},
        {"start_time": "25:00"},
        {"radius": "-1", "proximity": "51,1"},
        {"text": "0" * 201},
    ],
)
def test_parameter_that_cannot_be_read_is_refused(query):
    with pytest.raises(BadParameter):
        wanted(query)


def test_more_items_than_a_page_may_have_are_as_many_as_it_may():
    assert [wanted({"per_page": "5000", **more}).per_page for more in ({}, {"minimal": "1"})] == [100, 500]
    assert wanted({"per_page": "", "unknown": "value"}) == wanted({})


def test_routes_and_checks_are_terms_of_a_service():
    group = make_group()
    JoiningRoute.objects.create(group=group, route="gp")
    make_check(group, days_ago(2), checked_by=CheckedBy.EMAIL)

    [service] = items("/services")

    assert {"route-gp", "checked-email"} <= codes_of(service)
    assert SupportGroup.objects.count() == 1


@pytest.mark.parametrize(
    "text, moment",
    [
        ("2026-01-01", "2026-01-01T00:00:00+00:00"),
        ("2026-01-01T12:00:00-19:14", "2026-01-02T07:14:00+00:00"),
        ("2026-01-01T12:00:00 01:00", "2026-01-01T11:00:00+00:00"),
        ("0085-03-13T12:14:02-19:14", "1970-01-01T00:00:00+00:00"),
        ("9999-12-31T23:59:59-23:59", "9000-01-01T00:00:00+00:00"),
    ],
)
def test_moment_is_one_that_every_database_knows(text, moment):
    found = wanted({"modified_after": text}).modified_after

    assert (found.isoformat(), found.tzinfo) == (moment, datetime.UTC)
