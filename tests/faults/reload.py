"""A reload of the web server, as an upgrade does it, while eight clients search and one asks for help now.

    python -m tests.faults reload

Every request must be answered, and with its page.
"""

import os
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from threading import Event

from tests.faults.browser import Browser, NoAnswer
from tests.faults.scene import Scene, say, verdict
from tests.faults.site import Site, served

SEARCHES, HELP = ("/groups/?near=Kent", "/groups/?q=walking", "/groups/"), "/help-now/"
#: How many clients search, for how many seconds before the reload and after it, and how long it may take.
CLIENTS, SECONDS, TOO_LONG = 8, 5.0, 300.0


def run(scene: Scene) -> bool:
    with served(scene.options.port, scene.options.workers, scene.scratch) as site:
        stop = Event()
        with ThreadPoolExecutor(CLIENTS + 1) as clients:
            asking = [clients.submit(_ask, site.port, pages, stop) for pages in ((HELP,), *[SEARCHES] * CLIENTS)]
            try:
                time.sleep(SECONDS)
                taken = _reload(site)
                time.sleep(SECONDS)
            finally:
                stop.set()
        found = [result.result() for result in asking]
    statuses = sum((statuses for statuses, _ in found), Counter())
    help_now, search = found[0][1], max(seconds for _, seconds in found[1:])
    say(f"\nseconds at most for help now: {help_now:.2f}, for a search: {search:.2f}\n")
    answers = ", ".join(f"{number} × {status}" for status, number in sorted(statuses.items()))
    is_replaced = verdict("all workers are replaced", taken < TOO_LONG, f"after {taken:.1f} s")
    return verdict("every request is answered with its page", set(statuses) == {"200"}, answers) and is_replaced


def _reload(site: Site) -> float:
    """Reload the server; return how many seconds later none of its former workers runs."""
    former, began = set(site.pids()), time.monotonic()
    os.kill(site.master, signal.SIGHUP)
    while former & set(site.pids()) and time.monotonic() - began < TOO_LONG:
        time.sleep(0.05)
    return time.monotonic() - began


def _ask(port: int, pages: tuple[str, ...], stop: Event) -> tuple[Counter[str], float]:
    """Ask for pages one after the other; return how often each status came, and the longest time in seconds."""
    statuses, longest = Counter[str](), 0.0
    for page in cycle(pages):
        if stop.is_set():
            break
        began = time.monotonic()
        try:
            statuses[str(Browser(port).get(page).status)] += 1
        except NoAnswer:
            statuses["no answer"] += 1
        longest = max(longest, time.monotonic() - began)
    return statuses, longest
