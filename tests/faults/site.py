"""The site under gunicorn, as `gunicorn.conf.py` has it, with its processes by number: to be asked, and killed."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.architecture.repository import ROOT
from tests.faults.browser import Browser, NoAnswer


class Site:
    """A server on the database of the environment. Its log is a file of the folder."""

    def __init__(self, port: int, workers: int, scratch: Path, **variables: str) -> None:
        self.port, self.workers, self._scratch, self._variables = port, workers, scratch, variables
        #: What gunicorn serves.
        self.application = "peersupport.wsgi"
        self._process: subprocess.Popen | None = None

    @property
    def log(self) -> Path:
        return self._scratch / "site.log"

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", self.application]
        command += ["-b", f"127.0.0.1:{self.port}", "-w", str(self.workers)]
        with self.log.open("a") as log:
            environment = os.environ | self._variables
            self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log, start_new_session=True)

    def wait(self, path: str = "/readyz", seconds: float = 900) -> None:
        """Wait until every worker answers a page, as far as twelve questions at once can tell."""
        until = time.monotonic() + seconds
        with ThreadPoolExecutor(12) as askers:
            while time.monotonic() < until:
                if all(askers.map(lambda _: self._answers(path), range(24))):
                    return
                time.sleep(0.1)
        raise TimeoutError(f"{path} is not answered: see {self.log}.")

    @property
    def master(self) -> int:
        """The process id of gunicorn itself."""
        return self._process.pid

    def pids(self) -> list[int]:
        """Return the process ids of the workers."""
        master = self.master
        try:
            return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]
        except OSError:
            return []

    def use_one_core(self) -> None:
        """Have the workers, and what they start, run on one core of the machine, as on a small one."""
        for pid in self.pids():
            os.sched_setaffinity(pid, {min(os.sched_getaffinity(0))})

    def kill_worker(self) -> None:
        """End one worker by SIGKILL."""
        if pids := self.pids():
            os.kill(random.choice(pids), signal.SIGKILL)

    def kill(self) -> None:
        """End all processes of the site by SIGKILL at once."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(60)
            except subprocess.TimeoutExpired:
                self.kill()

    def _answers(self, path: str) -> bool:
        try:
            return Browser(self.port).get(path).status == 200
        except NoAnswer:
            return False


@contextmanager
def served(port: int, workers: int, scratch: Path, **variables: str) -> Iterator[Site]:
    """Run a server, in which every worker has read the directory, while in the context."""
    site = Site(port, workers, scratch, **variables)
    site.start()
    try:
        site.wait()
        yield site
    finally:
        site.stop()


def memory_of(pid: int) -> float:
    """Return the memory of a process in MB that is its own, or its part of what is shared (PSS); 0 if it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
