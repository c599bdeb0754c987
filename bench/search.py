"""How long searching takes: alone, as a page in this process, and as a page under gunicorn; at several sizes.

    python bench/search.py --sizes 5000 20000 --databases sqlite --seconds 4 --keep /tmp/scratch

Scratch databases are filled with examples (`make_examples`), searched by the same 200 questions, and taken away again
(`--keep` leaves them for the next run). Absolute times differ between machines and hours, so what counts is the ratio
to the same page rendered from results found long ago ("canned"), measured by turns in the same run. PostgreSQL is
measured too where POSTGRES_URL or DATABASE_URL names a server on which databases can be made. Each aim is printed with
whether it was reached; the exit code says nothing of them, for a busy machine would fail anybody.
"""

import argparse
import contextlib
import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.searching import databases, load, server
from bench.searching.mix import searches

#: The size that the aims are for, and the one it is compared with.
BOUND, BASE = 20_000, 5_000
PORT = 8141
PAGES = ("groups", "canned", "constant")
ROUNDS = 4
#: Rounds of all searches before the timing, enough for each worker to have answered almost all of them.
WARM = 8

say = sys.stdout.write


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[BASE, BOUND, 100_000], help="How many listings.")
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "postgresql"], default=None)
    parser.add_argument("--seconds", type=float, default=12, help="How long each page is asked for under gunicorn.")
    parser.add_argument("--keep", type=Path, default=None, help="A folder to keep the SQLite files in, for next time.")
    parser.add_argument("--again", action="store_true", help="Make kept databases anew.")
    return parser.parse_args()


def postgresql_server() -> str:
    named = os.environ.get("POSTGRES_URL") or os.environ.get("DATABASE_URL", "")
    return named if named.startswith("postgres") else ""


def aim(what: str, value: float, unit: str, limit: float, *, at_least: bool = False, bound: bool = True) -> None:
    """Print a line: what was measured, its target, and whether it was reached."""
    is_reached = value >= limit if at_least else value <= limit
    target = f"{'≥' if at_least else '≤'} {limit:g}{unit}"
    say(f"  {what:<66}{value:>9.2f}{unit:<3}{target:>10}  {('✓' if is_reached else '✗') if bound else 'reported'}\n")


def measure_inside(url: str) -> dict[str, dict[str, float]]:
    """Run `bench.searching.inside` on a database, and return its measurements."""
    command = [sys.executable, "-m", "bench.searching.inside"]
    done = subprocess.run(command, cwd=databases.ROOT, env=databases.environment(url), check=True, capture_output=True)
    return json.loads(done.stdout)


def report_inside(size: int, found: dict[str, dict[str, float]]) -> None:
    say(f"\n{size:,} listings, in one process     median        p95\n")
    names = {"search": "search alone, ms", "page": "search page, ms", "canned": "canned page, ms"}
    names |= {"constant": "constant page, ms", "queries": "queries", "bytes": "bytes", "gzip": "bytes, gzip"}
    for name, words in names.items():
        say(f"  {words:<28}{found[name]['median']:>10,.2f}{found[name]['p95']:>11,.2f}\n")
    bound = size <= BOUND
    aim("search alone, median", found["search"]["median"], "ms", 1, bound=bound)
    work = found["work"]
    say(f"  {'work of a processor, mean ms: page, canned, constant':<66}")
    say(f"{work['page']:>9.2f}{work['canned']:>9.2f}{work['constant']:>9.2f}\n")
    share = work["canned"] / work["page"]
    aim("search page's share of the canned page's pace", share, "×", 0.6, at_least=True, bound=bound)
    aim("an edit's own transaction, versions and all, median", found["edit"]["median"], "ms", 10, bound=bound)
    aim("telling the directory of an edit, median", found["log"]["median"], "ms", 10, bound=bound)
    aim("bringing the directory up to date after it, median", found["patch"]["median"], "ms", 20, bound=bound)
    aim("reading the whole directory", found["build"]["median"] / 1000, "s", 2, bound=bound)
    say(f"  {'of that processor time':<66}{found['build_cpu']['median'] / 1000:>9.2f}s\n")
    say(f"  {'a search page whose cards are not yet drawn, mean processor time':<66}{found['cold']['mean']:>9.2f}ms\n")
    say(f"  {'the same page again, mean processor time':<66}{found['warm']['mean']:>9.2f}ms\n")


def edit_is_seen(url: str, port: int) -> bool:
    """Return whether each worker's next page after an edit shows it."""
    path = "/groups/?q=zanzibar"
    server.from_each_worker(port, path)
    code = (
        "import django; django.setup()\n"
        "from groups.models import SupportGroup\n"
        "group = SupportGroup.objects.published().order_by('pk').first()\n"
        "group.name = 'Example of Zanzibar' if 'Zanzibar' not in group.name else 'Example Zanzibar again'\n"
        "group.save(); print(group.name)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=databases.ROOT, env=databases.environment(url), check=True, capture_output=True)
    answers = server.from_each_worker(port, path)
    return all(done.stdout.strip() in answer for answer in answers.values())


def paths_of(page: str, times: int = 1) -> Iterator[str]:
    """Yield the addresses of all searches, a number of times."""
    return (f"/{page}/?{query_string}" for _ in range(times) for query_string in searches())


def over_http(urls: dict[int, str], seconds: float) -> None:
    """Load each page on servers of all sizes by turns, with four concurrent clients.

    Workers are warmed up first: they hold a snapshot, and the cards of these searches. The cold run is reported apart.
    """
    with contextlib.ExitStack() as stack:
        ports = {size: PORT + number for number, size in enumerate(urls)}
        before: dict[int, dict[int, float]] = {}
        for size, url in urls.items():
            stack.enter_context(server.served(url, ports[size]))
            workers = server.from_each_worker(ports[size], "/about/")
            before[size] = {worker: server.memory_of(worker) for worker in workers}
        for size, port in ports.items():
            cold = load.Load()
            server.wait_for_directory(port, "/groups/")
            load.run(port, paths_of("groups"), cold)
            load.run(port, paths_of("groups", WARM), load.Load())
            # gunicorn may have replaced a worker that timed out loading a very large directory.
            workers = server.from_each_worker(port, "/about/")
            grown = max(map(server.memory_of, workers)) - min(before[size].values())
            say(f"\n{size:,} listings, gunicorn with {server.WORKERS} workers\n")
            aim("a worker's growth by the directory and 200 searches", grown, "MB", 60, bound=size <= BOUND)
            seen = edit_is_seen(urls[size], port)
            say(f"  {'an edit is on the next page of every worker':<66}{'yes  ✓' if seen else 'no  ✗'}\n")
            summary = f"{cold.rate:,.0f} requests/s, median {cold.at(0.5):.1f} ms, p95 {cold.at(0.95):.1f} ms"
            say(f"  the first 200 searches of new workers, cards not yet made: {summary}\n")
            load.run(port, paths_of("groups", WARM), load.Load())
            load.run(port, paths_of("canned", WARM), load.Load())
        found = {(size, page): load.Load() for size in urls for page in PAGES}
        zipped = {size: load.Load() for size in urls}
        paths = {page: itertools.cycle(paths_of(page)) for page in PAGES}
        workers = {size: list(server.from_each_worker(port, "/constant/")) for size, port in ports.items()}

        def run_for_a_share(size: int, page: str, into: load.Load, headers: str = "") -> None:
            before = sum(map(server.processor_time_of, workers[size]))
            load.run(ports[size], paths[page], into, seconds / ROUNDS, headers)
            into.worked += sum(map(server.processor_time_of, workers[size])) - before

        for _ in range(ROUNDS):
            for page in PAGES:
                for size in urls:
                    run_for_a_share(size, page, found[size, page])
            for size in urls:
                run_for_a_share(size, "groups", zipped[size], "Accept-Encoding: gzip\r\n")
    report_http(found, zipped)


def report_http(found: dict[tuple[int, str], load.Load], zipped: dict[int, load.Load]) -> None:
    columns = f"{'requests/s':>12}{'median ms':>12}{'p95':>9}{'p99':>9}{'failed':>8}{'work ms':>9}"
    say(f"\n{'over HTTP, 4 clients':<34}{columns}\n")

    def line(name: str, measured: load.Load) -> None:
        times = f"{measured.at(0.5):>12.2f}{measured.at(0.95):>9.2f}{measured.at(0.99):>9.2f}"
        say(f"  {name:<32}{measured.rate:>12,.0f}{times}")
        say(f"{measured.failed:>8}{measured.work:>9.2f}\n")

    for (size, page), measured in found.items():
        line(f"{size:>7,} {'search page' if page == 'groups' else page}", measured)
        if page == "groups":
            line(f"{size:>7,} search page, gzip", zipped[size])
    for size in zipped:
        page, canned, constant = (found[size, kind] for kind in PAGES)
        bound = size <= BOUND
        ratio(f"{size:,}: search page against the canned one", page, canned, 0.6, bound=bound)
        ratio(f"{size:,}: search page against a constant template", page, constant, 0.18, bound=False)
        aim(f"{size:,}: p99 over the canned page's", page.at(0.99) / canned.at(0.99), "×", 2, bound=bound)
    if BASE in zipped and BOUND in zipped:
        ratio(f"flat: {BOUND:,} against {BASE:,}", found[BOUND, "groups"], found[BASE, "groups"], 0.85)


def ratio(what: str, measured: load.Load, reference: load.Load, limit: float, *, bound: bool = True) -> None:
    """Compare two pages by requests a second, and by processor time, which a busy machine changes less."""
    aim(f"{what}, requests/s", measured.rate / reference.rate, "×", limit, at_least=True, bound=bound)
    if measured.work:
        aim(f"{what}, work", reference.work / measured.work, "×", limit, at_least=True, bound=bound)


def main() -> None:
    options = arguments()
    postgres = postgresql_server()
    kinds = options.databases or (["sqlite", "postgresql"] if postgres else ["sqlite"])
    if "postgresql" in kinds and not postgres:
        sys.exit("Set POSTGRES_URL to a PostgreSQL server where databases can be made.")
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for kind in kinds:
            say(f"\n== {kind} ==\n")
            urls = {size: databases.create(kind, size, folder, postgres, options.again) for size in options.sizes}
            for size, url in urls.items():
                report_inside(size, measure_inside(url))
            over_http(urls, options.seconds)
            if not options.keep:
                for url in urls.values():
                    databases.drop(url, postgres)


main()
