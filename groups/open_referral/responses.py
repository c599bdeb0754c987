"""Answers of the feed: JSON for success and for errors alike."""

from django.http import HttpResponse

from .items import encode
from .records import Error

JSON = "application/json"


def json_response(content: bytes, status: int = 200) -> HttpResponse:
    """Return a JSON answer."""
    return HttpResponse(content, content_type=JSON, status=status)


def error_response(status: int, message: str) -> HttpResponse:
    """Return an answer that is no success, with a sentence on what is wrong."""
    return json_response(encode(Error(status, message)), status)
