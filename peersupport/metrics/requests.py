"""Metrics of requests, by the name of the view: nothing about who asked, or for what."""

import time
from collections import Counter as Counter_
from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse

from common.bounded_cache import CACHE, BoundedCache
from groups.search.snapshot.snapshot import DirectorySnapshot, loaded_snapshot

from .files import use_folder

#: In seconds: from pages of a few milliseconds to files that take more than a minute.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 90)


class _RequestFigures:
    """Counters of requests. Created only in processes that serve some: creating them writes files."""

    def __init__(self) -> None:
        use_folder()
        from prometheus_client import Counter, Gauge, Histogram

        self.requests = Counter("alongside_requests", "Requests that were answered.", ["view", "status"])
        self.seconds = Histogram("alongside_request_seconds", "Seconds until the answer.", ["view"], buckets=BUCKETS)
        self.in_progress = Gauge(
            "alongside_requests_in_progress", "Requests being answered.", multiprocess_mode="livesum"
        )


class _DirectoryFigures:
    """Gauges of the directory in memory. Created only by processes that have one: no other counts as empty."""

    def __init__(self) -> None:
        from prometheus_client import Gauge

        self.groups = Gauge(
            "alongside_directory_groups", "Groups in the smallest directory in memory.", multiprocess_mode="livemin"
        )
        self.read_at = Gauge(
            "alongside_directory_read_timestamp_seconds",
            "When the oldest directory in memory was read.",
            multiprocess_mode="livemin",
        )
        self.change = Gauge(
            "alongside_directory_change",
            "The last change in the oldest one: below alongside_directory_last_change, it is out of date.",
            multiprocess_mode="livemin",
        )

    def measure(self, snapshot: DirectorySnapshot) -> None:
        self.groups.set(len(snapshot.index))
        self.read_at.set_to_current_time()
        self.change.set(snapshot.version[0])


class _CacheFigures:
    """Gauges of the cache of a process."""

    def __init__(self) -> None:
        from prometheus_client import Counter, Gauge

        self.hits = Counter("alongside_cache_hits", "Values that the cache had.", ["kind"])
        self.misses = Counter("alongside_cache_misses", "Values that had to be made.", ["kind"])
        self.size = Gauge(
            "alongside_cache_bytes", "Bytes in the caches of all processes, roughly.", multiprocess_mode="livesum"
        )
        self._counted: dict[Any, Counter_[str]] = {self.hits: Counter_(), self.misses: Counter_()}

    def measure(self, cache: BoundedCache) -> None:
        for figure, counts in ((self.hits, cache.hits), (self.misses, cache.misses)):
            for kind, count in (counts - self._counted[figure]).items():
                figure.labels(kind).inc(count)
            self._counted[figure] = counts.copy()
        self.size.set(cache.size)


# Once in each process: the same name cannot be given twice.
_request_figures = cache(_RequestFigures)
_directory_figures = cache(_DirectoryFigures)
_cache_figures = cache(_CacheFigures)


class RequestMetricsMiddleware:
    """The outermost middleware: counts requests and their seconds, by view and status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._figures = _request_figures()
        self._measured: DirectorySnapshot | None = None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        with self._figures.in_progress.track_inprogress():
            response = self.get_response(request)
        view = request.resolver_match.view_name if request.resolver_match else ""
        self._figures.requests.labels(view, response.status_code).inc()
        self._figures.seconds.labels(view).observe(time.perf_counter() - start)
        _cache_figures().measure(CACHE)
        snapshot = loaded_snapshot()
        if snapshot is not None and snapshot is not self._measured:
            self._measured = snapshot
            _directory_figures().measure(snapshot)
        return response
