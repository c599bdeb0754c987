"""Mutation testing: `make mutate`. Puts a small fault into a module, and asks whether the tests nearest to it fail.

Each mutant of a seeded sample is tried in a forked process, in which libraries are imported already, and the module is
imported with the fault. docs/mutation-testing.md has the last run, and why some mutants cannot be killed.
"""

import argparse
import importlib.machinery
import importlib.util
import os
import random
import resource
import signal
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.architecture.repository import ROOT, files, name
from tests.mutation.mutants import Mutant, mutant_at, places_of

_INDEX = ("index", "index_orders", "meeting_filter", "geo_grid", "ranking", "soonest_first", "near", "service")
_MORE_OF_INDEX = ("group_list", "loader", "snapshot", "against_reference", "sections", "few_results")
_STAFF = ("permissions", "permissions_of_contributors", "permissions_of_accounts", "for_managers_only", "matrix")
_TIMES = ("patterns", "dates", "sentences", "parse", "changes", "cautions", "clashes", "next_dates", "bank_holidays")
_MORE_OF_TIMES = ("clock_reading", "regular_times", "remarks", "when_sentences", "properties")
#: Modules, and the tests that are nearest to them: the quickest first, for the first that fails is the last that runs.
TARGETS: dict[str, list[str]] = {
    "groups/timetable/*.py": [
        *(f"tests/groups/timetable/test_{name}.py" for name in (*_TIMES, *_MORE_OF_TIMES)),
        "tests/staff/test_clock_field.py",
    ],
    "groups/search/index/*.py": [f"tests/groups/search/test_{name}.py" for name in (*_INDEX, *_MORE_OF_INDEX)],
    "organisations/permissions.py": [f"tests/staff/test_{name}.py" for name in _STAFF],
    "organisations/admin/permissions.py": [
        f"tests/staff/test_{name}.py" for name in ("addresses", *_STAFF, "admin_saves")
    ],
    "groups/confidentiality.py": [
        "tests/groups/test_confidentiality.py",
        "tests/groups/test_joining.py",
        "tests/pages/test_nothing_leaks.py",
    ],
    "groups/shortlist.py": ["tests/groups/test_shortlist.py", "tests/groups/test_shortlist_links.py"],
    "groups/verification/*.py": [
        "tests/groups/verification",
        "tests/staff/test_checks.py",
        "tests/groups/test_models_constraints.py",
    ],
}
#: Of one process, in bytes: ample for the tests, which take a tenth of it.
_MOST_MEMORY = 2 * 1024**3
#: Imported before anything is forked: what takes long, and is the same for every mutant.
LIBRARIES = ["django.test", "django.forms", "hypothesis.strategies", "model_bakery", "playwright.sync_api", "openpyxl"]


class Attempt(NamedTuple):
    """A module of which a mutant is tried, by some tests; without a mutant, whether they pass."""

    path: Path
    tests: list[str]
    name: str = ""
    mutant: Mutant | None = None


class _MutantFinder:
    """Finds one module, with the source of a mutant."""

    def __init__(self, attempt: Attempt) -> None:
        self.attempt = attempt
        self.module = name(attempt.path).removesuffix(".py").replace("/", ".")

    def find_spec(self, module: str, path=None, target=None):
        if module != self.module or self.attempt.mutant is None:
            return None
        loader = importlib.machinery.SourceFileLoader(module, str(self.attempt.path))
        code = compile(self.attempt.mutant.source, str(self.attempt.path), "exec")
        loader.get_code = lambda fullname: code
        return importlib.util.spec_from_loader(module, loader)


def run_tests(attempt: Attempt, limit: int) -> None:
    """End this process, a forked one, with what pytest says: 0 if every test passed.

    The system kills it after `limit` seconds of the processor: on the clock a busy machine would be taken for a loop.
    One that waits for ever uses none, and is ended by the clock. A loop that fills a list runs out of memory first.
    """
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    resource.setrlimit(resource.RLIMIT_DATA, (_MOST_MEMORY, _MOST_MEMORY))
    signal.alarm(10 * limit)
    sys.meta_path.insert(0, _MutantFinder(attempt))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    options = ["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not browser and not nu"]
    os._exit(pytest.main([*options, *attempt.tests]))


def try_all(attempts: list[Attempt], limits: dict[str, int], workers: int):
    """Yield each attempt with the code that its tests ended with (negative: they took too long) and its seconds.

    Seconds are of the processor.
    """
    waiting, running = list(reversed(attempts)), {}
    while waiting or running:
        while waiting and len(running) < workers:
            attempt = waiting.pop()
            if not (process := os.fork()):
                try:
                    run_tests(attempt, limits.get(str(attempt.tests), 600))
                finally:
                    os._exit(70)
            running[process] = attempt
        process, status, usage = os.wait4(-1, 0)
        yield running.pop(process), os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime


def sample(count: int, seed: int, only: str) -> list[Attempt]:
    """Some of all mutants, as many from each target as is its share of them."""
    places = [
        (path, tests, place)
        for pattern, tests in TARGETS.items()
        for path in files(pattern)
        if only in name(path)
        for place in places_of(path.read_text())
    ]
    chosen = random.Random(seed).sample(places, min(count, len(places)))
    sys.stdout.write(f"{len(chosen)} of {len(places)} mutants, seed {seed}\n")
    return [Attempt(path, tests, place.name, mutant_at(path.read_text(), place)) for path, tests, place in chosen]


def main() -> int:
    parser = argparse.ArgumentParser(prog="make mutate", description=__doc__)
    parser.add_argument("--count", type=int, default=320)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="a part of the paths of modules")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args()
    os.chdir(ROOT)
    # A fault that 100 random patterns do not show would hardly be shown by 2,000.
    os.environ.setdefault("PROVE_EXAMPLES", "100")
    for library in LIBRARIES:
        importlib.import_module(library)

    attempts = sample(options.count, options.seed, options.only)
    baselines = {str(attempt.tests): Attempt(attempt.path, attempt.tests) for attempt in attempts}
    limits: dict[str, int] = {}
    for attempt, code, seconds in try_all([*baselines.values()], {}, options.workers):
        sys.stdout.write(f"{seconds:5.0f} s without a fault: {' '.join(attempt.tests)}\n")
        if code != 0:
            sys.exit("These tests fail as it is, or are none.")
        limits[str(attempt.tests)] = round(10 + 3 * seconds)

    survivors, started = [], time.monotonic()
    for attempt, code, seconds in try_all(attempts, limits, options.workers):
        outcome = "SURVIVED" if code == 0 else "too long" if code < 0 else "killed"
        if code == 0:
            survivors.append(attempt)
        mutant = attempt.mutant
        short = f"{_line(mutant.before)}  ->  {_line(mutant.after)}"
        sys.stdout.write(f"{outcome:8} {seconds:4.0f} s {name(attempt.path)}:{mutant.line} {attempt.name}: {short}\n")
        sys.stdout.flush()
    killed = len(attempts) - len(survivors)
    minutes = (time.monotonic() - started) / 60
    sys.stdout.write(f"{killed} of {len(attempts)} killed, {killed / len(attempts):.1%}, in {minutes:.0f} minutes\n")
    for attempt in survivors:
        mutant = attempt.mutant
        sys.stdout.write(f"\n{name(attempt.path)}:{mutant.line} {attempt.name}\n- {mutant.before}\n+ {mutant.after}\n")
    return 0


def _line(text: str) -> str:
    return " ".join(text.split())[:70]


if __name__ == "__main__":
    sys.exit(main())
