"""The disk of the database is full: pages go on, a write is refused whole, and all is well once there is room again.

    python -m tests.faults disk_full

On a file system of its own in memory, which needs root. With `--postgresql` the whole cluster is on it, its log too.
"""

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from groups.choices import Stage
from groups.models import SupportGroup
from organisations.choices import Publication
from tests.faults.browser import Answer, Browser, NoAnswer
from tests.faults.scene import Scene, say, verdict
from tests.faults.site import served
from tests.faults.writers import Editor, Importer, Owner, Visitor, Writer

MEGABYTE = 1024 * 1024
#: How much room there is at first, and what the site says when a form was not stored.
ROOM, SENTENCE = 24 * MEGABYTE, "may not be saved"
#: How often each writer tries while the disk is full.
TRIES = 30


def run(scene: Scene) -> bool:
    with _small_disk(scene) as disk:
        connection.close()
        groups = SupportGroup.objects.filter(publication=Publication.PUBLISHED, stage=Stage.RUNNING)
        groups = list(groups.filter(organisation__publication=Publication.PUBLISHED).order_by("pk")[:80])
        port = scene.options.port
        writers: list[Writer] = [
            Editor(port, groups[:5]),
            Importer(port, groups[5:25]),
            Owner(port, groups[25:45]),
            Visitor(port, groups[45:]),
        ]
        connection.close()
        say(f"\nThe disk is full, on {scene.database}\n")
        with served(port, scene.options.workers, scene.scratch):
            return all([*_with_and_without_room(disk, writers, groups[0], scene)])


def _with_and_without_room(disk: Path, writers: list[Writer], group: SupportGroup, scene: Scene) -> Iterator[bool]:
    pages = ["/", "/help-now/", "/groups/?near=Kent", group.get_absolute_url(), "/areas/kent/"]
    browser = Browser(scene.options.port)
    yield verdict("with room, all kinds of writes", all(writer.write_once() for writer in writers))
    for page in pages:
        browser.get(page)
    ballast = disk / "ballast"
    _fill(ballast)
    before = {writer.name: Counter(writer.statuses) for writer in writers}
    for writer in writers:
        for _ in range(TRIES):
            writer.write_once()
        statuses = writer.statuses - before[writer.name]
        is_refused = any(status.startswith("503") for status in statuses)
        yield verdict(f"full: {writer.name}", is_refused and "500" not in statuses, str(dict(statuses)))
        # Rows that were there already may leave some room in a block.
        _fill(ballast)
    statuses = {page: _status(browser, page) for page in [*pages, "/healthz", "/readyz"]}
    yield verdict("full: pages", all(statuses[page] == 200 for page in pages), str(statuses))
    refused = _refused(writers[-1])
    yield verdict("full: a sentence says that it may not be saved", SENTENCE in refused)
    ballast.unlink()
    if scene.cluster:
        # It may have ended for want of room for its log.
        scene.cluster.start_again()
    not_done = [writer.name for writer in writers if not _until_done(writer)]
    yield verdict("room again: all kinds of writes", not not_done, " ".join(not_done))
    connection.close()
    for writer in writers:
        problems = writer.problems()
        yield verdict(f"nothing lost, nothing half-written: {writer.name}", not problems, " ".join(problems[:3]))
    yield verdict("the database says that it is whole", _is_whole(scene))


def _status(browser: Browser, page: str) -> int:
    try:
        return browser.get(page).status
    except NoAnswer:
        return 0


def _refused(writer: Writer) -> str:
    """Return the page that answers a form which cannot be stored."""
    answers: list[Answer] = []
    send = writer.send

    def remember(text: str, number: int) -> Answer:
        answers.append(send(text, number))
        return answers[-1]

    writer.send = remember
    for _ in range(10):
        writer.write_once()
        if answers and answers[-1].status == 503:
            break
    del writer.send
    return answers[-1].text if answers else ""


def _until_done(writer: Writer) -> bool:
    """Return whether one of three tries is done: the first may meet a connection that was lost."""
    return any(writer.write_once() for _ in range(3))


def _is_whole(scene: Scene) -> bool:
    with connection.cursor() as cursor:
        if scene.cluster:
            cursor.execute("SELECT count(*) FROM groups_supportgroup")
            return cursor.fetchone()[0] > 0
        cursor.execute("PRAGMA integrity_check")
        return cursor.fetchone()[0] == "ok"


def _fill(ballast: Path) -> None:
    """Write until there is no room for one byte more."""
    with ballast.open("ab", buffering=0) as file:
        for size in (MEGABYTE, 4096, 1):
            try:
                while file.write(b"\0" * size) == size:
                    pass
            except OSError:
                continue


@contextmanager
def _small_disk(scene: Scene) -> Iterator[Path]:
    """Move the database to a file system that is hardly larger than it is."""
    disk = scene.scratch / "disk"
    disk.mkdir(exist_ok=True)
    if os.getuid() != 0:
        raise SystemExit("A file system of its own needs root.")
    size = scene.cluster.size() if scene.cluster else Path(settings.DATABASES["default"]["NAME"]).stat().st_size
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size + ROOM}", "none", str(disk)], check=True)
    try:
        if scene.cluster:
            with scene.cluster.moved_to(disk):
                yield disk
        else:
            _move_file(disk)
            yield disk
    finally:
        connection.close()
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def _move_file(disk: Path) -> None:
    moved = disk / "site.sqlite3"
    shutil.move(settings.DATABASES["default"]["NAME"], moved)
    os.environ["DATABASE_URL"] = f"sqlite:///{moved}"
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(moved)
