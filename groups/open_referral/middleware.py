"""Middleware of the feed: a host name of its own, CORS for every answer, and JSON for every error."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .responses import JSON, error_response

PREFIX = "/open-referral"
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}
#: What goes with an error whatever its body is.
_PASSED_ON = ("Retry-After", "Allow", "Cache-Control")
_MESSAGES = {
    404: "There is nothing at this address.",
    405: "The feed is only read: send GET.",
    503: "The feed cannot answer now. Please try again a little later.",
}


def open_referral(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer requests of the feed: those under its prefix, and all of the host name that is its own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.OPEN_REFERRAL_HOST and is_own_host(request):
            _add_prefix(request)
        if not _is_of_feed(request.path_info):
            return get_response(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers=_PREFLIGHT)
        else:
            response = _as_json(get_response(request))
        for name, value in _CORS.items():
            response[name] = value
        return response

    return middleware


def is_own_host(request: HttpRequest) -> bool:
    """Return whether a request is to the host name that is the feed's own."""
    host = request.headers.get("Host", "").casefold()
    return bool(settings.OPEN_REFERRAL_HOST) and host.partition(":")[0] == settings.OPEN_REFERRAL_HOST.casefold()


def _add_prefix(request: HttpRequest) -> None:
    """Have the feed answer at the root of its host: some clients drop the path of an address."""
    if not _is_of_feed(request.path_info):
        request.path = request.path_info = f"{PREFIX}{request.path_info}"


def _is_of_feed(path: str) -> bool:
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def _as_json(response: Any) -> HttpResponse:
    """Return an answer; instead of a page that says what went wrong, JSON."""
    if response.status_code < 400 or response.headers.get("Content-Type", "").startswith(JSON):
        result: HttpResponse = response
        return result
    status = response.status_code
    answer = error_response(status, _MESSAGES.get(status, "Something went wrong." if status >= 500 else "Bad request."))
    # Django logs an error once for each answer that does not say that it was logged.
    answer._has_been_logged = getattr(response, "_has_been_logged", False)  # type: ignore[attr-defined]  # Django's own.
    for name in _PASSED_ON:
        if name in response.headers:
            answer[name] = response[name]
    return answer
