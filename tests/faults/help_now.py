"""How long pages take alone, and beside all that is costly at once: eight PDFs of eight areas, sign-ins and a sheet.

    python -m tests.faults help_now --workers 3
    python -m tests.faults help_now --workers 1 --one-core
    python -m tests.faults help_now --beside files

One client asks for the pages in turn. Eight others ask, all at the same moment, for the PDF of an area each, one group
on each page; two sign in, and one looks at what a sheet would change; when all have an answer, again. What counts is
the ratio of the 99th percentiles in the same run, whose parts take turns, since a machine has more to do at one time
than at another.
"""

import multiprocessing
import os
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from groups.models import SupportGroup
from groups.printing.layouts import LAYOUTS
from organisations.models import Organisation
from places.models import Area
from tests.faults.browser import Answer, Browser, NoAnswer
from tests.faults.scene import Scene, say, verdict
from tests.faults.site import served
from tests.faults.words import sentence
from tests.faults.writers import session_of_manager, sheet, upload
from tests.staff.people import PASSWORD, make_editor

#: The areas are the first whose PDF in this layout is long, and not refused for its length.
FILES, LAYOUT, LONG = 8, "easy", 50
#: How many sign in at once, and how many groups are on the sheet.
PEOPLE, ROWS = 2, 1000
#: How often the pages are asked for alone and meanwhile, and by how much the 99th percentile may be longer meanwhile.
TURNS, AIM, SECONDS = 4, 3.0, 40.0

Times = dict[str, list[float]]


def run(scene: Scene) -> bool:
    port, seconds = scene.options.port, scene.options.seconds or SECONDS
    files, pages = _files(), ["/help-now/", "/groups/?near=Kent", _listed().first().get_absolute_url()]
    makers = {
        "files": lambda: [_file(port, path) for path in files],
        "sign-ins": lambda: [_sign_in(port) for _ in range(PEOPLE)],
        "sheets": lambda: [_sheet(port)],
    }
    costly = [call for kind in scene.options.beside or makers for call in makers[kind]()]
    connection.close()
    alone, busy, statuses = defaultdict[str, list[float]](list), defaultdict[str, list[float]](list), Counter[str]()
    with served(port, scene.options.workers, scene.scratch) as site:
        if scene.options.one_core:
            site.use_one_core()
        for page in pages * 12:
            Browser(port).get(page)
        for _ in range(TURNS):
            _time(port, pages, seconds / TURNS, alone)
            _beside(costly, statuses, lambda: _time(port, pages, seconds / TURNS, busy))
        say(f"\n{len(site.pids())} workers run, {scene.options.workers} asked for; ")
    say("milliseconds alone, and meanwhile\n")
    say(f"  {'':<44}{'times':>6}{'median':>9}{'':>9}{'p99':>9}{'':>9}{'ratio':>7}\n")
    holds = [_line(page, alone[page], busy[page]) for page in pages]
    answers = ", ".join(f"{number} × {status}" for status, number in sorted(statuses.items()))
    expected = ("PDF 200", "PDF 503", "sign-in 302", "sign-in 503", "sheet 200", "sheet 503")
    is_answered = all(status in expected for status in statuses) and statuses.keys() & {"PDF 200", "sign-in 302"}
    return all([*holds, verdict("what is costly comes, or 503 with Retry-After", bool(is_answered), answers)])


def _listed():
    return SupportGroup.objects.listed(timezone.localdate())


def _files() -> list[str]:
    """Return the addresses of the PDFs."""

    def is_long(area: Area) -> bool:
        number = (_listed().located_in(area) | _listed().serving(area)).distinct().count()
        return LONG <= number <= LAYOUTS[LAYOUT].most_in_pdf

    areas = islice(filter(is_long, Area.objects.order_by("pk")), FILES)
    return [f"/areas/{area.slug}/print/list.pdf?layout={LAYOUT}" for area in areas]


def _file(port: int, path: str) -> Callable[[], str]:
    return lambda: _outcome("PDF", lambda: Browser(port, timeout=120).get(path))


def _sign_in(port: int) -> Callable[[], str]:
    person = make_editor(Organisation.objects.first())
    values = {"username": person.username, "password": PASSWORD}
    return lambda: _outcome("sign-in", lambda: Browser(port).post(reverse("admin:login"), values))


def _sheet(port: int) -> Callable[[], str]:
    browser, file = (
        Browser(port, session_of_manager(), timeout=120),
        sheet(SupportGroup.objects.all()[:ROWS], sentence()),
    )
    return lambda: _outcome("sheet", lambda: upload(browser, file))


def _outcome(what: str, ask: Callable[[], Answer]) -> str:
    try:
        answer = ask()
    except NoAnswer:
        return f"{what} without an answer"
    is_silent = answer.status == 503 and not answer.retry_after
    return f"{what} {answer.status}{' without Retry-After' if is_silent else ''}"


def _time(port: int, pages: list[str], seconds: float, times: Times) -> None:
    """Add the response times of the pages in milliseconds, requested one at a time."""
    browser, until = Browser(port), time.perf_counter() + seconds
    while time.perf_counter() < until:
        for page in pages:
            began = time.perf_counter()
            answer = browser.get(page)
            if answer.status != 200:
                raise SystemExit(f"{page} answers {answer.status}.")
            times[page].append((time.perf_counter() - began) * 1000)
            time.sleep(0.01)


def _beside(costly: list[Callable[[], str]], statuses: Counter[str], pages: Callable[[], None]) -> None:
    """Time the pages while all that is costly is asked for at once, again and again: by another process.

    A thread of this one would hold up the clock, while it makes a sheet or reads a PDF.
    """
    forked = multiprocessing.get_context("fork")
    stop, answers = forked.Event(), forked.SimpleQueue()

    def ask() -> None:
        os.nice(10)  # In life these clients are other machines.
        found = Counter[str]()
        with ThreadPoolExecutor(len(costly)) as clients:
            while not stop.is_set():
                found.update(clients.map(lambda call: call(), costly))
        answers.put(found)

    asking = forked.Process(target=ask)
    asking.start()
    try:
        pages()
    finally:
        stop.set()
        statuses.update(answers.get())
        asking.join()


def _line(page: str, alone: list[float], busy: list[float]) -> bool:
    def at(times: list[float], share: float) -> float:
        return sorted(times)[int(len(times) * share)]

    ratio = at(busy, 0.99) / at(alone, 0.99)
    figures = [at(times, share) for share in (0.5, 0.99) for times in (alone, busy)]
    say(f"  {page:<44.44}{len(busy):>6}" + "".join(f"{figure:>9.1f}" for figure in figures))
    say(f"{ratio:>7.1f} of {AIM:g} {'✓' if ratio <= AIM else '✗'}\n")
    return ratio <= AIM
