"""Figures about requests, by the name of the view: nothing about who asked, or for what."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from groups.search.snapshot.snapshot import DirectorySnapshot, loaded_snapshot

from .files import use_folder

use_folder()

from prometheus_client import Counter, Gauge, Histogram  # noqa: E402  (it looks for the folder when it is imported)

#: In seconds: from pages of a few milliseconds to files that take more than a minute.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 90)

REQUESTS = Counter("alongside_requests", "Requests that were answered.", ["view", "status"])
SECONDS = Histogram("alongside_request_seconds", "Seconds until the answer.", ["view"], buckets=BUCKETS)
IN_PROGRESS = Gauge("alongside_requests_in_progress", "Requests being answered.", multiprocess_mode="livesum")
DIRECTORY_GROUPS = Gauge(
    "alongside_directory_groups", "Groups in the directory that a process has in memory.", multiprocess_mode="livemin"
)
DIRECTORY_READ = Gauge(
    "alongside_directory_read_timestamp_seconds",
    "When the process that has the oldest directory in memory read it.",
    multiprocess_mode="livemin",
)
DIRECTORY_CHANGE = Gauge(
    "alongside_directory_change",
    "The number of the last change in it: behind alongside_directory_last_change, it is out of date.",
    multiprocess_mode="livemin",
)


class MeasureRequests:
    """Middleware, the outermost one: counts requests and their seconds, by view and status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._measured: DirectorySnapshot | None = None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        with IN_PROGRESS.track_inprogress():
            response = self.get_response(request)
        view = request.resolver_match.view_name if request.resolver_match else ""
        REQUESTS.labels(view, response.status_code).inc()
        SECONDS.labels(view).observe(time.perf_counter() - start)
        self._measure_directory()
        return response

    def _measure_directory(self) -> None:
        snapshot = loaded_snapshot()
        if snapshot is not None and snapshot is not self._measured:
            self._measured = snapshot
            DIRECTORY_GROUPS.set(len(snapshot.index))
            DIRECTORY_READ.set_to_current_time()
            DIRECTORY_CHANGE.set(snapshot.version[0])
