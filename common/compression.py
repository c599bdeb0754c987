"""Compression of pages."""

import gzip
import re

from django.http import HttpRequest

#: Half the work of Django's level, 6, for 3 % more bytes: 0.22 ms and 6,978 for 0.39 and 6,753 of a page of results.
_LEVEL = 4
_ACCEPTS_GZIP = re.compile(r"\bgzip\b")


def accepts_gzip(request: HttpRequest) -> bool:
    """Return whether the response to a request may be compressed with gzip."""
    return bool(_ACCEPTS_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))


def compressed(content: bytes) -> bytes:
    """Return the content as gzip. Deterministic: the modification time is left out."""
    return gzip.compress(content, _LEVEL, mtime=0)
