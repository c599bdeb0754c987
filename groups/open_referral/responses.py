"""Answers of the feed: JSON for success and for errors alike."""

import gzip

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from common.compression import accepts_gzip

from .items import encode
from .records import Error

JSON = "application/json"


def json_response(content: bytes, status: int = 200) -> HttpResponse:
    """Return a JSON answer."""
    return HttpResponse(content, content_type=JSON, status=status)


def error_response(status: int, message: str) -> HttpResponse:
    """Return an answer that is no success, with a sentence on what is wrong."""
    return json_response(encode(Error(status, message)), status)


def compress_quickly(request: HttpRequest, response: HttpResponse) -> None:
    """Compress an answer in place at the fastest level, for a client that takes it: larger, in half the time."""
    patch_vary_headers(response, ("Accept-Encoding",))
    if accepts_gzip(request):
        response.content = gzip.compress(response.content, 1, mtime=0)
        response["Content-Encoding"] = "gzip"
