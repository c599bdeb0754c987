"""Services of feeds, made up, and feeds of them."""

import json
import uuid
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> Any:
    return json.loads((SAMPLES / f"{name}.json").read_text())


def key(name: str) -> str:
    """An id that a name always has."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def make_service(name: str = "Example Walking Group", **changes: Any) -> dict[str, Any]:
    """A valid service, with its details: a group that meets on Thursdays in Chard. A change to None leaves one out."""
    service = {
        "id": key(name),
        "name": name,
        "description": "We walk and talk.",
        "status": "active",
        "url": "https://walks.example/",
        "organization": make_organisation(),
        "schedules": [make_schedule()],
        "service_at_locations": [make_place()],
    } | changes
    return {field: value for field, value in service.items() if value is not None}


def make_organisation(name: str = "Example Walkers", **changes: Any) -> dict[str, Any]:
    return {"id": key(name), "name": name, "description": "A charity for walkers."} | changes


def make_schedule(**changes: Any) -> dict[str, Any]:
    weekly = {"freq": "WEEKLY", "byday": "TH", "opens_at": "18:30", "closes_at": "20:00"}
    return {"id": key("schedule")} | weekly | changes


def make_place(name: str = "Example Hall", postcode: str = "TA20 1AA", **location: Any) -> dict[str, Any]:
    address = {
        "id": key("address"),
        "address_1": "1 Example Street",
        "city": "Chard",
        "state_province": "Somerset",
        "postal_code": postcode,
        "country": "GB",
        "address_type": "physical",
    }
    place = {"id": key(name), "location_type": "physical", "name": name, "addresses": [address]} | location
    return {"id": key(f"at {name}"), "location": place}


def make_attribute(
    code: str, name: str, taxonomy: str = "peerSupport", link_type: str = "service_type"
) -> dict[str, Any]:
    term = {"id": key(code), "code": code, "name": name, "description": name, "taxonomy": taxonomy}
    return {"id": key(f"has {code}"), "link_type": link_type, "taxonomy_term": term}


def page(*services: Any, number: int = 1, pages: int = 1, total: int | None = None, **changes: Any) -> bytes:
    """A page of a feed, in its envelope."""
    envelope = {
        "total_items": len(services) if total is None else total,
        "total_pages": pages,
        "page_number": number,
        "size": len(services),
        "first_page": number == 1,
        "last_page": number == pages,
        "empty": not services,
        "contents": [*services],
    }
    return json.dumps(envelope | changes).encode()
