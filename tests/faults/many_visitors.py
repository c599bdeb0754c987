"""Two hundred visitors for ten minutes, at 20,000 listings: no error, how long pages take, and each worker's memory.

    python -m tests.faults many_visitors --seconds 600

Each opens a page, reads it for ten seconds or so, and opens another one.
"""

import os
import random
import threading
import time
from collections import Counter, defaultdict
from urllib.parse import urlencode

from django.db import connection

from groups.choices import Weekday
from groups.models import SupportGroup
from places.models import Area, Town
from tests.faults.browser import Browser, NoAnswer
from tests.faults.scene import Scene, say, verdict
from tests.faults.site import Site, memory_of, served

#: Seconds for which a page is read, on average, and seconds between two looks at memory.
READING, LOOK = 10.0, 30.0
SECONDS = 600.0
WORDS = ["anxiety", "art", "men", "walking", "low mood", "women", "carers", "hearing voices", "singing"]
#: Pages by the share of visitors who open them.
SHARES = {"search": 40, "group": 25, "area": 10, "home": 8, "help now": 8, "week": 4, "print": 3, "PDF": 2}


class Addresses:
    """Addresses of pages, of each kind, at random."""

    def __init__(self) -> None:
        shown = SupportGroup.objects.published().of_listed_organisations()
        self._groups = random.sample(list(shown.values_list("slug", flat=True)), min(3000, shown.count()))
        printed = shown.select_related("organisation", "venue").filter(slug__in=self._groups[:300])
        self._posters = [group.slug for group in printed if group.has_poster]
        self._areas = list(Area.objects.values_list("slug", flat=True))
        self._towns = list(Town.objects.values_list("name", flat=True))

    def any(self) -> tuple[str, str]:
        """Return the kind of a page and its address."""
        kind = random.choices([*SHARES], [*SHARES.values()])[0]
        group, area = random.choice(self._groups), random.choice(self._areas)
        return kind, {
            "search": f"/groups/?{self._search()}",
            "group": f"/groups/{group}/",
            "area": f"/areas/{area}/",
            "home": "/",
            "help now": "/help-now/",
            "week": f"/groups/week/?{urlencode({'near': random.choice(self._towns)})}",
            "print": f"/lists/print/?{urlencode({'near': random.choice(self._towns)})}",
            "PDF": f"/groups/{random.choice(self._posters)}/poster.pdf",
        }[kind]

    def _search(self) -> str:
        asked = {}
        if random.random() < 0.8:
            asked["near"] = random.choice(self._towns)
        if random.random() < 0.4:
            asked["q"] = random.choice(WORDS)
        if random.random() < 0.2:
            asked["day"] = random.choice(Weekday.labels).lower()
        if random.random() < 0.1:
            asked["page"] = "2"
        return urlencode(asked)


def run(scene: Scene) -> bool:
    addresses, seconds = Addresses(), scene.options.seconds or SECONDS
    connection.close()
    say(f"\n{scene.options.visitors} visitors for {seconds:g} s, {scene.options.listings or 20_000:,} listings\n")
    say(f"  load of the machine at the start: {os.getloadavg()[0]:.1f}\n")
    with served(scene.options.port, scene.options.workers, scene.scratch) as site:
        times, failed, memory = _visit(site, addresses, scene.options.visitors, seconds)
    say(f"  load of the machine at the end: {os.getloadavg()[0]:.1f}\n")
    everything = sorted(time for kind in times.values() for time in kind)
    say(f"  {len(everything):,} pages, {len(everything) / seconds:.1f} a second; milliseconds:\n")
    for kind in SHARES:
        _line(kind, sorted(times[kind]))
    _line("all", everything)
    say("  memory of each worker (PSS), MB, each minute:\n")
    for pid, sizes in memory.items():
        say(f"    {pid}: {' '.join(f'{size:.0f}' for size in sizes[::2])}\n")
    grown = max(sizes[-1] - sizes[len(sizes) // 2] for sizes in memory.values())
    verdict("memory in the second half of the time", True, f"{grown:+.0f} MB at most")
    return verdict("no error", not failed, str(dict(failed)))


def _line(kind: str, times: list[float]) -> None:
    if times:
        figures = "".join(f"{times[int(len(times) * share)]:>9.0f}" for share in (0.5, 0.99))
        say(f"    {kind:<12}{len(times):>8}{figures}\n")


def _visit(
    site: Site, addresses: Addresses, visitors: int, seconds: float
) -> tuple[dict[str, list[float]], Counter[str], dict[int, list[float]]]:
    """Return the times of pages by their kind, what failed, and the memory of each worker over time."""
    times, failed, memory = defaultdict(list), Counter(), defaultdict(list)
    until = time.monotonic() + seconds

    def visitor() -> None:
        browser = Browser(site.port, timeout=120)
        time.sleep(random.uniform(0, READING))
        while time.monotonic() < until:
            kind, path = addresses.any()
            began = time.perf_counter()
            try:
                status = str(browser.get(path).status)
            except NoAnswer as error:
                status = f"no answer: {error}"
            if status == "200" or (kind == "PDF" and status == "503"):
                times[kind].append((time.perf_counter() - began) * 1000)
            else:
                failed[f"{kind} {status}"] += 1
            time.sleep(random.expovariate(1 / READING))

    threads = [threading.Thread(target=visitor) for _ in range(visitors)]
    for thread in threads:
        thread.start()
    while time.monotonic() < until:
        for pid in site.pids():
            memory[pid].append(memory_of(pid))
        time.sleep(min(LOOK, max(0.1, until - time.monotonic())))
    for thread in threads:
        thread.join()
    for pid in site.pids():
        memory[pid].append(memory_of(pid))
    return times, failed, memory
