"""Four writers, while the directory is read anew again and again: nothing withdrawn is shown, and no write is lost.

Two withdraw groups and publish them again, two change them through the form of staff. Meanwhile everything is marked as
changed every two seconds, so that each worker reads all of it anew, and readers look for what is withdrawn.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

from django.db import OperationalError, connection
from django.urls import reverse

from groups.choices import Stage
from groups.models import SupportGroup
from groups.search.snapshot.change_log import note_change
from organisations.choices import Publication
from organisations.models import single_revision
from tests.faults.browser import Browser, NoAnswer
from tests.faults.scene import Scene, say, verdict
from tests.faults.site import served
from tests.faults.words import sentence
from tests.faults.writers import Editor, problems_of_group, session_of_manager

SECONDS, READERS = 100.0, 2


class Publisher:
    """A directory manager who withdraws a group, publishes it again, and so on, by the list of groups."""

    def __init__(self, port: int, groups: list[SupportGroup]) -> None:
        self._browser, self.groups = Browser(port, session_of_manager()), groups
        #: For each group its number of changes begun, and whether it is withdrawn, as far as the site said.
        self.state = {group.pk: (0, False) for group in groups}
        self.statuses: Counter[str] = Counter()

    def write(self, group: SupportGroup) -> None:
        number, is_withdrawn = self.state[group.pk]
        # Until the answer is there, it may be either.
        self.state[group.pk] = (number + 1, False)
        action = "publish" if is_withdrawn else "withdraw"
        values = {"action": action, "_selected_action": str(group.pk), "index": "0", "select_across": "0"}
        try:
            answer = self._browser.post(reverse("admin:groups_supportgroup_changelist"), values)
        except NoAnswer:
            self.statuses["no answer"] += 1
            return
        self.statuses[f"{action} {answer.status}"] += 1
        self.state[group.pk] = (number + 2, action == "withdraw" and answer.status == 302)


class Reader:
    """A visitor who searches for each group by its name, and opens its page."""

    def __init__(self, port: int, publishers: list[Publisher]) -> None:
        self._browser, self._publishers = Browser(port), publishers
        self.shown: list[str] = []
        self.pages, self.looked, self.statuses = 0, 0, Counter[str]()

    def read(self) -> None:
        for publisher in self._publishers:
            for group in publisher.groups:
                # And now and then at one that is public, to see that it comes back.
                if publisher.state[group.pk][1] or random.random() < 0.1:
                    self._look(publisher, group, f"/groups/?q={group.name.replace(' ', '+')}")
                    self._look(publisher, group, group.get_absolute_url())
        time.sleep(0.05)

    def _look(self, publisher: Publisher, group: SupportGroup, path: str) -> None:
        before = publisher.state[group.pk]
        answer = self._browser.get(path)
        self.statuses[str(answer.status)] += 1
        self.pages += 1
        if before[1] and publisher.state[group.pk] == before:
            self.looked += 1
            if group.summary in answer.text:
                self.shown.append(f"{path} shows {group.name}, which is withdrawn")


def run(scene: Scene) -> bool:
    port, seconds = scene.options.port, scene.options.seconds or SECONDS
    groups = SupportGroup.objects.filter(publication=Publication.PUBLISHED, stage=Stage.RUNNING)
    groups = list(groups.filter(organisation__publication=Publication.PUBLISHED).order_by("pk")[:30])
    for group in groups[:12]:
        group.name, group.summary = f"Example {sentence(2)[:-1]}", sentence()
        with single_revision(group):
            group.save()
    publishers = [Publisher(port, groups[:6]), Publisher(port, groups[6:12])]
    editors = [Editor(port, groups[12:20]), Editor(port, groups[20:28])]
    readers = [Reader(port, publishers) for _ in range(READERS)]
    connection.close()
    say(f"\nFour writers for {seconds:g} s on {scene.database}, the directory read anew meanwhile\n")
    with served(port, scene.options.workers, scene.scratch):
        times = _all_at_once(seconds, publishers, editors, readers)
        connection.close()
        return all([*_results(publishers, editors, readers, times)])


def _all_at_once(seconds: float, publishers: list[Publisher], editors: list[Editor], readers: list[Reader]) -> int:
    """Have all of them at work for some seconds; return how often everything was marked as changed."""
    until, times = time.monotonic() + seconds, 0

    def repeat(act, pause: float) -> None:
        while time.monotonic() < until:
            act()
            time.sleep(pause)
        connection.close()

    def publish(publisher: Publisher) -> None:
        for group in publisher.groups:
            publisher.write(group)
            time.sleep(0.3)

    acts = [(editor.write_once, 0.05) for editor in editors] + [(reader.read, 0.0) for reader in readers]
    acts += [(lambda publisher=publisher: publish(publisher), 0.05) for publisher in publishers]
    threads = [threading.Thread(target=repeat, args=act) for act in acts]
    for thread in threads:
        thread.start()
    while time.monotonic() < until:
        # SQLite waits for 20 seconds at most, which pass on a machine that has much else to do.
        with suppress(OperationalError):
            note_change(None)
            times += 1
        time.sleep(2)
    for thread in threads:
        thread.join()
    return times


def _results(publishers: list[Publisher], editors: list[Editor], readers: list[Reader], times: int) -> Iterator[bool]:
    shown = [problem for reader in readers for problem in reader.shown]
    pages, looked = sum(reader.pages for reader in readers), sum(reader.looked for reader in readers)
    statuses = sum((reader.statuses for reader in readers), Counter[str]())
    yield verdict("nothing withdrawn is shown", not shown, f"{looked} of {pages} pages were of a withdrawn group")
    # 301, to itself: a page whose group was published again between two reads of one request.
    yield verdict("pages", {*statuses} <= {"200", "301", "404", "410"}, str(dict(statuses)))
    for publisher in publishers:
        wrong = [
            group.name
            for group in SupportGroup.objects.filter(pk__in=publisher.state)
            if (group.publication == Publication.WITHDRAWN) != publisher.state[group.pk][1]
            or problems_of_group(group.pk)
        ]
        yield verdict("withdrawn and published as the site said last", not wrong, str(dict(publisher.statuses)))
    for editor in editors:
        problems = editor.problems()
        yield verdict(editor.name, not problems, f"{dict(editor.statuses)} {' '.join(problems[:3])}")
    say(f"  everything was marked as changed {times} times\n")
