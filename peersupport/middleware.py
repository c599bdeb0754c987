"""Middleware: security headers, compression, 503 responses."""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

from common.compression import accepts_gzip, compressed
from common.content_security_policy import header_value
from common.slots import ServerBusy, slot
from peersupport.views import UNAVAILABLE_ERRORS, data_unavailable, server_busy

logger = logging.getLogger(__name__)

_CHUNK = 2**16
#: Pages of fewer bytes are not compressed.
_SHORT = 200

GetResponse = Callable[[HttpRequest], HttpResponse]


def content_security_policy(get_response: GetResponse) -> GetResponse:
    """Set the Content-Security-Policy header: own files only, nothing inline."""
    policy = header_value(settings.SECURE_CSP)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # The headers of a 304 replace those that a browser has: it would frame no list of ours when it asks again.
        if response.status_code != HTTPStatus.NOT_MODIFIED:
            response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return middleware


class ServiceUnavailableMiddleware:
    """Turn `ServerBusy`, and a database that does not answer, into a 503 response with Retry-After.

    A POST to a view of `slot_for_posts` gets its slot here, or is refused: the worker that refuses may be the only one
    left for pages, and reading session, user and body took ten times as long.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with ExitStack() as slots:
            request.slots = slots  # type: ignore[attr-defined]  # A request can carry it; its type cannot.
            return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        pool = getattr(view, "pool_of_posts", "")
        if request.method != "POST" or not pool:
            return None
        try:
            request.slots.enter_context(slot(pool, request))
        except ServerBusy as busy:
            # A connection that is closed with much of the body unread is reset, and the answer is lost.
            while request.read(_CHUNK):
                pass
            return server_busy(request, busy)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ServerBusy):
            return server_busy(request, exception)
        if isinstance(exception, UNAVAILABLE_ERRORS) and not settings.DEBUG:
            logger.error("No data to answer with: %s", type(exception).__name__)
            return data_unavailable(request)
        return None


def permissions_policy(get_response: GetResponse) -> GetResponse:
    """Set the Permissions-Policy header."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

    return middleware


class PublicGZipMiddleware(GZipMiddleware):
    """Compress public pages. Staff pages contain secrets, whose length compression would leak (BREACH).

    Django's middleware has no setting for the level, and adds random bytes, which pages without secrets do not need.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if request.path.startswith("/staff/"):
            return response
        if response.streaming or response.has_header("Content-Encoding") or len(response.content) < _SHORT:
            return super().process_response(request, response)
        patch_vary_headers(response, ("Accept-Encoding",))
        content = compressed(response.content) if accepts_gzip(request) else response.content
        if len(content) < len(response.content):
            response.content = content
            response["Content-Encoding"], response["Content-Length"] = "gzip", str(len(content))
            if response.get("ETag", "").startswith('"'):
                response["ETag"] = f"W/{response['ETag']}"
        return response
