"""The OpenAPI 3.1 document of the feed, made of the records themselves, so that it says what is sent."""

from typing import Any

import msgspec
from django.conf import settings

from ..choices import Weekday
from . import records
from .envelopes import Envelope
from .parameters import MOST_MINIMAL, MOST_PER_PAGE, PER_PAGE

LICENCE = {"name": "Creative Commons Attribution 4.0", "identifier": "CC-BY-4.0"}
_REF = "#/components/schemas/{name}"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_JSON, _LINES = "application/json", "application/x-ndjson"

_WHOLE = {"type": "integer", "minimum": 1, "maximum": 10**9 - 1}
_AGE = {"type": "integer", "minimum": 0, "maximum": 200}
_ID = {"type": "string", "format": "uuid"}
_TEXT = {"type": "string", "maxLength": 200}
_CLOCK = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}
_DAYS = "|".join(day.label[:2].upper() for day in Weekday)
_DAY = {"type": "string", "pattern": f"^({_DAYS})(,({_DAYS})){{0,6}}$"}
_POINT = r"-?[0-8]?[0-9](\.[0-9]{1,9})?,-?(1[0-7])?[0-9](\.[0-9]{1,9})?"
_PROXIMITY = {"type": "string", "pattern": rf"^([0-9]{{1,7}}|{_POINT})$"}
_FLAG = {"type": "boolean", "default": False}

#: The parameters by name: the schema, and what it is for.
PARAMETERS: dict[str, tuple[dict[str, Any], str]] = {
    "page": (_WHOLE | {"default": 1}, "The page, from 1 on. One beyond the last is empty."),
    "per_page": (
        _WHOLE | {"default": PER_PAGE},
        f"How many items a page has: at most {MOST_PER_PAGE}, or {MOST_MINIMAL} minimal ones, which is their default.",
    ),
    "format": ({"type": "string", "enum": ["json", "ndjson"]}, "ndjson: all items, a line each, without pages."),
    "full": ({"type": "boolean", "default": True}, "false: without what is nested in an item."),
    "minimal": (_FLAG, "true: id, name, status and last_modified alone."),
    "search": (_TEXT, "Words. `text` and `keywords` are the same."),
    "text": (_TEXT, "As `search`."),
    "keywords": (_TEXT, "As `search`."),
    "modified_after": (
        {"type": "string", "format": "date-time"},
        "What changed at that moment or later: the group, its organisation, venue, times, contacts, checks or terms.",
    ),
    "checked_after": ({"type": "string", "format": "date"}, "What somebody has checked on that day or later. Ours."),
    "organization_id": (_ID, "Of this organisation."),
    "taxonomy_id": (_ID, "With a term of this taxonomy."),
    "taxonomy_term_id": (_ID, "With this term; several, with commas between them: with all of them."),
    "postcode": (_TEXT, "Around this postcode, by `proximity`, and what serves the area that it lies in."),
    "proximity": (_PROXIMITY, "How far, in metres; or a point, as LATITUDE,LONGITUDE, with `radius`."),
    "radius": (
        {"type": "number", "minimum": 0},
        "How far around that point, in kilometres: 5 by default.",
    ),
    "minimum_age": (_AGE, "For people of this age or older, some of them."),
    "maximum_age": (_AGE, "For people of this age or younger, some of them."),
    "day": (_DAY, "Regularly on this day, or on one of several: MO,TU."),
    "start_time": (_CLOCK, "Begins then or later, in UK time."),
    "end_time": (_CLOCK, "Ends then or earlier, in UK time."),
    "full_service": (_FLAG, "true: with the services of each organisation."),
    "parent_id": (_ID, "The terms below this one."),
    "top_only": (_FLAG, "true: only terms that have no parent."),
}
_PAGED = ("page", "per_page", "format")
_WORDS = ("search", "text", "keywords")
_OF_SERVICES = (
    *(*_PAGED, "full", "minimal", *_WORDS, "modified_after", "checked_after", "organization_id", "taxonomy_id"),
    *("taxonomy_term_id", "postcode", "proximity", "radius", "minimum_age", "maximum_age", "day", "start_time"),
    "end_time",
)
#: Each kind of record: its path, its schema, what it is, and the parameters of its list and of an item.
_KINDS: tuple[tuple[str, str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("services", "Service", "Peer support groups.", _OF_SERVICES, ()),
    ("service_at_locations", "ServiceAtLocation", "Groups, each at each of its places.", _OF_SERVICES, ()),
    (
        *("organizations", "Organization", "Organisations that run or host groups."),
        *((*_PAGED, "full", *_WORDS, "full_service"), ("full_service",)),
    ),
    ("taxonomies", "Taxonomy", "Our taxonomy.", (*_PAGED, *_WORDS), ()),
    (
        *("taxonomy_terms", "TaxonomyTerm", "Terms of our taxonomy, with a page that explains each."),
        *((*_PAGED, *_WORDS, "taxonomy_id", "parent_id", "top_only"), ()),
    ),
)
_RECORDS = (
    *(records.Service, records.ServiceAtLocation, records.Organization, records.Taxonomy, records.TaxonomyTerm),
    *(records.ApiDetails, records.Error, Envelope),
)


def document(server: str) -> dict[str, Any]:
    """Return the document, for the address of the feed: "https://example.org/open-referral"."""
    _, schemas = msgspec.json.schema_components(_RECORDS, ref_template=_REF)
    details = _operation("About this feed.", _content({"$ref": _REF.format(name="ApiDetails")}), "details", ())
    paths: dict[str, Any] = {"/": {"get": details}}
    for path, schema, about, of_list, of_item in _KINDS:
        ref = {"$ref": _REF.format(name=schema)}
        page = {"allOf": [{"$ref": _REF.format(name="Envelope")}, {"properties": {"contents": _array(ref)}}]}
        page["required"] = ["contents"]
        lines = {_LINES: {"schema": {"type": "string"}}}
        paths[f"/{path}"] = {"get": _operation(about, _content(page) | lines, path, of_list)}
        by_id = _operation(f"One of: {about}", _content(ref), f"{path}_by_id", of_item, is_by_id=True)
        paths[f"/{path}/{{id}}"] = {"get": by_id}
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": _DIALECT,
        "info": {
            "title": f"{settings.SITE_NAME}: Open Referral UK",
            "version": "HSDS-UK-3.0",
            "summary": "Mental-health peer support groups in the United Kingdom.",
            "description": _ABOUT.format(name=settings.SITE_NAME, site=settings.SITE_ADDRESS),
            "license": LICENCE,
        },
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


_ABOUT = (
    "Open to everybody, without a key. Please name {name} ({site}) and link the page of each group, its `url`. "
    "What is written of a group is its organisation's own; the list as a whole has the licence named here. "
    "A description ends with the words that the licence of its source asks for. "
    "Data of addresses and areas: {site}/data/ names who owns it. "
    "A group that has ended is `defunct` for 12 months. One that is taken off the list is not in the feed any more. "
    "The day of the last check is `assured_date`; a term whose code begins with `checked-` says how it was made. "
    "Of a confidential venue there is the town alone; of a closed group, that it is closed. Times are UK time."
)


def _operation(
    about: str, content: dict[str, Any], name: str, parameters: tuple[str, ...], *, is_by_id: bool = False
) -> dict[str, Any]:
    error = {"description": "What is wrong with the request.", "content": _content({"$ref": _REF.format(name="Error")})}
    path_id = {"name": "id", "in": "path", "required": True, "schema": _ID, "description": "The id of the record."}
    return {
        "operationId": name,
        "summary": about,
        "tags": [name.removesuffix("_by_id")],
        "parameters": [*([path_id] if is_by_id else []), *(_parameter(each) for each in parameters)],
        "responses": {
            "200": {"description": "OK", "content": content},
            **({"400": error} if parameters else {}),
            **({"404": error} if is_by_id else {}),
        },
    }


def _parameter(name: str) -> dict[str, Any]:
    schema, about = PARAMETERS[name]
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": about}


def _content(schema: dict[str, Any]) -> dict[str, Any]:
    return {_JSON: {"schema": schema}}


def _array(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}
