"""Run a module in a child process that the kernel limits: memory, processor time, and the life of its parent.

For files from strangers, whose cost cannot be known before. `python -m common.bounded_process` is the child.
"""

import os
import resource
import runpy
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from common.parent_process import end_with_parent

_ROOT = Path(__file__).resolve().parent.parent
#: The exit status of a child that was refused memory.
_NO_MEMORY = 3


class LimitExceeded(Exception):
    """The process needed more memory or time than it may have."""


class ProcessFailed(Exception):
    """The process ended with an error of its own."""


@dataclass(frozen=True)
class Limits:
    """What a process may use: bytes of memory, seconds of processor time, and seconds of wall-clock time."""

    memory: int
    processor_seconds: int
    seconds: int


def run_bounded(module: str, content: bytes, limits: Limits) -> bytes:
    """Return the standard output of a module run as a program, with `content` as its standard input.

    It gets none of the environment, and so no secret of the site. It ends with its parent, also by `kill -9`. Raises
    `LimitExceeded` and `ProcessFailed`.
    """
    numbers = (limits.memory, limits.processor_seconds, limits.seconds, os.getpid())
    command = [sys.executable, "-P", "-X", "utf8", "-m", __name__, module, *map(str, numbers)]
    try:
        ended = subprocess.run(
            command,
            input=content,
            stdout=subprocess.PIPE,
            # Messages of libraries quote the content of the file.
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(_ROOT)},
            timeout=limits.seconds,
        )
    except subprocess.TimeoutExpired as error:
        raise LimitExceeded("seconds") from error
    if ended.returncode in (_NO_MEMORY, -signal.SIGXCPU, -signal.SIGKILL, -signal.SIGALRM):
        raise LimitExceeded(str(ended.returncode))
    if ended.returncode:
        raise ProcessFailed(str(ended.returncode))
    return ended.stdout


def bound_this_process(limits: Limits, parent: int) -> None:
    """Set the limits of this process, and end it with its parent, given by process id."""
    # Pages have priority. The alarm is for systems without `prctl`.
    os.nice(5)
    signal.alarm(limits.seconds)
    seconds = limits.processor_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # It writes no files.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    end_with_parent(parent)


if __name__ == "__main__":
    _module, *_numbers = sys.argv[1:]
    *_limits, _parent = map(int, _numbers)
    bound_this_process(Limits(*_limits), _parent)
    try:
        runpy.run_module(_module, run_name="__main__")
    except MemoryError:
        sys.exit(_NO_MEMORY)
