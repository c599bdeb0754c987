"""Measure how fast the site is, on databases full of examples: `make bench ARGS="--sizes 5000 --addresses 500"`.

What is compared is measured by turns, in processor time, which a busy machine changes least. "Stack" is nginx, gunicorn
and PostgreSQL, which is measured if POSTGRES_URL names a server of this machine."""

import argparse
import json
import os
import sys
from importlib import import_module
from itertools import product
from pathlib import Path
from subprocess import PIPE

from bench.shared import create_database, report_walk, run_python, say

PARTS = ("inside", "stack", "walk")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[5_000, 20_000], help="How many listings.")
    parser.add_argument("--walk", type=int, nargs="*", default=[5_000, 20_000, 100_000], help="The same, of the walk.")
    parser.add_argument("--addresses", type=int, default=20_000, help="How many are asked once, quiet and with edits.")
    parser.add_argument("--parts", nargs="+", choices=PARTS[:2], default=PARTS[:2], help="What is measured.")
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "postgresql"], help="Default: what there is.")
    parser.add_argument("--folder", type=Path, default="/tmp/alongside-bench", help="For databases: empty it at times.")
    parser.add_argument("--port", type=int, default=8160, help="The first of two.")
    options = parser.parse_args()
    server, folder = os.environ.get("POSTGRES_URL", ""), options.folder
    folder.mkdir(parents=True, exist_ok=True)
    for kind in options.databases or ["sqlite", *["postgresql"] * bool(server)]:
        urls = {size: create_database(kind, size, folder, server) for size in {*options.sizes, *options.walk}}
        numbers = [str(options.addresses), str(options.port)]
        for size, part in product(options.sizes, options.parts):
            load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
            say(f"\n== {kind}, {size:,} listings, {part}; {load}")
            run_python(urls[size], folder, "-m", "bench", part, str(size), *numbers)
        walk = "-m", "bench", "walk", "0", *numbers
        walks = {size: json.loads(run_python(urls[size], folder, *walk, stdout=PIPE).stdout) for size in options.walk}
        if walks:
            report_walk(f"every public page, {kind}, ms", walks)


if __name__ == "__main__":
    if len(sys.argv) == 5 and sys.argv[1] in PARTS:
        # In a process of its own, on the database of its environment.
        import_module("django").setup()
        import_module(f"bench.{sys.argv[1]}").measure(*map(int, sys.argv[2:]))
    else:
        main()
