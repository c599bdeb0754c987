"""The import of a long sheet whose own process is killed, and two hosts on one database: all of it or nothing, once."""

import datetime
import os
import random
import signal
import time
from pathlib import Path

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from groups.choices import ImportStage
from groups.models import ImportRun, SupportGroup
from groups.spreadsheets.models import SILENCE_OF_WRITING
from tests.faults.browser import Browser, form_of
from tests.faults.scene import Scene, say, verdict
from tests.faults.site import Site, served
from tests.faults.words import sentence
from tests.faults.writers import confirmation, problems_of_group, session_of_manager, sheet, upload

_PROGRESS = "admin:groups_supportgroup_import_progress"
_CONFIRM = "admin:groups_supportgroup_process_import"
#: How often the process is killed while it compares, and while it writes.
TIMES = 4


def run(scene: Scene) -> bool:
    groups = list(SupportGroup.objects.order_by("pk"))
    say(f"\nAn import of {len(groups):,} groups on {scene.database}, by a process that is killed, and from two hosts\n")
    session, port, other = session_of_manager(), scene.options.port, scene.scratch / "other"
    other.mkdir(exist_ok=True)
    with (
        served(port, scene.options.workers, scene.scratch) as first,
        served(port + 1, 1, other, LOCK_DIR=str(other / "locks")) as second,
    ):
        hosts = [Browser(first.port, session), Browser(second.port, session)]
        holds = [
            *(_killed(hosts[0], groups, ImportStage.COMPARING) for _ in range(TIMES)),
            *(_killed(hosts[0], groups, ImportStage.WRITING) for _ in range(TIMES)),
            _host_killed(first, hosts[0], groups),
            _two_hosts(hosts, groups),
        ]
    return all(holds)


def _stage() -> tuple[str, int]:
    connection.close()
    return ImportRun.objects.values_list("stage", "done").first() or ("", 0)


def _wait(*stages: str, done: int = 0, seconds: float = 600) -> str:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        stage, rows = _stage()
        if stage in stages and rows >= done:
            return stage
        time.sleep(0.02)
    raise TimeoutError(f"The import is {_stage()}, not {stages}.")


def _processes() -> list[int]:
    """Return the process ids of imports on this machine."""
    lines = ((int(each.parent.name), each) for each in Path("/proc").glob("[0-9]*/cmdline"))
    return [pid for pid, line in lines if b"run_import" in _read(line)]


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _number_with(text: str) -> tuple[int, int]:
    """Return how many groups have a text, and how many revisions of groups."""
    connection.close()
    stored = {"what_it_is_like": text}
    return SupportGroup.objects.filter(**stored).count(), SupportGroup.history.filter(**stored).count()


def _shown(browser: Browser, groups: list, text: str) -> dict:
    """Send a sheet; return the form that confirms what it would change."""
    upload(browser, sheet(groups, text))
    _wait(ImportStage.SHOWN)
    return form_of(browser.get(reverse(_PROGRESS)).text)


def _kill(chance: float) -> None:
    time.sleep(random.uniform(0, chance))
    for pid in _processes():
        os.kill(pid, signal.SIGKILL)


def _begin_again(browser: Browser) -> bool:
    """Return whether the page offers that after the silence, and begin again."""
    # Nobody waits here for as long as a user would.
    ImportRun.objects.update(heard_at=timezone.now() - SILENCE_OF_WRITING - datetime.timedelta(seconds=1))
    offers = "Begin again" in browser.get(reverse(_PROGRESS)).text
    browser.post(reverse(_PROGRESS), {})
    return offers


def _killed(browser: Browser, groups: list, stage: ImportStage) -> bool:
    """Kill the process at a random moment of a stage: nothing or all is written, and all after it is begun again."""
    text = sentence()
    if stage == ImportStage.COMPARING:
        upload(browser, sheet(groups, text))
    else:
        browser.post(reverse(_CONFIRM), confirmation(_shown(browser, groups, text)))
    _wait(stage)
    _kill(chance=2)
    time.sleep(0.5)
    number, everything, ended = _number_with(text), (len(groups),) * 2, _stage()[0]
    offers = ended == ImportStage.WRITTEN or _begin_again(browser)
    if stage == ImportStage.COMPARING:
        _wait(ImportStage.SHOWN)
        browser.post(reverse(_CONFIRM), confirmation(form_of(browser.get(reverse(_PROGRESS)).text)))
    _wait(ImportStage.WRITTEN)
    expected = everything if ended == ImportStage.WRITTEN else (0, 0)
    holds = number == expected and offers and _number_with(text) == everything
    holds = holds and not any(problems_of_group(group.pk) for group in groups[:20])
    return verdict(f"killed while {stage}", holds, f"{number}, then {_number_with(text)}")


def _host_killed(site: Site, browser: Browser, groups: list) -> bool:
    """Kill all processes of the web server: the import goes on without them."""
    text = sentence()
    browser.post(reverse(_CONFIRM), confirmation(_shown(browser, groups, text)))
    site.kill()
    stage = _wait(ImportStage.WRITTEN, ImportStage.FAILED)
    site.start()
    site.wait()
    holds = stage == ImportStage.WRITTEN and _number_with(text) == (len(groups),) * 2
    return verdict("web server killed while the import goes on", holds, f"{_number_with(text)}")


def _two_hosts(hosts: list[Browser], groups: list) -> bool:
    """Begin on one host, look on the other, confirm on both, and begin again meanwhile: it is written once."""
    text = sentence()
    upload(hosts[0], sheet(groups, text))
    _wait(ImportStage.COMPARING)
    seen = "import-progress" in hosts[1].get(reverse(_PROGRESS)).text
    # The other host begins it again while the first is at it: the first process stops.
    hosts[1].post(reverse(_PROGRESS), {})
    _wait(ImportStage.SHOWN)
    values = confirmation(form_of(hosts[1].get(reverse(_PROGRESS)).text))
    for host in hosts:
        host.post(reverse(_CONFIRM), values)
    _wait(ImportStage.COMPARING, ImportStage.WRITING)
    hosts[0].post(reverse(_PROGRESS), {})
    stage = _wait(ImportStage.WRITTEN, ImportStage.FAILED)
    while _processes():
        time.sleep(0.1)
    holds = seen and stage == ImportStage.WRITTEN and _number_with(text) == (len(groups),) * 2
    return verdict("two hosts: seen, confirmed and begun again on both", holds, f"{stage}, {_number_with(text)}")
