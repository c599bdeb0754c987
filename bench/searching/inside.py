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
from groups.search.snapshot.snapshot import directory, forget  # noqa: E402

from .mix import searches  # noqa: E402

ROUNDS, EDITS = 5, 15


def milliseconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return (time.perf_counter() - began) * 1000


def mean_processor_time(action: Callable[[str], object], of: list[str]) -> float:
    """In milliseconds, which others that use the same machine make longer, but not by waiting."""
    began = time.process_time()
    for one in of:
        action(one)
    return (time.process_time() - began) * 1000 / len(of)


def summary(times: list[float]) -> dict[str, float]:
    """The median and the time that 95 of 100 keep to."""
    times = sorted(times)
    return {"median": statistics.median(times), "p95": times[int(len(times) * 0.95)]}


def pages() -> dict[str, dict[str, float]]:
    """The same searches as pages: real, canned and constant by turns."""
    handler, factory, mix = WSGIHandler(), RequestFactory(), searches()

    def get(address: str):
        return handler.get_response(factory.get(address))

    times: dict[str, list[float]] = {"page": [], "canned": [], "constant": []}
    work: dict[str, list[float]] = {kind: [] for kind in times}
    sizes, zipped, queries = [], [], []
    # The frame and the vocabulary belong to no search.
    get("/groups/?near=Margate")
    cold, warm = (mean_processor_time(get, [f"/groups/?{asked}" for asked in mix]) for _ in range(2))
    for asked in mix:
        for path in ("/groups/", "/canned/"):
            response = get(f"{path}?{asked}")
            if response.status_code != 200:
                sys.exit(f"{path}?{asked} answers {response.status_code}.")
        with CaptureQueriesContext(
            connection,
        ) as captured:
            content = get(f"/groups/?{asked}").content
        queries.append(len(captured))
        sizes.append(len(content))
        zipped.append(len(gzip.compress(content, 6)))
    for _ in range(ROUNDS):
        # One kind after the other, not one question after the other: who asks the same again finds it at hand.
        for kind, path in (("page", "groups"), ("canned", "canned"), ("constant", "constant")):
            began = time.process_time()
            for asked in mix:
                times[kind].append(milliseconds(lambda address=f"/{path}/?{asked}": get(address)))
            work[kind].append((time.process_time() - began) * 1000 / len(mix))
    return {kind: summary(one) for kind, one in times.items()} | {
        "queries": summary(queries),
        "bytes": summary(sizes),
        "gzip": summary(zipped),
        "work": {kind: statistics.median(means) for kind, means in work.items()},
        "cold": {"mean": cold},
        "warm": {"mean": warm},
    }


def index_alone() -> dict[str, float]:
    """The search itself, without form, database or page."""
    here, now = directory(), timezone.now()
    asked = [index_query(GroupSearchForm(QueryDict(one)).query, here) for one in searches()]
    for one in asked:
        here.index.search(one, now)
    return summary([milliseconds(lambda one=one: here.index.search(one, now)) for _ in range(ROUNDS) for one in asked])


def edits() -> dict[str, dict[str, float]]:
    """What an edit costs in its own transaction, history and all; to tell the directory of it alone, in a transaction
    of its own; and to bring a directory up to date afterwards."""
    saved, told, patched = [], [], []
    for group in SupportGroup.objects.published().order_by("pk")[:EDITS]:
        directory()

        def edit(group=group) -> None:
            with transaction.atomic():
                group.summary = f"{group.summary[:100]} Edited."
                group.save()

        def tell(group=group) -> None:
            with transaction.atomic():
                note_change([group.pk])

        saved.append(milliseconds(edit))
        patched.append(milliseconds(directory))
        told.append(milliseconds(tell))
    return {"edit": summary(saved), "told": summary(told), "patch": summary(patched)}


def main() -> None:
    SupportGroup.objects.exists()
    build, build_cpu = [], []
    for _ in range(3):
        forget()
        began = time.process_time()
        build.append(milliseconds(directory))
        build_cpu.append((time.process_time() - began) * 1000)
    found = {"build": summary(build), "build_cpu": summary(build_cpu), "search": index_alone()} | pages() | edits()
    sys.stdout.write(json.dumps(found))


main()
