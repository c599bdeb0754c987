"""How long pages take alone, and while eight PDFs of eight areas are asked for at once, again and again.

    python bench/help_now.py --database sqlite:////tmp/examples.sqlite3 --workers 3 4

The site runs under gunicorn as `gunicorn.conf.py` has it. Without `--database`, on a scratch database of examples. One
client asks for the pages in turn. Eight others ask, all at the same moment, for the PDF of an area each, one group on
each page; when all eight have an answer, again. What counts is the ratio of the 99th percentiles in the same run, whose
halves take turns, since a machine has more to do at one time than at another; the exit code says nothing of it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.searching import databases, load, server

LISTINGS, PORT, FILES = 5_000, 8142, 8
#: The areas are the first whose PDF in this layout is long, and not refused for its length.
LAYOUT, LONG = "easy", 50
#: How often the pages are asked for alone and meanwhile, and by how much the 99th percentile may be longer meanwhile.
TURNS, AIM = 4, 3.0

say = sys.stdout.write

_PATHS = """
import json, sys, django; django.setup()
from django.utils import timezone
from groups.printing.layouts import LAYOUTS
from groups.models import SupportGroup
from places.models import Area
listed = SupportGroup.objects.listed(timezone.localdate())
layout, least, most = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
found = []
for area in Area.objects.order_by("pk"):
    count = (listed.located_in(area) | listed.serving(area)).distinct().count()
    if least <= count <= LAYOUTS[layout].most_in_pdf:
        found.append(area.slug)
    if len(found) == most:
        break
print(json.dumps([found, listed.first().get_absolute_url()]))
"""


def paths(url: str) -> tuple[list[str], list[str]]:
    """Return the paths of the PDFs and of the pages that are asked for."""
    command = [sys.executable, "-c", _PATHS, LAYOUT, str(LONG), str(FILES)]
    done = subprocess.run(command, cwd=databases.ROOT, env=databases.environment(url), check=True, capture_output=True)
    areas, group = json.loads(done.stdout.splitlines()[-1])
    files = [f"/areas/{slug}/print/list.pdf?layout={LAYOUT}" for slug in areas]
    return files, ["/help-now/", "/groups/?near=Kent", group]


def time_pages(pages: list[str], seconds: float, times: dict[str, list[float]]) -> None:
    """Add the response times of the pages in milliseconds, requested one at a time."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        for page in pages:
            began = time.perf_counter()
            answer = load.fetch(PORT, page)
            if b" 200 " not in answer[:20]:
                sys.exit(f"{page} answers {answer[:40]!r}.")
            times[page].append((time.perf_counter() - began) * 1000)
            time.sleep(0.01)


def while_files_are_made(files: list[str], statuses: Counter[str], pages: Callable[[], None]) -> None:
    """Time the pages while all files are asked for at once, again and again."""
    stop = threading.Event()

    def outcome(path: str) -> str:
        answer = load.fetch(PORT, path)
        status = answer[9:12].decode()
        return f"{status} without Retry-After" if status == "503" and b"\r\nRetry-After: " not in answer else status

    def ask() -> None:
        with ThreadPoolExecutor(len(files)) as clients:
            while not stop.is_set():
                statuses.update(clients.map(outcome, files))

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        pages()
    finally:
        stop.set()
        asking.join()


def line(page: str, alone: list[float], busy: list[float]) -> None:
    def at(times: list[float], share: float) -> float:
        return sorted(times)[int(len(times) * share)]

    ratio = at(busy, 0.99) / at(alone, 0.99)
    figures = [at(times, share) for share in (0.5, 0.99) for times in (alone, busy)]
    say(f"  {page:<44.44}{len(busy):>6}" + "".join(f"{figure:>9.1f}" for figure in figures))
    say(f"{ratio:>7.1f} of {AIM:g} {'✓' if ratio <= AIM else '✗'}\n")


def measure(url: str, workers: int, seconds: float) -> None:
    files, pages = paths(url)
    alone, busy, statuses = defaultdict[str, list[float]](list), defaultdict[str, list[float]](list), Counter[str]()
    with server.served(url, PORT, workers):
        server.wait_for_directory(PORT, pages[1], workers)
        for page in pages * 3:
            server.from_each_worker(PORT, page, workers)
        for _ in range(TURNS):
            time_pages(pages, seconds / TURNS, alone)
            while_files_are_made(files, statuses, lambda: time_pages(pages, seconds / TURNS, busy))
    say(f"\n{workers} workers, {len(files)} PDFs at once; milliseconds alone, and meanwhile\n")
    say(f"  {'':<44}{'times':>6}{'median':>9}{'':>9}{'p99':>9}{'':>9}{'ratio':>7}\n")
    for page in pages:
        line(page, alone[page], busy[page])
    say(f"  PDFs: {', '.join(f'{number} × {status}' for status, number in sorted(statuses.items()))}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", default="", help="The URL of a database full of examples.")
    parser.add_argument("--workers", type=int, nargs="+", default=[3, 4], help="How many workers.")
    parser.add_argument("--seconds", type=float, default=20, help="How long the pages are asked for, alone and not.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ.setdefault("LOCK_DIR", f"{scratch}/locks")
        url = options.database or databases.create("sqlite", LISTINGS, Path(scratch), "", again=False)
        for workers in options.workers:
            measure(url, workers, options.seconds)


main()
