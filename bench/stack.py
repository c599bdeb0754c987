"""Pages through the whole stack, for the first time, and again, when each worker may keep them. Kinds take turns."""

import re
import socket
import time
from collections import defaultdict, namedtuple
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.addresses import SEARCHES, different, edit
from bench.shared import Site, heading, row, sign

#: How many pages of a kind are asked again, how often until all workers know them, then in each round; and seconds.
AGAIN, WARM, TIMES, EDIT_EVERY = 5, 10, 2, 5
#: What the peer takes for a filtered page and a meeting's, in constant pages, by listings; the last one is no less.
PEER = {5_000: (145, 121), 20_000: (390, 121)}
#: Of one request: the process id of the worker, milliseconds of its processor, and milliseconds on the clock.
Answer = namedtuple("Answer", ["worker", "work", "clock"])
#: Of several requests: the stack's processor milliseconds of each, and the seconds on the clock of them all.
Chunk = namedtuple("Chunk", ["each", "seconds", "answers"])


def fetch(port: int, address: str) -> Answer:
    """Ask for a page, compressed, on a connection of its own. Anything but a page ends the bench."""
    began = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port), timeout=120) as client:
        headers = "Host: 127.0.0.1\r\nAccept-Encoding: gzip\r\nConnection: close"
        client.sendall(f"GET {address} HTTP/1.1\r\n{headers}\r\n\r\n".encode())
        content = b"".join(iter(lambda: client.recv(1 << 18), b""))
    took = re.search(rb"\r\nX-Work: (\d+) ([\d.]+)", content)
    if content[9:12] != b"200" or not took:
        raise SystemExit(f"{address} answers {content[:40]!r}.")
    return Answer(int(took[1]), float(took[2]), (time.perf_counter() - began) * 1000)


def ask(site: Site, addresses: list[str], clients: int = 4) -> Chunk:
    worked, began = site.work(), time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        answers = list(pool.map(partial(fetch, site.port), addresses))
    return Chunk((site.work() - worked) * 1000 / len(addresses), time.perf_counter() - began, answers)


def run(site: Site, first: dict[str, list[str]], again: dict[str, list[str]], rounds: int, edits: bool):
    """Return chunks by kind of page and time; and how many times the usual each worker's first after an edit took."""
    found, after, edited = defaultdict[tuple[str, str], list[Chunk]](list), [], time.perf_counter()
    for addresses in again.values():
        ask(site, addresses * WARM)
    for number in range(rounds):
        for kind, addresses in first.items():
            is_due = edits and kind in again and time.perf_counter() - edited > EDIT_EVERY
            if is_due:
                edit(number)
                edited = time.perf_counter()
            if part := addresses[number::rounds]:
                # The site limits how many PDFs are made at once.
                found[kind, "first"].append(ask(site, part, 1 if kind == "PDF" else 4))
                by_worker = {answer.worker: answer.work for answer in found[kind, "first"][-1].answers[::-1]}
                after += [(kind, work) for work in by_worker.values()] * is_due
            if kind in again:
                found[kind, "again"].append(ask(site, again[kind] * TIMES))
    works = {kind: [answer.work for chunk in found[kind, "first"] for answer in chunk.answers] for kind in again}
    return found, [work / median(works[kind]) for kind, work in after]


def report(title: str, size: int, found: dict[tuple[str, str], list[Chunk]]) -> None:
    heading(title, "asked", "stack ms", "worker ms", "a second", "clock ms", "p95", "constants")
    each = {key: median(chunk.each for chunk in chunks) for key, chunks in found.items()}
    unit = each["constant", "first"]
    for (kind, which), chunks in found.items():
        answers = [answer for chunk in chunks for answer in chunk.answers]
        rate = len(answers) / sum(chunk.seconds for chunk in chunks)
        clock = sorted(answer.clock for answer in answers)
        times = median(answer.work for answer in answers), rate, median(clock), clock[int(len(clock) * 0.95)]
        row(f"{kind}, {which}", str(len(answers)), each[kind, which], *times, each[kind, which] / unit)
    noise = sorted(chunk.each for chunk in found["constant", "first"])
    row("constant page by rounds: least, median, most", noise[0], median(noise), noise[-1])
    filtered, meeting = PEER.get(size, (0, 0))
    for which, share, times, times_group in (("first", 0.3, 50, 15), ("again", 0.6, 100, 75)):
        aims = [(f"constant template ÷ {kind}", 1, kind, share) for kind in SEARCHES]
        aims += [(f"the peer's filtered page ÷ {kind}", filtered, kind, times) for kind in SEARCHES]
        for title, cost, kind, limit in [*aims, ("the peer's meeting page ÷ group", meeting, "group", times_group)]:
            ratio = cost * unit / each[kind, which]
            row(f"{title}, {which}", ratio, note=sign(ratio, limit, "", at_least=True)) if ratio else None


def measure(size: int, addresses: int, port: int) -> None:
    """Print what all kinds of pages take, quiet and with edits, over so many addresses each."""
    every, rounds = different(2 * addresses + 40 * AGAIN), max(8, addresses // 400)
    again = {kind: found[:AGAIN] for kind, found in every.items() if kind != "PDF"} | {"home": ["/"] * AGAIN}
    with TemporaryDirectory() as scratch, closing(Site(port, Path(scratch))) as site:
        ask(site, [found[-1] for kind, found in every.items() if kind in again] * WARM)
        memory = [site.memory()]
        for half, words in enumerate(("quiet", f"an edit every {EDIT_EVERY} s")):
            first = {"constant": ["/constant/"] * 50 * rounds}
            first |= {kind: found[AGAIN:-1][half::2] for kind, found in every.items()}
            found, after = run(site, first, again, rounds, edits=half == 1)
            report(f"{site.name}, {words}", size, found)
            memory.append(site.memory())
        aims, title = (2, 100) if size == 20_000 else (None, None), "a page after an edit ÷ its kind: median, most"
        row(title, middle := median(after or [0]), max(after, default=0), note=sign(middle, aims[0], ""))
        row("a worker's own MB (PSS): first, then, last", *memory, note=sign(memory[-1], aims[1], ""))
