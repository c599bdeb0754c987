"""The feed of Open Referral UK."""

import uuid
from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from common.cache_dependencies import CacheDependencies, with_cache_dependencies
from common.models.content_version import SITE
from common.slots import FILES, hold_slot

from . import listings, openapi
from .catalogue import Versions
from .envelopes import Listing
from .items import encode
from .middleware import PREFIX, is_own_host
from .parameters import BadParameter, Wanted, wanted
from .records import ApiDetails
from .responses import compress_quickly, error_response, json_response

#: The profile, which the standard's own address used to lead to in a circle.
_PROFILE = "https://openreferraluk.org/developers/specifications"
_VERSION = "HSDS-UK-3.0"
_LINES = "application/x-ndjson"
_NOTHING_WITH_THIS_ID = "There is nothing with this id."

MakeListing = Callable[[Wanted, Versions], Listing[Any]]
View = Callable[..., HttpResponse]


def _is_only_read(view: View) -> View:
    """Decorate a view of the feed: anything but GET and HEAD is answered with 405, not as a form without its token."""
    only_read: View = csrf_exempt(require_safe(view))
    return only_read


def reads_parameters(view: View) -> View:
    """Decorate a view of the feed: it gets what the query string asks for; 400 says what cannot be read of it."""

    @_is_only_read
    @wraps(view)
    def reading(request: HttpRequest, **ids: str) -> HttpResponse:
        try:
            asked = wanted(request.GET)
        except BadParameter as error:
            return error_response(400, str(error))
        return view(request, asked, **{name: uuid.UUID(value) for name, value in ids.items()})

    return reading


@_is_only_read
def root(request: HttpRequest) -> HttpResponse:
    """Return the version, the profile and the address of the OpenAPI document, whatever the query string is."""
    return json_response(encode(ApiDetails(_VERSION, _PROFILE, f"{_address(request)}/openapi.json")))


@_is_only_read
def openapi_document(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI document of the feed."""
    return json_response(encode(openapi.document(_address(request))))


@reads_parameters
def service_list(request: HttpRequest, asked: Wanted) -> HttpResponse:
    """Return a page of services."""
    return _list(request, asked, listings.service_listing)


@reads_parameters
def service_detail(request: HttpRequest, asked: Wanted, public_id: uuid.UUID) -> HttpResponse:
    """Return a service."""
    return _item(request, listings.service(public_id, Versions()))


@reads_parameters
def place_list(request: HttpRequest, asked: Wanted) -> HttpResponse:
    """Return a page of services at locations."""
    return _list(request, asked, listings.place_listing)


@reads_parameters
def place_detail(request: HttpRequest, asked: Wanted, public_id: uuid.UUID) -> HttpResponse:
    """Return a service at a location."""
    return _item(request, listings.place(public_id, Versions()))


@reads_parameters
def organization_list(request: HttpRequest, asked: Wanted) -> HttpResponse:
    """Return a page of organisations."""
    return _list(request, asked, listings.organization_listing)


@reads_parameters
def organization_detail(request: HttpRequest, asked: Wanted, public_id: uuid.UUID) -> HttpResponse:
    """Return an organisation."""
    return _item(request, listings.one_organization(public_id, asked, Versions()))


@reads_parameters
def taxonomy_list(request: HttpRequest, asked: Wanted) -> HttpResponse:
    """Return the taxonomies."""
    return _list(request, asked, listings.taxonomy_listing)


@reads_parameters
def taxonomy_detail(request: HttpRequest, asked: Wanted, public_id: uuid.UUID) -> HttpResponse:
    """Return a taxonomy with its terms."""
    return _item(request, listings.one_taxonomy(public_id, Versions()))


@reads_parameters
def taxonomy_term_list(request: HttpRequest, asked: Wanted) -> HttpResponse:
    """Return a page of terms."""
    return _list(request, asked, listings.term_listing)


@reads_parameters
def taxonomy_term_detail(request: HttpRequest, asked: Wanted, public_id: uuid.UUID) -> HttpResponse:
    """Return a term."""
    return _item(request, listings.one_term(public_id, Versions()))


@csrf_exempt
def unknown_path(request: HttpRequest, path: str = "") -> HttpResponse:
    """Say that there is nothing at an address under the prefix: an id that is no UUID, too."""
    return error_response(404, "There is nothing at this address.")


def _list(request: HttpRequest, asked: Wanted, make: MakeListing) -> HttpResponse:
    listing = make(asked, Versions())
    if asked.is_ndjson:
        lines = hold_slot(FILES, request, listing.lines())
        return StreamingHttpResponse(lines, content_type=f"{_LINES}; charset=utf-8")  # type: ignore[return-value]  # Django's own base class.
    return _conditional(request, listing.page(asked.page, asked.per_page))


def _item(request: HttpRequest, item: bytes | None) -> HttpResponse:
    return error_response(404, _NOTHING_WITH_THIS_ID) if item is None else _conditional(request, item)


def _conditional(request: HttpRequest, content: bytes) -> HttpResponse:
    """Return a JSON answer, or 304 if the client has it: whatever was asked, it is the same while its bytes are."""
    response = with_cache_dependencies(json_response(content), CacheDependencies((SITE,)))
    response["ETag"] = f'W/"{blake2b(content, digest_size=12).hexdigest()}"'
    # Even what is cached is mostly sent once, to who reads page after page.
    compress_quickly(request, response)
    answer: HttpResponse = get_conditional_response(request, etag=response["ETag"], response=response) or response
    return answer


def _address(request: HttpRequest) -> str:
    """Return the address of the feed without a slash: on its own host, the root of that."""
    return request.build_absolute_uri("/" if is_own_host(request) else PREFIX).rstrip("/")
