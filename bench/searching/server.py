"""The site under gunicorn, as `gunicorn.conf.py` has it, with the fewest workers it takes."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from .databases import ROOT, environment
from .load import asked

WORKERS = 3


@contextmanager
def served(url: str, port: int) -> Iterator[None]:
    """A server on one database, for as long as it is needed."""
    command = [sys.executable, "-m", "gunicorn", "peersupport.wsgi", "-b", f"127.0.0.1:{port}", "-w", str(WORKERS)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(url), stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                asked(port, "/constant/")
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(30)


def worker_of(answer: bytes) -> int:
    """The process that gave an answer."""
    return int(re.search(rb"X-Worker: (\d+)", answer)[1])


def from_each_worker(port: int, path: str) -> dict[int, bytes]:
    """The first answer of every worker. Several ask at once: of those who ask in turn one worker may answer all."""
    answers: list[bytes] = []
    with ThreadPoolExecutor(4 * WORKERS) as askers:
        while len({worker_of(answer) for answer in answers}) < WORKERS:
            list(askers.map(lambda _: answers.append(asked(port, path)), range(4 * WORKERS)))
    # They stand as they came: of each worker the first is kept.
    return {worker_of(answer): answer for answer in reversed(answers)}


def memory_of(worker: int) -> float:
    """How many megabytes a process holds; 0 where the system does not say."""
    try:
        with open(f"/proc/{worker}/status") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))
    except OSError:
        return 0.0


def processor_time_of(worker: int) -> float:
    """For how many seconds a process has been at work; 0 where the system does not say."""
    try:
        with open(f"/proc/{worker}/stat") as told:
            columns = told.read().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(columns[11]) + int(columns[12])) / os.sysconf("SC_CLK_TCK")
