"""A thousand acknowledged writes of four kinds, while workers and the server are killed: none lost, none half-written.

On PostgreSQL its server process is killed too, and started again. On SQLite the whole site is.
"""

import threading
import time
from collections.abc import Callable

from django.db import connection

from groups.choices import Stage
from groups.models import DirectoryChange, DirectoryState, SupportGroup
from organisations.choices import Publication
from tests.faults.scene import Scene, say, verdict
from tests.faults.site import Site, served
from tests.faults.writers import ROWS, Editor, Importer, Owner, Visitor, Writer

#: After how many acknowledged writes something is killed, and every how many of those are of the server.
EVERY, SERVER = 60, 4


def run(scene: Scene) -> bool:
    groups = SupportGroup.objects.filter(publication=Publication.PUBLISHED, stage=Stage.RUNNING)
    groups = list(groups.filter(organisation__publication=Publication.PUBLISHED).order_by("pk")[:120])
    port = scene.options.port
    writers: list[Writer] = [
        Editor(port, groups[:10]),
        Importer(port, groups[20 : 20 + 4 * ROWS]),
        Owner(port, groups[40:80]),
        Visitor(port, groups[80:]),
    ]
    connection.close()
    say(f"\n{scene.options.writes:,} acknowledged writes on {scene.database}\n")
    with served(port, scene.options.workers, scene.scratch) as site:
        killed = _write(writers, scene.options.writes, site, _kills(scene, site))
        site.wait()
        holds = [_report(writer) for writer in writers]
        holds.append(
            verdict("the log of changes has no gap, and ends with the directory's own number", _log_is_whole())
        )
    say(f"  killed: {killed[0]} × a worker, {killed[1]} × {_server(scene)}\n")
    return all(holds)


def _server(scene: Scene) -> str:
    return "PostgreSQL’s server process" if scene.cluster else "all processes of the site"


def _kills(scene: Scene, site: Site) -> Callable[[], None]:
    """Return what kills the server, and starts it again."""

    def kill_database() -> None:
        scene.cluster.kill()
        time.sleep(0.5)
        scene.cluster.start()

    def kill_site() -> None:
        site.kill()
        site.start()

    return kill_database if scene.cluster else kill_site


def _write(writers: list[Writer], most: int, site: Site, kill_server: Callable[[], None]) -> list[int]:
    """Have all write at once until so many writes are acknowledged; return how often a worker and a server ended."""
    stop, killed = threading.Event(), [0, 0]

    def write(writer: Writer) -> None:
        while not stop.is_set():
            done = writer.write_once()
            time.sleep(writer.pause if done else 0.1)
        connection.close()

    threads = [threading.Thread(target=write, args=[writer]) for writer in writers]
    for thread in threads:
        thread.start()
    due = EVERY
    while (done := sum(len(writer.acknowledged) for writer in writers)) < most:
        if not any(thread.is_alive() for thread in threads):
            break
        if done >= due:
            due += EVERY
            number = sum(killed) + 1
            if number % SERVER:
                site.kill_worker()
                killed[0] += 1
            else:
                kill_server()
                killed[1] += 1
        time.sleep(0.02)
    stop.set()
    for thread in threads:
        thread.join()
    return killed


def _report(writer: Writer) -> bool:
    connection.close()
    problems = writer.problems()
    statuses = ", ".join(f"{number} × {status}" for status, number in writer.statuses.most_common())
    holds = verdict(f"{writer.name}: {statuses}", not problems)
    for problem in problems[:5]:
        say(f"      {problem}\n")
    return holds


def _log_is_whole() -> bool:
    state = DirectoryState.objects.get(pk=1)
    changes = list(DirectoryChange.objects.order_by("number").values_list("number", "token"))
    numbers = [number for number, _ in changes]
    return changes[-1] == (state.number, state.token) and numbers == list(range(numbers[0], numbers[-1] + 1))
