"""Timing the search in this process, on the database of DATABASE_URL; prints what it found as JSON.

`python -m bench.searching.inside`, run by `bench/search.py`: each database needs a process of its own.
"""

import gzip
import json
import statistics
import sys
import time
from collections.abc import Callable

import django

django.setup()

# Models can be imported only now.
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.http import QueryDict  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from groups.models import SupportGroup  # noqa: E402
from groups.search.forms import GroupSearchForm  # noqa: E402
from groups.search.service import index_query  # noqa: E402
from groups.search.snapshot.change_log import note_change  # noqa: E402
from groups.search.snapshot.snapshot import current_snapshot, invalidate  # noqa: E402

from .mix import searches  # noqa: E402

ROUNDS, EDITS = 5, 15


def milliseconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return (time.perf_counter() - began) * 1000


def mean_processor_time(action: Callable[[str], object], arguments: list[str]) -> float:
    """Return the mean processor time in milliseconds; other processes lengthen it less than time on the clock."""
    began = time.process_time()
    for argument in arguments:
        action(argument)
    return (time.process_time() - began) * 1000 / len(arguments)


def summary(times: list[float]) -> dict[str, float]:
    """Return the median and the 95th percentile."""
    times = sorted(times)
    return {"median": statistics.median(times), "p95": times[int(len(times) * 0.95)]}


def pages() -> dict[str, dict[str, float]]:
    """Time the searches as real, canned and constant pages by turns."""
    handler, factory, mix = WSGIHandler(), RequestFactory(), searches()

    def get(address: str):
        return handler.get_response(factory.get(address))

    times: dict[str, list[float]] = {"page": [], "canned": [], "constant": []}
    work: dict[str, list[float]] = {kind: [] for kind in times}
    sizes, zipped, queries = [], [], []
    # Load templates and vocabulary first.
    get("/groups/?near=Margate")
    cold, warm = (mean_processor_time(get, [f"/groups/?{query_string}" for query_string in mix]) for _ in range(2))
    for query_string in mix:
        for path in ("/groups/", "/canned/"):
            response = get(f"{path}?{query_string}")
            if response.status_code != 200:
                sys.exit(f"{path}?{query_string} answers {response.status_code}.")
        with CaptureQueriesContext(connection) as captured:
            content = get(f"/groups/?{query_string}").content
        queries.append(len(captured))
        sizes.append(len(content))
        zipped.append(len(gzip.compress(content, 6)))
    for _ in range(ROUNDS):
        # One kind after the other, not one query after the other: repeating a query at once would hit caches.
        for kind, path in (("page", "groups"), ("canned", "canned"), ("constant", "constant")):
            began = time.process_time()
            for query_string in mix:
                times[kind].append(milliseconds(lambda address=f"/{path}/?{query_string}": get(address)))
            work[kind].append((time.process_time() - began) * 1000 / len(mix))
    return {kind: summary(measured) for kind, measured in times.items()} | {
        "queries": summary(queries),
        "bytes": summary(sizes),
        "gzip": summary(zipped),
        "work": {kind: statistics.median(means) for kind, means in work.items()},
        "cold": {"mean": cold},
        "warm": {"mean": warm},
    }


def index_alone() -> dict[str, float]:
    """Time the index alone, without form, database or page."""
    snapshot, now = current_snapshot(), timezone.now()
    queries = [index_query(GroupSearchForm(QueryDict(address)).query, snapshot, now) for address in searches()]
    for query in queries:
        snapshot.index.search(query, now)
    return summary(
        [
            milliseconds(lambda query=query: snapshot.index.search(query, now))
            for _ in range(ROUNDS)
            for query in queries
        ]
    )


def edits() -> dict[str, dict[str, float]]:
    """Time an edit with its revision; writing the change log alone, in a transaction of its own; and patching the
    snapshot afterwards."""
    saves, logs, patches = [], [], []
    for group in SupportGroup.objects.published().order_by("pk")[:EDITS]:
        current_snapshot()

        def edit(group=group) -> None:
            with transaction.atomic():
                group.summary = f"{group.summary[:100]} Edited."
                group.save()

        def log(group=group) -> None:
            with transaction.atomic():
                note_change([group.pk])

        saves.append(milliseconds(edit))
        patches.append(milliseconds(current_snapshot))
        logs.append(milliseconds(log))
    return {"edit": summary(saves), "log": summary(logs), "patch": summary(patches)}


def main() -> None:
    SupportGroup.objects.exists()
    build, build_cpu = [], []
    for _ in range(3):
        invalidate()
        began = time.process_time()
        build.append(milliseconds(current_snapshot))
        build_cpu.append((time.process_time() - began) * 1000)
    found = {"build": summary(build), "build_cpu": summary(build_cpu), "search": index_alone()} | pages() | edits()
    sys.stdout.write(json.dumps(found))


main()
