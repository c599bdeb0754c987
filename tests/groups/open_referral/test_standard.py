"""Every record is as the standard says, and the feed is read as the official validator reads it."""

import pytest
from django.test import Client
from django.utils import timezone

from groups.sample_data.make import make_examples
from organisations.choices import CheckedBy
from tests.factories import days_ago, make_check, make_group, make_schedule, make_venue
from tests.groups.open_referral.feed import BASE, KINDS, items, pages, read
from tests.groups.open_referral.standard_schemas import empty_values, hsds_violations, violations

# JSON is made in Python, of what the same statements read.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

_SINGULAR = {
    "services": "service",
    "service_at_locations": "service_at_location",
    "organizations": "organization",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
_WRAPPER = {
    *("total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"),
}


def test_every_record_of_the_directory_is_valid(seed_directory):
    """The real listings, and examples of nearly every kind of group."""
    make_examples(100, seed=7, today=timezone.localdate())
    faults = {}
    counts = {}
    for kind, schema in _SINGULAR.items():
        records = items(f"/{kind}", per_page=100)
        counts[kind] = len(records)
        for record in records:
            found = [*violations(schema, record), *hsds_violations(schema, record), *empty_values(record)]
            if found:
                faults[record["id"]] = found
        ids = [record["id"] for record in records]
        assert len(set(ids)) == len(ids)

    assert faults == {}
    assert {kind: count > 0 for kind, count in counts.items()} == dict.fromkeys(KINDS, True)
    assert counts["services"] > 100


def test_feed_passes_the_walk_of_the_official_validator(client):
    """The first, the middle and the last page of each list, and items of the first by their ids."""
    for number in range(5):
        group = make_group(name=f"Example {number}", venue=make_venue(postcode="CT9 1AE"), website="https://a.example/")
        make_schedule(group)
        make_check(group, days_ago(3), checked_by=CheckedBy.PHONE)
    details = read("/")

    assert violations("api_details", details) == []
    assert details["version"] == "HSDS-UK-3.0"
    assert client.get(details["openapi_url"]).json()["openapi"] == "3.1.0"
    for kind, schema in _SINGULAR.items():
        first, *others = pages(f"/{kind}", per_page=2)
        walked = [first, *others]
        assert {page["total_pages"] for page in walked} == {len(walked)}
        assert [page["page_number"] for page in walked] == [*range(1, len(walked) + 1)]
        assert [page["first_page"] for page in walked] == [True, *[False] * len(others)]
        assert [page["last_page"] for page in walked] == [*[False] * len(others), True]
        assert sum(page["size"] for page in walked) == first["total_items"]
        for page in walked:
            assert (page.keys(), page["size"], page["empty"]) == (_WRAPPER, len(page["contents"]), False)
            assert violations(f"{schema}_list", page) == []
        for item in first["contents"]:
            by_id = read(f"/{kind}/{item['id']}")
            assert violations(schema, by_id) == []
            assert {**by_id, "taxonomy_terms": None} == {**item, "taxonomy_terms": None}


def test_empty_list_is_one_empty_page(client):
    page = read("/services")

    assert page == {
        "total_items": 0,
        "total_pages": 1,
        "page_number": 1,
        "size": 0,
        "first_page": True,
        "last_page": True,
        "empty": True,
        "contents": [],
    }


def test_page_beyond_the_last_is_empty(client):
    make_group()

    page = read("/services", page=9)

    assert (page["contents"], page["empty"], page["last_page"], page["total_items"]) == ([], True, True, 1)


@pytest.mark.parametrize("path", ["", *(f"/{kind}" for kind in KINDS), "/openapi.json"])
def test_both_forms_of_an_address_are_answered_and_open_to_all(client, path):
    bare, slashed = client.get(BASE + path), client.get(f"{BASE}{path}/")

    assert (bare.status_code, slashed.status_code) == (200, 200)
    assert bare.content == slashed.content
    assert {answer["Access-Control-Allow-Origin"] for answer in (bare, slashed)} == {"*"}
    assert not bare.cookies


@pytest.mark.parametrize(
    "path, status",
    [
        ("/nothing/at/all", 404),
        ("/services/12", 404),
        ("/services/00000000-0000-4000-8000-000000000000", 404),
        ("/service_at_locations/00000000-0000-4000-8000-000000000000/", 404),
        ("/services?page=0", 400),
        ("/services?page=two", 400),
        ("/services?modified_after=lately", 400),
        ("/services?taxonomy_term_id=4", 400),
        ("/services?proximity=near&postcode=CT9+1AE", 400),
    ],
)
def test_error_is_json_for_every_origin(client, path, status):
    answer = client.get(BASE + path)

    assert (answer.status_code, answer["Content-Type"], answer["Access-Control-Allow-Origin"]) == (
        *(status, "application/json"),
        "*",
    )
    assert answer.json()["status"] == status


def test_what_is_sent_is_refused_as_json_and_a_preflight_is_answered(client):
    refused = Client(enforce_csrf_checks=True).post(f"{BASE}/services")
    preflight = client.options(f"{BASE}/services")

    assert (refused.status_code, refused["Content-Type"], refused["Allow"]) == (405, "application/json", "GET, HEAD")
    assert (preflight.status_code, preflight["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")


def test_lines_are_the_items_of_all_pages(client):
    for _ in range(3):
        make_group()

    answer = client.get(f"{BASE}/services", {"format": "ndjson", "per_page": "1"})
    lines = b"".join(answer.streaming_content).decode().splitlines()

    assert answer["Content-Type"] == "application/x-ndjson; charset=utf-8"
    assert [f"{{{line[1:]}" for line in lines] == lines
    assert len(lines) == 3


def test_feed_answers_at_the_root_of_its_own_host(client, settings):
    settings.OPEN_REFERRAL_HOST = "oruk.alongside.example"
    settings.ALLOWED_HOSTS = ["testserver", "oruk.alongside.example"]
    group = make_group()
    own = {"HTTP_HOST": "oruk.alongside.example"}

    details = client.get("/", **own).json()
    services = client.get("/services", **own).json()

    assert details["openapi_url"] == "http://oruk.alongside.example/openapi.json"
    assert client.get("/openapi.json", **own).json()["servers"] == [{"url": "http://oruk.alongside.example"}]
    assert [item["id"] for item in services["contents"]] == [str(group.public_id)]
    assert client.get("/groups/", **own).json() == {"status": 404, "message": "There is nothing at this address."}
    assert client.get("/services").status_code == 404
