"""What of the site is sent as gzip. No database."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from peersupport.middleware import PublicGZipMiddleware

PAGE = b"<p>A group that meets on Thursdays.</p>" * 20


def answered(path="/groups/", content=PAGE, accepted="br, gzip", **headers):
    """Return the answer of a page with a content and headers, as a browser gets it that reads some encodings."""
    request = RequestFactory().get(path, headers={"accept-encoding": accepted})
    return PublicGZipMiddleware(lambda request: HttpResponse(content, headers=headers))(request)


def test_public_page_is_compressed_for_who_can_read_it():
    response = answered(ETag='"7"')

    assert gzip.decompress(response.content) == PAGE
    assert dict(response.items()) == {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Encoding": "gzip",
        "Content-Length": str(len(response.content)),
        "ETag": 'W/"7"',
        "Vary": "Accept-Encoding",
    }


@pytest.mark.parametrize(
    "given, varies",
    [
        ({"path": "/staff/"}, None),
        ({"accepted": "br"}, "Accept-Encoding"),
        ({"content": b"short"}, None),
        ({"Content-Encoding": "br"}, None),
    ],
)
def test_page_stays_as_it_is_if_it_has_secrets_or_compression_would_not_help(given, varies):
    response = answered(**given)

    assert (response.content, response.get("Vary")) == (given.get("content", PAGE), varies)
