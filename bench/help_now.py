"""How long `/help-now/` takes alone, and while eight PDFs of eight areas are asked for, over and over.

    python bench/help_now.py --sizes 2000 --seconds 20 --keep /tmp/scratch

The site runs under gunicorn as `gunicorn.conf.py` has it, on scratch databases of examples. Eight clients each ask for
the PDF of an area of their own, one group on each page; what is refused is asked for again after a second. What counts
is the ratio to the same page alone, in the same run; the exit code says nothing of it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.searching import databases, load, server

PORT, CLIENTS, PAUSE = 8142, 8, 1.0
PAGE = "/help-now/"
#: The areas are the first whose PDF in this layout is long, and not refused for its length.
LAYOUT, LONG = "easy", 50

say = sys.stdout.write

_AREAS = """
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
        found.append([area.slug, count])
    if len(found) == most:
        break
print(json.dumps(found))
"""


def areas(url: str) -> list[tuple[str, int]]:
    """Return (slug, number of groups) of the areas whose PDFs are requested."""
    command = [sys.executable, "-c", _AREAS, LAYOUT, str(LONG), str(CLIENTS)]
    done = subprocess.run(command, cwd=databases.ROOT, env=databases.environment(url), check=True, capture_output=True)
    return [tuple(area) for area in json.loads(done.stdout.splitlines()[-1])]


def timed_pages(seconds: float) -> list[float]:
    """Return the response times of the page in milliseconds, requested one at a time."""
    times, until = [], time.perf_counter() + seconds
    while time.perf_counter() < until:
        began = time.perf_counter()
        answer = load.fetch(PORT, PAGE)
        if b" 200 " not in answer[:20]:
            sys.exit(f"{PAGE} answers {answer[:40]!r}.")
        times.append((time.perf_counter() - began) * 1000)
        time.sleep(0.02)
    return sorted(times)


def ask_for_files(path: str, stop: threading.Event, statuses: Counter) -> None:
    while not stop.is_set():
        status = load.fetch(PORT, path)[9:12].decode()
        statuses[status] += 1
        if status == "503":
            stop.wait(PAUSE)


def line(what: str, times: list[float]) -> None:
    middle, late, last = (times[int(len(times) * share)] for share in (0.5, 0.95, 0.9999))
    say(f"  {what:<44}{len(times):>6}{middle:>10.1f}{late:>10.1f}{last:>10.1f}\n")


def measure(url: str, size: int, seconds: float) -> None:
    slugs_and_counts = areas(url)
    with server.served(url, PORT):
        load.run(PORT, iter([PAGE] * 200), load.Load())
        alone = timed_pages(seconds)
        statuses, stop = Counter(), threading.Event()
        paths = [f"/areas/{slug}/print/list.pdf?layout={LAYOUT}" for slug, _ in slugs_and_counts]
        clients = [threading.Thread(target=ask_for_files, args=(path, stop, statuses)) for path in paths]
        for client in clients:
            client.start()
        time.sleep(0.5)
        busy = timed_pages(seconds)
        stop.set()
        for client in clients:
            client.join()
    say(f"\n{size:,} listings; areas of {', '.join(str(count) for _, count in slugs_and_counts)} groups; ms\n")
    say(f"  {'':<44}{'pages':>6}{'median':>10}{'p95':>10}{'longest':>10}\n")
    line(f"{PAGE} alone", alone)
    line(f"{PAGE} while {CLIENTS} PDFs are asked for", busy)
    ratios = [busy[int(len(busy) * share)] / alone[int(len(alone) * share)] for share in (0.5, 0.95, 0.9999)]
    say(f"  {'ratio':<50}" + "".join(f"{ratio:>9.1f}×" for ratio in ratios) + "\n")
    say(f"  PDFs: {', '.join(f'{number} × {status}' for status, number in sorted(statuses.items()))}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000, 20_000], help="How many listings.")
    parser.add_argument("--seconds", type=float, default=20, help="How long the page is asked for, alone and not.")
    parser.add_argument("--keep", type=Path, default=None, help="A folder to keep the databases in, for next time.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ.setdefault("LOCK_DIR", f"{scratch}/locks")
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for size in options.sizes:
            measure(databases.create("sqlite", size, folder, "", again=False), size, options.seconds)


main()
