"""What is answered while PostgreSQL is down, at the start and under load, and how soon all is back.

    python -m tests.faults database_gone

Its server is stopped without a checkpoint (`-m immediate`), and started again, while eight clients go on searching.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from tests.faults.browser import Browser, NoAnswer
from tests.faults.scene import Scene, say, verdict
from tests.faults.site import Site

HELP, SEARCH = "/help-now/", "/groups/?near=Kent"
#: In how many seconds pages with data are to be back, and how many clients search all the while.
AIM, CLIENTS = 5.0, 8


def run(scene: Scene) -> bool:
    site, browser = Site(scene.options.port, scene.options.workers, scene.scratch), Browser(scene.options.port)
    say(f"\nPostgreSQL stopped and started, {CLIENTS} clients searching\n")
    scene.cluster.stop()
    site.start()
    try:
        while _ask(browser, HELP)[0] != "200":
            time.sleep(0.1)
        with _searching(scene.options.port) as statuses:
            holds = [_while_down(browser, "at the start")]
            scene.cluster.start()
            holds.append(_back("after a start without it", browser))
            for number in (1, 2):
                scene.cluster.stop()
                holds.append(_while_down(browser, f"stopped, {number}"))
                scene.cluster.start()
                holds.append(_back(f"after stop {number}", browser))
        unexpected = {status for status in statuses if status not in ("200", "503, Retry-After 5")}
        answers = ", ".join(f"{number} × {status}" for status, number in statuses.most_common())
        return all([*holds, verdict("searches under load", not unexpected, answers)])
    finally:
        site.stop()


def _ask(browser: Browser, path: str) -> tuple[str, float]:
    """Return the status and Retry-After of a page, and the seconds that it took."""
    began = time.perf_counter()
    try:
        answer = browser.get(path)
    except NoAnswer:
        return "no answer", time.perf_counter() - began
    retry = f", Retry-After {answer.retry_after}" if answer.retry_after else ""
    return f"{answer.status}{retry}", time.perf_counter() - began


def _while_down(browser: Browser, what: str) -> bool:
    holds = []
    for path, expected in ((HELP, "200"), (SEARCH, "503, Retry-After 5")):
        answers = [_ask(browser, path) for _ in range(10)]
        statuses = {status for status, _ in answers}
        slowest = max(seconds for _, seconds in answers)
        detail = f"{', '.join(sorted(statuses))}; {slowest:.2f} s at most"
        holds.append(verdict(f"{what}: {path}", statuses == {expected}, detail))
    return all(holds)


def _back(what: str, browser: Browser) -> bool:
    """Return whether ten answers in a row have data soon enough."""
    began, in_a_row = time.perf_counter(), 0
    back = began
    while in_a_row < 10:
        in_a_row = in_a_row + 1 if _ask(browser, SEARCH)[0] == "200" else 0
        back = time.perf_counter() if in_a_row == 1 else back
        time.sleep(0.05)
    return verdict(what, back - began <= AIM, f"back in {back - began:.1f} of {AIM:g} s")


@contextmanager
def _searching(port: int) -> Iterator[Counter[str]]:
    """Have clients search all the while; give their statuses."""
    stop, statuses = threading.Event(), Counter[str]()

    def search() -> None:
        browser = Browser(port)
        while not stop.is_set():
            statuses[_ask(browser, SEARCH)[0]] += 1
            time.sleep(0.3)

    threads = [threading.Thread(target=search) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        yield statuses
    finally:
        stop.set()
        for thread in threads:
            thread.join()
