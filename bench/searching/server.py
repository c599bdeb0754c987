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
from .load import fetch

WORKERS = 3


@contextmanager
def served(url: str, port: int, workers: int = WORKERS) -> Iterator[None]:
    """Run a server on one database while in the context."""
    command = [sys.executable, "-m", "gunicorn", "peersupport.wsgi", "-b", f"127.0.0.1:{port}", "-w", str(workers)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(url), stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                fetch(port, "/constant/")
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(30)


def worker_of(answer: bytes) -> int:
    """Return the process id of the worker that sent a response."""
    return int(re.search(rb"X-Worker: (\d+)", answer)[1])


def from_each_worker(port: int, path: str, workers: int = WORKERS) -> dict[int, bytes]:
    """Return the first response of every worker. Requests are concurrent, else one worker might answer all."""
    answers: list[bytes] = []
    with ThreadPoolExecutor(4 * workers) as askers:
        while len({worker_of(answer) for answer in answers}) < workers:
            list(askers.map(lambda _: answers.append(fetch(port, path)), range(4 * workers)))
    # Reversed, so that the first response of each worker wins.
    return {worker_of(answer): answer for answer in reversed(answers)}


def wait_for_directory(port: int, path: str, workers: int = WORKERS) -> None:
    """Wait until every worker has read the directory, which is seen from a page that needs it."""
    while not all(answer[9:12] == b"200" for answer in from_each_worker(port, path, workers).values()):
        time.sleep(0.1)


def memory_of(worker: int) -> float:
    """Return the resident memory of a process in MB; 0 if the system does not tell."""
    try:
        with open(f"/proc/{worker}/status") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))
    except OSError:
        return 0.0


def processor_time_of(worker: int) -> float:
    """Return the processor seconds of a process; 0 if the system does not tell."""
    try:
        with open(f"/proc/{worker}/stat") as stat:
            columns = stat.read().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(columns[11]) + int(columns[12])) / os.sysconf("SC_CLK_TCK")
