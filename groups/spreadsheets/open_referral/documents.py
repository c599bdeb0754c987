"""Services in a document: a page of a list, a list, one service, or a service in each line. Pure."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .values import Json, nested, text, whole_number

#: What a list leaves out of its services, and a service by itself has. One with none of these may have more elsewhere.
_DETAILS = {
    *("schedules", "service_at_locations", "contacts", "attributes", "cost_options", "service_areas", "languages"),
    *("phones", "accessibility"),
}


#: What a service has, and no organisation; and what an organisation has, and no service.
_OF_SERVICES = {"status", "organization", "organization_id", "schedules", "service_at_locations"}
_OF_ORGANISATIONS = {"website", "legal_status", "organization_identifiers", "locations", "services", "tax_status"}


class BadFeed(Exception):
    """A feed, or a file of one, cannot be parsed. The message is a sentence."""


@dataclass(frozen=True)
class Page:
    """A document of a feed: its services, and what it says of the list that it is a page of."""

    services: list[Any]
    #: How many services, and pages, there are in all; None if it does not say.
    total_items: int | None = None
    total_pages: int | None = None
    #: Whether it says that it is the last page, or that it is not.
    is_last: bool | None = None
    #: The address of the next page, where it has one.
    next_url: str = ""


def page_of(content: bytes, name: str) -> Page:
    """Return what is in a file or an answer, as one page. Raises `BadFeed`, which calls it by this name."""
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFeed(f"{name} is not a text in UTF-8.") from None
    try:
        return _page(json.loads(words), name)
    except RecursionError:
        raise BadFeed(f"{name} is nested too deeply.") from None
    except ValueError:
        pass
    try:
        # ndjson.
        found = [json.loads(line) for line in words.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        raise BadFeed(f"{name} is not JSON.") from None
    if not found:
        raise BadFeed(f"{name} is empty.")
    return Page([each for document in found for each in _page(document, name).services])


def _page(document: Any, name: str) -> Page:
    if isinstance(document, list):
        return Page(document)
    if not isinstance(document, dict):
        raise BadFeed(f"{name} has no list of services.")
    if isinstance(contents := document.get("contents"), list):
        links = document.get("links")
        following = document.get("next") or (links.get("next") if isinstance(links, dict) else "")
        is_last = document.get("last_page")
        return Page(
            contents,
            whole_number(document, "total_items"),
            whole_number(document, "total_pages"),
            is_last if isinstance(is_last, bool) else None,
            following if isinstance(following, str) else "",
        )
    if isinstance(document.get("content"), list):
        raise BadFeed(f"{name} is of version 1.0 of Open Referral UK. We read version 3.0.")
    if not text(document, "id"):
        raise BadFeed(f"{name} has no list of services.")
    return Page([document])


def is_organisation(record: Any) -> bool:
    """Return whether a record of a list is that of an organisation."""
    return isinstance(record, dict) and _OF_SERVICES.isdisjoint(record) and not _OF_ORGANISATIONS.isdisjoint(record)


def has_details(service: Json) -> bool:
    """Return whether a service has more than a list need say of it."""
    return not _DETAILS.isdisjoint(service)


@dataclass
class Feed:
    """The services of a feed, each once, and what its publisher says of their number."""

    #: By id; of what is no object, or has no id, by its place.
    services: dict[str, Any] = field(default_factory=dict)
    #: The records of organisations by themselves, by id, which may say more than they do in their services.
    organisations: dict[str, Json] = field(default_factory=dict)
    #: The most that a page said there are in all.
    total_items: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether there are as many as the publisher says: else what is not among them may still be there."""
        return len(self.services) >= self.total_items

    def add(self, services: Iterable[Any]) -> int:
        """Add services; of two with one id, that with details, else the later one. Return how many are new."""
        before, given = len(self.services), [*services]
        organisations = [each for each in given if is_organisation(each)]
        self.organisations |= {text(each, "id"): each for each in organisations}
        for key, service in self._keyed(each for each in given if each not in organisations):
            known = self.services.get(key)
            if known is None or has_details(service) or not has_details(known):
                self.services[key] = service
        return len(self.services) - before

    def nest_organisations(self) -> None:
        """Put the record that an organisation has by itself into its services."""
        for service in self.services.values():
            if isinstance(service, dict) and self.organisations:
                key = text(nested(service, "organization"), "id") or text(service, "organization_id")
                if record := self.organisations.get(key):
                    service["organization"] = {name: each for name, each in record.items() if name != "services"}

    def _keyed(self, services: Iterable[Any]) -> Iterator[tuple[str, Any]]:
        for number, service in enumerate(services, start=len(self.services) + 1):
            key = text(service, "id") if isinstance(service, dict) else ""
            yield key or f"the one in place {number}", service
