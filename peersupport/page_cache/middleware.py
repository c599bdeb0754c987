"""Middleware that serves cached responses, and sets `Cache-Control` and `ETag`."""

import datetime
import logging
import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from common.bounded_cache import CACHE, Key
from common.cached_urls import cached_reverse
from groups.search.fragment_cache import CHOSEN_QUERY
from groups.search.snapshot.hot_queries import State, one_state, state_of_request
from groups.timetable.meetings import LONDON
from peersupport.views import UNAVAILABLE_ERRORS, data_unavailable

from .cached_responses import CachedResponse, cached_response_of, not_modified
from .pages import PAGES, Names, Page
from .signed_etags import current_etag, may_be_signed, signed_etag

logger = logging.getLogger(__name__)

#: The query strings of cached responses: nothing that anybody typed, and no shortlist.
_PLAIN_QUERY = re.compile(r"(?:page=[1-9]\d{0,2}|wider=all)?", re.ASCII)
#: The `max-age` in seconds of pages that name nothing, and of those that name areas alone.
SECONDS = {Names.NOTHING: 3600, Names.AREAS: 60}
REVALIDATE = "no-cache"


class PageCacheMiddleware:
    """Serves public pages from the cache of the process while nothing that they show has changed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or request.path.startswith("/staff/"):
            return self.get_response(request)
        try:
            return self._answer(request)
        except UNAVAILABLE_ERRORS as error:
            return _data_unavailable(request, error)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        with one_state():
            now, key = timezone.now(), _key(request)
            answer: CachedResponse | None = CACHE.get(key) if key else None
            if key and answer is not None:
                if answer.is_current(now):
                    return answer.response(request)
                CACHE.drop(key)
            if may_be_signed(request) and (etag := current_etag(request, state_of_request(), now)):
                return not_modified(etag, REVALIDATE)
            return _finished(request, self.get_response(request), key, now)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        # Read before the view runs: what a page shows may be newer than the version it is stored with, never older.
        page = _page(request)
        if page is not None and page.names != Names.NOTHING and request.method in ("GET", "HEAD"):
            try:
                state_of_request()
            except UNAVAILABLE_ERRORS as error:
                return _data_unavailable(request, error)
        return None


def _data_unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    """Return the 503 page for a database that does not answer, as `ServiceUnavailableMiddleware` does."""
    if settings.DEBUG:
        raise error
    logger.error("No data to answer with: %s", type(error).__name__)
    return data_unavailable(request)


def _finished(request: HttpRequest, response: HttpResponse, key: Key | None, now: datetime.datetime) -> HttpResponse:
    """Return the response with its caching headers; stored in the cache if it may be."""
    page = _page(request)
    if response.status_code != 200 or page is None or response.streaming:
        response.headers.setdefault("Cache-Control", REVALIDATE)
        return response
    response.headers.setdefault("Cache-Control", _cache_control(page, now))
    dependencies = getattr(response, "cache_dependencies", None)
    if key and not settings.DEBUG and (page.names == Names.NOTHING or dependencies is not None):
        state = State() if page.names == Names.NOTHING else state_of_request()
        answer = cached_response_of(response, request.resolver_match, state, now)
        if answer is not None:
            CACHE.put(key, answer, answer.size)
            return answer.response(request)
    if page.names != Names.NOTHING and "ETag" not in response:
        etag = signed_etag(request, page, state_of_request(), now, dependencies.until if dependencies else None)
        if etag:
            response["ETag"] = etag
    return response


def _page(request: HttpRequest) -> Page | None:
    return PAGES.get(request.resolver_match.view_name) if request.resolver_match else None


def _key(request: HttpRequest) -> Key | None:
    """Return the cache key of a request; None if its response is not cached."""
    query = request.META.get("QUERY_STRING", "")
    is_search = request.path in (cached_reverse("groups:group_list"), cached_reverse("groups:search_embed"))
    is_plain = _PLAIN_QUERY.fullmatch(query) or (is_search and CHOSEN_QUERY.fullmatch(query))
    if request.method != "GET" or not is_plain:
        return None
    return "answer", request.scheme, request.get_host(), request.path, query


def _cache_control(page: Page, now: datetime.datetime) -> str:
    """Return the `Cache-Control` of a page, which no cache may store past the end of the day."""
    if page.names not in SECONDS:
        return REVALIDATE
    local = now.astimezone(LONDON)
    midnight = datetime.datetime.combine(local.date() + datetime.timedelta(days=1), datetime.time(), LONDON)
    left = int(midnight.timestamp() - now.timestamp())
    return f"public, max-age={max(0, min(SECONDS[page.names], left))}"
