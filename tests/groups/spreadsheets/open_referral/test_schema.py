"""Which services break the schema of HSDS-UK 3.0, and what is said of it."""

import pytest

from groups.spreadsheets.open_referral.schema import violations
from tests.groups.spreadsheets.open_referral.feeds import make_organisation, make_service, sample


@pytest.mark.parametrize("name", ["service_full", "example_peer_support_service"])
def test_valid_service_has_no_violation(name):
    assert violations(sample(name)) == []


@pytest.mark.parametrize(
    "service, sentences",
    [
        (
            sample("bad/service_full"),
            [
                "email: “email-example_com”: This is no e-mail address.",
                "url: “example/counselling”: This is no address with a scheme.",
            ],
        ),
        (
            sample("bad/service_list")["contents"][2],
            [
                "email: This is not a text.",
                "name: This is missing.",
                "url: “example_counselling”: This is no address with a scheme.",
            ],
        ),
        (sample("bad/taxonomy_term"), ["status: This is missing."]),
        (
            make_service(description=None, email=None) | {"fees": None},
            ["fees: This is null. A field without a value is left out."],
        ),
        (make_service(id="17"), ["id: “17”: This is no UUID."]),
        (make_service(last_modified="yesterday"), ["last_modified: “yesterday”: This is no date and time."]),
        (
            make_service(url="https://walks.example/a b"),
            ["url: “https://walks.example/a b”: This is no address with a scheme."],
        ),
        (make_service(minimum_age="16"), ["minimum_age: This is not a number."]),
        (
            make_service(status="open"),
            ["status: “open”: This is none of: active, inactive, defunct, temporarily closed."],
        ),
        (
            make_service(schedules=[{"id": "x" * 60}, {"freq": "DAILY"}]),
            [
                f"schedules[0].id: “{'x' * 40}…”: This is no UUID.",
                "schedules[1].freq: “DAILY”: This is none of: WEEKLY, MONTHLY.",
                "schedules[1].id: This is missing.",
            ],
        ),
        (
            make_service(organization={"id": make_organisation()["id"]}),
            ["organization.description: This is missing.", "organization.name: This is missing."],
        ),
        (["no object"], ["This is not an object."]),
    ],
)
def test_violation_says_where_and_what(service, sentences):
    assert [str(violation) for violation in violations(service)] == sentences


def test_kind_of_a_violation_is_the_same_in_every_place_and_of_every_value():
    [first] = violations(make_service(schedules=[{"id": "one"}]))
    [_, second] = violations(make_service(schedules=[{"id": "two"}, {"id": "three"}]))

    assert first.kind == second.kind
    assert first.path != second.path
