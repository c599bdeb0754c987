"""Reading the feed as a client does."""

import json
from collections.abc import Iterator
from typing import Any

from django.test import Client

from groups.open_referral.catalogue import Versions
from groups.open_referral.items import encode
from groups.open_referral.reader import read_whole
from groups.open_referral.services import Context, encode_service

BASE = "/open-referral"
KINDS = ("services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms")


def read(path: str, **parameters: Any) -> Any:
    """The JSON at a path of the feed."""
    response = Client().get(f"{BASE}{path}", parameters)
    assert (response.status_code, response["Content-Type"]) == (200, "application/json"), response.content
    return response.json()


def items(path: str, **parameters: Any) -> list[dict[str, Any]]:
    """All items of a list, page by page."""
    return [item for page in pages(path, **parameters) for item in page["contents"]]


def pages(path: str, **parameters: Any) -> Iterator[dict[str, Any]]:
    number = 1
    while True:
        page = read(path, page=number, **parameters)
        yield page
        if page["last_page"]:
            return
        number += 1


def service_of(group: Any) -> dict[str, Any]:
    """The record of a group."""
    service: dict[str, Any] = read(f"/services/{group.public_id}")
    return service


def names(path: str = "/services", **parameters: Any) -> list[str]:
    """The names of the items of a list, as a request finds them."""
    return [item["name"] for item in items(path, **parameters)]


def record_of(group: Any) -> dict[str, Any]:
    """The record of a group, made of it as it is in the database, without a request."""
    versions = Versions()
    context = Context(versions.today, versions.vocabulary, versions.addresses)
    found: dict[str, Any] = json.loads(encode(encode_service(read_whole([group.pk])[group.pk], context)))
    return found


def codes_of(record: dict[str, Any]) -> set[str]:
    """The codes of the terms of a record."""
    return {attribute["taxonomy_term"]["code"] for attribute in record["attributes"]}
