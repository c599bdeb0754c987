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
    """Return generated query strings, the same ones every time."""
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


def page_addresses() -> list[str]:
    """Return an address of each public page; for a page about a row, the first that is found."""
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

    all_questions, addresses = questions(count), page_addresses()
    read = set(reading(addresses))
    say(f"{'page':<58}{'questions':>10}{'slowest ms':>12}{'processor':>11}{'unusable':>10}\n")
    worst = 0.0
    # A worker of the site has no such heap of questions for the garbage collector to scan.
    gc.freeze()
    for address in addresses:
        slowest, unusable = (0.0, 0.0, ""), 0
        sample = all_questions if address in read else all_questions[:AT_OTHERS]
        answers(address, "")
        for question in sample:
            began, began_processor = time.perf_counter(), time.process_time()
            response = answers(address, question)
            took, processor = time.perf_counter() - began, time.process_time() - began_processor
            unusable += not is_usable(response)
            slowest = max(slowest, (processor * 1000, took * 1000, question))
        worst = max(worst, slowest[0])
        say(f"{address[:56]:<58}{len(sample):>10}{slowest[1]:>12.0f}{slowest[0]:>11.0f}{unusable:>10}\n")
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


def run_in_subprocess(options: argparse.Namespace) -> None:
    """Run this on a scratch database: settings are read once per process."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        url = databases.create("sqlite", options.listings, folder, "", False)
        command = [sys.executable, __file__, "--here", "--questions", str(options.questions)]
        subprocess.run(command, env=databases.environment(url), cwd=databases.ROOT, check=True)


if __name__ == "__main__":
    options = arguments()
    if "--here" in sys.argv:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.searching.settings")
        main(options.questions)
    else:
        run_in_subprocess(options)
