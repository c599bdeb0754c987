"""Our OpenAPI document: the feed takes what it allows, and answers as it says."""

import inspect
from io import BytesIO
from typing import Any

import pytest
import requests
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from urllib3 import HTTPResponse

from groups.open_referral import parameters
from groups.open_referral.openapi import PARAMETERS, document
from tests.factories import days_ago, make_check, make_contact, make_group, make_schedule, make_venue
from tests.groups.open_referral.feed import BASE, KINDS, read

# What an OpenAPI document allows is more than either database does.
pytestmark = pytest.mark.django_db


class _TestClientAdapter(requests.adapters.HTTPAdapter):
    """Has requests answered by Django's test client, in this process and its transaction."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        answer = Client().get(request.path_url)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        raw = HTTPResponse(BytesIO(content), dict(answer.headers), answer.status_code, preload_content=False)
        return self.build_response(request, raw)


def test_feed_answers_what_the_document_allows_as_the_document_says():
    contact = make_contact(phone="01632 960001", number_checked_on=days_ago(2))
    group = make_group(
        organisation=contact.organisation, venue=make_venue(postcode="CT9 1AE"), contacts=[contact], topics=["Example"]
    )
    make_schedule(group)
    make_check(group, days_ago(2))
    schema = schemathesis.openapi.from_dict(document("http://testserver/open-referral"))
    asked = set()
    with requests.Session() as session:
        session.mount("http://", _TestClientAdapter())
        for result in schema.get_all_operations():
            operation = result.ok()
            asked.add(operation.path)
            _check(operation, session)

    assert asked == {"/", *(f"/{kind}{end}" for kind in KINDS for end in ("", "/{id}"))}


def _check(operation: Any, session: requests.Session) -> None:
    """Ask what an operation allows, and hold the answers to the document."""

    @given(case=operation.as_strategy())
    @settings(max_examples=5, suppress_health_check=list(HealthCheck))
    def check(case: schemathesis.Case) -> None:
        case.call_and_validate(base_url="http://testserver/open-referral", session=session)

    check()


def test_document_names_no_parameter_that_is_not_read():
    source = inspect.getsource(parameters.wanted) + inspect.getsource(parameters._near)

    assert [name for name in PARAMETERS if f'"{name}"' not in source] == []


def test_document_says_of_moments_and_addresses_what_they_are():
    service = document("https://a.example")["components"]["schemas"]["Service"]

    assert (service["properties"]["last_modified"]["format"], service["properties"]["url"]["format"]) == (
        *("date-time", "uri"),
    )
    assert set(service["required"]) == {"id", "name", "status"}


def test_document_says_licence_and_attribution():
    info = document("https://a.example/open-referral")["info"]

    assert info["license"] == {"name": "Creative Commons Attribution 4.0", "identifier": "CC-BY-4.0"}
    assert "Please name Alongside" in info["description"]
    assert read("/")["openapi_url"] == f"http://testserver{BASE}/openapi.json"
