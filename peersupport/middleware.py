"""What happens to every request and response, whichever page it is."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

from common.slots import ServerBusy
from peersupport.views import server_busy

GetResponse = Callable[[HttpRequest], HttpResponse]


def content_security_policy(get_response: GetResponse) -> GetResponse:
    """Allow a page nothing but our own files: no inline script or style, no other host."""
    policy = "; ".join(" ".join([directive, *sources]) for directive, sources in settings.SECURE_CSP.items())

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return middleware


class AnswerWhenBusy:
    """Answer a request that was refused for want of a slot with a page that says so, and when to come again."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return server_busy(request, exception) if isinstance(exception, ServerBusy) else None


def permissions_policy(get_response: GetResponse) -> GetResponse:
    """Let our own pages, and nothing that may stand in them, ask where somebody is; the browser still asks them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

    return middleware


def compress_public_pages(get_response: GetResponse) -> GetResponse:
    """Compress public pages, which hold no secret. Staff pages do, so their length must tell nothing (BREACH)."""
    compressed = GZipMiddleware(get_response)

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request) if request.path.startswith("/staff/") else compressed(request)

    return middleware
