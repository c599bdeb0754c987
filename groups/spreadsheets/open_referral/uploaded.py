"""A file of Open Referral UK that staff send, as rows for the page of columns. The command is for feeds.

It has no vocabulary, so it takes no topics or languages, and nobody's word that contacts are public.
"""

from typing import Any

from common.dates import today

from ..organisation_details import ORGANISATION_DETAILS
from ..source_columns import SOURCE
from ..venue_details import VENUE_DETAILS
from .documents import BadFeed, Feed, page_of
from .schema import violations
from .service_parts import Cells
from .service_rows import ReadingOptions, service_row
from .values import Json

_MOST_NAMED = 3
#: What a sheet has no columns for, and the list, which the page of columns asks for.
_NO_COLUMNS = {SOURCE, *ORGANISATION_DETAILS, *VENUE_DETAILS}


def uploaded_services(content: bytes) -> list[Cells] | None:
    """Return the services of a file as rows of our columns; None if it is none of Open Referral UK.

    Raises `BadFeed`, with the first reasons, if a service breaks the schema.
    """
    try:
        services = page_of(content, "This file").services
    except BadFeed:
        return None
    if not any(isinstance(each, dict) and _is_service(each) for each in services):
        return None
    feed = Feed()
    feed.add(services)
    broken = {key: found for key, service in feed.services.items() if (found := violations(service))}
    if broken:
        reasons = {violation.kind: str(violation) for found in broken.values() for violation in found}
        named = " ".join([*reasons.values()][:_MOST_NAMED])
        raise BadFeed(f"{len(broken):,} of its {len(feed.services):,} services break Open Referral UK 3.0. {named}")
    return [_cells(service) for service in feed.services.values()]


def _is_service(entry: Json) -> bool:
    return "status" in entry and not {"organization", "organization_id", "schedules"}.isdisjoint(entry)


def _cells(service: Any) -> Cells:
    cells = service_row(service, ReadingOptions("", today(), reads_details=False)).cells
    return {title: words for title, words in cells.items() if title not in _NO_COLUMNS}
