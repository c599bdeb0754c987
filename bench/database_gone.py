"""What is answered while PostgreSQL is down, at the start and later, and how soon all is back: `--database URL`.

    python bench/database_gone.py --database postgres://site@127.0.0.1:5599/site \\
        --stop "pg_ctlcluster 16 site stop -m immediate" --start "pg_ctlcluster 16 site start"

The two commands stop and start the server, which must be one of your own. The site runs under gunicorn as
`gunicorn.conf.py` has it. Not part of `make bench` without the commands: it says so and ends.
"""

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.searching import load, server

PORT, HELP, SEARCH = 8143, "/help-now/", "/groups/?near=Kent"
#: In how many seconds pages with data are to be back.
AIM = 5.0

say = sys.stdout.write


def answer(path: str) -> tuple[str, float]:
    """Return the status and Retry-After of a page, and the seconds that it took."""
    began = time.perf_counter()
    content = load.fetch(PORT, path)
    retry = re.search(rb"\r\nRetry-After: (\d+)", content)
    status = content[9:12].decode() + (f" (Retry-After {retry[1].decode()})" if retry else "")
    return status, time.perf_counter() - began


def while_down(what: str) -> None:
    for path in (HELP, SEARCH):
        answers = [answer(path) for _ in range(10)]
        statuses = ", ".join(sorted({status for status, _ in answers}))
        say(f"  {what}: {path} {statuses}, in {max(seconds for _, seconds in answers):.2f} s at most\n")


def seconds_until_back() -> float:
    """Return after how many seconds ten answers in a row have data."""
    began, in_a_row = time.perf_counter(), 0
    back = began
    while in_a_row < 10:
        in_a_row = in_a_row + 1 if answer(SEARCH)[0] == "200" else 0
        back = time.perf_counter() if in_a_row == 1 else back
        time.sleep(0.05)
    return back - began


def run(command: str) -> None:
    subprocess.run(command, shell=True, check=True, stdout=subprocess.DEVNULL)


def turns(stop: str, start: str) -> Iterator[tuple[str, float]]:
    run(start)
    yield "after a start without it", seconds_until_back()
    for number in (1, 2):
        run(stop)
        while_down(f"stopped, {number}")
        run(start)
        yield f"after stop {number}", seconds_until_back()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", default="", help="The URL of a PostgreSQL database full of examples.")
    parser.add_argument("--stop", default="", help="The command that stops its server.")
    parser.add_argument("--start", default="", help="The command that starts it, and waits until it answers.")
    options = parser.parse_args()
    if not (options.database and options.stop and options.start):
        say("It needs a PostgreSQL server of its own: see --help.\n")
        return
    run(options.stop)
    with server.served(options.database, PORT):
        while_down("at the start")
        for what, seconds in turns(options.stop, options.start):
            say(f"  {what}: back in {seconds:.1f} of {AIM:g} s {'✓' if seconds <= AIM else '✗'}\n")


main()
