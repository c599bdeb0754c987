"""An import whose worker is killed at each of its steps, and at random moments: all of it or nothing, and again."""

import random
import threading
import time

from django.db import connection
from django.urls import reverse

from groups.models import SupportGroup
from groups.spreadsheets.models import SheetUpload
from tests.faults.browser import Browser, NoAnswer, form_of
from tests.faults.killing import POINTS
from tests.faults.scene import Scene, say, verdict
from tests.faults.site import Site
from tests.faults.words import sentence
from tests.faults.writers import confirmation, problems_of_group, session_of_manager, sheet, upload

#: How many groups a sheet changes, and how often it is killed at a random moment.
ROWS, TIMES = 400, 12
_CONFIRM = "admin:groups_supportgroup_process_import"


def run(scene: Scene) -> bool:
    groups = list(SupportGroup.objects.order_by("pk")[:ROWS])
    browser, at = Browser(scene.options.port, session_of_manager()), scene.scratch / "kill-at"
    at.write_text("")
    site = Site(scene.options.port, scene.options.workers, scene.scratch, KILL_AT=str(at))
    site.application = "tests.faults.killing_wsgi"
    say(f"\nAn import of {len(groups)} groups on {scene.database}, killed\n")
    site.start()
    try:
        site.wait()
        holds = []
        for point in POINTS:
            text = sentence()
            values = form_of(upload(browser, sheet(groups, text)).text)
            at.write_text(point)
            killed = _confirm(browser, values) == "no answer"
            at.write_text("")
            holds.append(_is_whole(site, browser, groups, values, text, point, killed))
        return all([*holds, _at_random(site, browser, groups)])
    finally:
        site.stop()


def _confirm(browser: Browser, values: dict) -> str:
    try:
        answer = browser.post(reverse(_CONFIRM), confirmation(values))
    except NoAnswer:
        return "no answer"
    return answer.location or str(answer.status)


def _number_with(text: str) -> tuple[int, int]:
    """Return how many groups have a text, and how many revisions of groups."""
    connection.close()
    stored = {"what_it_is_like": text}
    return SupportGroup.objects.filter(**stored).count(), SupportGroup.history.filter(**stored).count()


def _is_whole(site: Site, browser: Browser, groups: list, values: dict, text: str, point: str, killed: bool) -> bool:
    """Return whether all of an import is there or nothing, and whether all is after the same form is sent again."""
    site.wait()
    number, nothing, everything = _number_with(text), (0, 0), (len(groups), len(groups))
    waits = SheetUpload.objects.exists()
    again = _confirm(browser, values)
    expected = "supportgroup/" if number == nothing else "import/"
    holds = killed and number in (nothing, everything) and waits == (number == nothing) and again.endswith(expected)
    holds = holds and _number_with(text) == everything
    holds = holds and not any(problems_of_group(group.pk) for group in groups[:20])
    return verdict(point, holds, f"{number[0]} groups and {number[1]} revisions; again: {again}, {_number_with(text)}")


def _at_random(site: Site, browser: Browser, groups: list) -> bool:
    """Kill all processes of the site at random moments of an import."""
    values = form_of(upload(browser, sheet(groups, sentence())).text)
    began = time.monotonic()
    _confirm(browser, values)
    whole, written, halves = time.monotonic() - began, 0, []
    for _ in range(TIMES):
        text = sentence()
        values = form_of(upload(browser, sheet(groups, text)).text)
        timer = threading.Timer(random.uniform(0, whole), site.kill)
        timer.start()
        answer = _confirm(browser, values)
        timer.join()
        site.start()
        site.wait()
        number = _number_with(text)
        written += number[0] == len(groups)
        if number not in ((0, 0), (len(groups),) * 2) or (number[0] == 0 and answer.endswith("supportgroup/")):
            halves.append(number)
            continue
        _confirm(browser, values)
        if _number_with(text) != (len(groups),) * 2:
            halves.append(_number_with(text))
    detail = f"{written} written whole, {TIMES - written - len(halves)} not at all; all whole when sent again {halves}"
    return verdict(f"{TIMES} times at random within its {whole:.1f} s", not halves, detail)
