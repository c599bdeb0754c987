"""Odd questions at every public page of a large directory: whether each answers, and how long the slowest took.

    python bench/bad_input.py --questions 5000 --listings 5000 --keep /tmp/scratch

Pages that never look at the question get a few of them: they cannot answer one otherwise than another. Which those are
is found by watching, and the pages by walking the addresses of the site, so that a new one is asked too.
"""

import argparse
import gc
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.searching import databases

#: No request may take longer, in milliseconds.
LIMIT = 200
AT_OTHERS = 50

say = sys.stdout.write


def questions(count: int) -> list[str]:
    """So many generated questions, the same every time."""
    from hypothesis import HealthCheck, Phase, given, settings

    from tests.pages.odd_questions import QUESTIONS

    found: list[str] = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(question=QUESTIONS)
    def note(question: str) -> None:
        found.append(question)

    note()
    return found


def one_address_of_each() -> list[str]:
    """For each public page its address; of those about one thing the first that is there."""
    from django.urls import get_resolver, reverse

    from tests.pages.addresses import ABOUT, REDIRECTS, names_of_pages
    from tests.pages.odd_questions import answers

    found = []
    for name in names_of_pages(get_resolver("peersupport.urls")):
        if name not in REDIRECTS:
            possible = (reverse(name, kwargs=about) for about in ABOUT.get(name, lambda: [{}])())
            found += [next(address for address in possible if answers(address, "").status_code == 200)]
    return found


def main(count: int) -> None:
    import django

    django.setup()
    from tests.pages.odd_questions import answers, is_usable, reading

    asked, addresses = questions(count), one_address_of_each()
    read = set(reading(addresses))
    say(f"{'page':<58}{'questions':>10}{'slowest ms':>12}{'processor':>11}{'unusable':>10}\n")
    worst = 0.0
    # A worker of the site holds no such heap of questions: going through that is no part of an answer.
    gc.freeze()
    for address in addresses:
        slowest, unusable = (0.0, 0.0, ""), 0
        some = asked if address in read else asked[:AT_OTHERS]
        answers(address, "")
        for question in some:
            began, began_processor = time.perf_counter(), time.process_time()
            response = answers(address, question)
            took, processor = time.perf_counter() - began, time.process_time() - began_processor
            unusable += not is_usable(response)
            slowest = max(slowest, (processor * 1000, took * 1000, question))
        worst = max(worst, slowest[0])
        say(f"{address[:56]:<58}{len(some):>10}{slowest[1]:>12.0f}{slowest[0]:>11.0f}{unusable:>10}\n")
        if slowest[0] > LIMIT or unusable:
            say(f"    {slowest[2][:300]!r}\n")
    say(f"\nThe slowest took {worst:.0f} ms of a processor: {'✓' if worst <= LIMIT else '✗'} (≤ {LIMIT} ms)\n")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=int, default=5000, help="How many are thrown at a page that reads them.")
    parser.add_argument("--listings", type=int, default=5000, help="How many groups there are.")
    parser.add_argument("--keep", type=Path, default=None, help="A folder to keep the database in, for next time.")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def in_a_process_of_its_own(asked: argparse.Namespace) -> None:
    """On a scratch database: the site's settings are read once in each process."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        url = databases.made("sqlite", asked.listings, folder, "", False)
        command = [sys.executable, __file__, "--here", "--questions", str(asked.questions)]
        subprocess.run(command, env=databases.environment(url), cwd=databases.ROOT, check=True)


if __name__ == "__main__":
    asked = arguments()
    if "--here" in sys.argv:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.searching.settings")
        main(asked.questions)
    else:
        in_a_process_of_its_own(asked)
