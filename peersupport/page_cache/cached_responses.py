"""Cached responses: compressed, with what must be checked before they are sent again."""

import datetime
import gzip
import hashlib
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from common.cache_dependencies import CacheDependencies
from common.compression import accepts_gzip, compressed
from common.models.content_version import SITE
from groups.search.snapshot.hot_queries import State

from .guard import guard, is_guardable

#: Roughly the bytes of an answer beside its body.
_REST_BYTES = 4000
#: The headers that depend on whether a client gets it compressed, or are in a column of their own.
_OF_BODY = ("Content-Encoding", "Content-Length", "ETag")


@dataclass
class CachedResponse:
    """A response that may be sent again while nothing that it shows has changed."""

    body: bytes
    headers: dict[str, str]
    etag: str
    match: Any
    #: None for a page that shows nothing of the directory.
    dependencies: CacheDependencies | None
    versions: dict[str, int]
    made_at: datetime.datetime

    @property
    def size(self) -> int:
        return len(self.body) + _REST_BYTES

    def is_current(self, now: datetime.datetime) -> bool:
        """Return whether a new response would be the same. One query; two after an edit of something else."""
        if timezone.localdate(now) != timezone.localdate(self.made_at) or now < self.made_at:
            return False
        dependencies = self.dependencies
        if dependencies is None:
            return True
        if dependencies.until is not None and now >= dependencies.until:
            return False
        guarded = guard((*dependencies.versions, SITE), dependencies)
        site = guarded.versions.get(SITE)
        same = all(guarded.versions.get(name) == self.versions[name] for name in dependencies.versions)
        if not (same and guarded.allows(dependencies)):
            return False
        if site != self.versions[SITE]:
            if dependencies.surroundings_are_same is not None and not dependencies.surroundings_are_same():
                return False
            self.versions[SITE] = site or 0
        return True

    def response(self, request: HttpRequest) -> HttpResponse:
        """Return the response, or 304 if the client has it."""
        request.resolver_match = self.match
        if matches(request, self.etag):
            return not_modified(self.etag, self.headers["Cache-Control"])
        response = HttpResponse(headers=self.headers)
        if accepts_gzip(request):
            response.content = self.body
            response["Content-Encoding"] = "gzip"
        else:
            response.content = gzip.decompress(self.body)
        response["ETag"], response["Content-Length"] = self.etag, str(len(response.content))
        patch_vary_headers(response, ("Accept-Encoding",))
        return response


def cached_response_of(
    response: HttpResponse, match: Any, state: State, now: datetime.datetime
) -> CachedResponse | None:
    """Return the response to cache; None if what it shows has changed meanwhile, or cannot be checked in one query.

    A view that compressed it has set its ETag, as one may whose headers change too.

    `state` is that of the request, which was read before anything that is shown.
    """
    dependencies: CacheDependencies | None = getattr(response, "cache_dependencies", None)
    versions: dict[str, int] | None = {}
    if dependencies is not None:
        versions = _versions_of(dependencies, state) if is_guardable(dependencies) else None
    if versions is None:
        return None
    if response.get("Content-Encoding") == "gzip":
        body, etag = response.content, response["ETag"]
    else:
        body = compressed(response.content)
        digest = hashlib.blake2b(response.content, digest_size=12).hexdigest()
        etag = response.get("ETag", f'W/"{digest}"')
    headers = {name: value for name, value in response.headers.items() if name not in _OF_BODY}
    if match is not None:
        # For Django's page of errors it has every URL pattern that was tried: 5 KB.
        match.tried = None
    return CachedResponse(body, headers, etag, match, dependencies, versions, now)


def _versions_of(dependencies: CacheDependencies, state: State) -> dict[str, int] | None:
    """Return the versions of what a response shows, and of the site; None if any is missing, or has changed since.

    If all are in the state, no query is made now: they are compared again before the response is sent again.
    """
    names, known = {*dependencies.versions, SITE}, state.versions
    if names <= known.keys():
        # A missing version, as of a database without triggers, is never thought right.
        return {name: known[name] for name in names} if all(known[name] for name in names) else None
    guarded = guard((*dependencies.versions, SITE), dependencies)
    is_same = guarded.versions.get(SITE) == state.site and {*dependencies.versions} <= guarded.versions.keys()
    return guarded.versions if is_same and guarded.allows(dependencies) else None


def matches(request: HttpRequest, etag: str) -> bool:
    """Return whether a client has the response with an ETag."""
    return etag in given_etags(request)


def given_etags(request: HttpRequest) -> list[str]:
    """Return the ETags of `If-None-Match`, as weak ones."""
    given = parse_etags(request.headers.get("If-None-Match", ""))
    return [etag if etag.startswith("W/") else f"W/{etag}" for etag in given]


def not_modified(etag: str, cache_control: str) -> HttpResponse:
    response = HttpResponseNotModified(headers={"ETag": etag, "Cache-Control": cache_control})
    patch_vary_headers(response, ("Accept-Encoding",))
    return response
