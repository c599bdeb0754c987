"""Break something on purpose, and see what holds: `python -m tests.faults NAME`. docs/reliability.md has what was seen.

    python -m tests.faults acknowledged_writes
    python -m tests.faults acknowledged_writes --postgresql --writes 1000

The site runs under gunicorn as `gunicorn.conf.py` has it, on a scratch database of examples. With `--postgresql` that
is in a cluster of its own, made by `pg_createcluster` (Debian, as root) and dropped at the end: it can be killed.
"""

import argparse
import os
import signal
import sys
import tempfile
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path

import django

from tests.faults import databases, postgresql
from tests.faults.scene import Scene

NAMES = [
    "acknowledged_writes",
    "database_gone",
    "disk_full",
    "fresh_answers",
    "help_now",
    "killed_import",
    "killed_long_import",
    "many_visitors",
    "read_anew",
    "reload",
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--postgresql", action="store_true", help="On PostgreSQL; without it, on SQLite.")
    parser.add_argument("--cluster", default="alongside_faults", help="The name of its cluster.")
    parser.add_argument("--listings", type=int, default=0, help="How many example groups.")
    parser.add_argument("--workers", type=int, default=3, help="How many workers are asked for.")
    parser.add_argument("--seconds", type=float, default=0, help="For how long.")
    parser.add_argument("--writes", type=int, default=1000, help="How many acknowledged writes.")
    parser.add_argument("--addresses", type=int, default=2000, help="How many are asked.")
    parser.add_argument("--visitors", type=int, default=200, help="How many visitors at once.")
    parser.add_argument("--beside", nargs="*", choices=["files", "sign-ins", "sheets"], help="All, if not said.")
    parser.add_argument("--one-core", action="store_true", help="The site has one core of the machine.")
    parser.add_argument("--port", type=int, default=8142, help="The port of the site, on this machine alone.")
    parser.add_argument("--keep", type=Path, default=None, help="A folder, and a cluster, to find again next time.")
    options = parser.parse_args()
    module = f"tests.faults.{options.name}"
    # What was started is ended, and what was made is dropped, also when this is stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with ExitStack() as stack:
        scratch = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        cluster = None
        if options.postgresql or options.name == "database_gone":
            cluster = stack.enter_context(postgresql.cluster(options.cluster, keep=bool(options.keep)))
        listings = options.listings or databases.LISTINGS.get(options.name, 500)
        url = databases.create(cluster, listings, scratch)
        os.environ.update(databases.environment(url, scratch))
        django.setup()
        holds = import_module(module).run(Scene(url, scratch, cluster, options))
    sys.exit(0 if holds else 1)


main()
