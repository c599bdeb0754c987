"""End a child process with its parent. Imports little of the standard library, so that a child starts fast."""

import ctypes
import os
import sys
from collections.abc import Callable

#: Of Linux's `prctl`: the signal that a process gets when its parent ends, and that signal.
_PR_SET_PDEATHSIG, _SIGKILL = 1, 9


def end_with_parent(parent: int) -> None:
    """Have the kernel end this process when its parent, whose process id is given, ends: on Linux, also by `kill -9`.

    Ends it now if the parent has ended already.
    """
    if prctl := getattr(ctypes.CDLL(None), "prctl", None):
        prctl(_PR_SET_PDEATHSIG, _SIGKILL)
    if os.getppid() != parent:
        sys.exit("The parent has ended.")


def end_after(seconds: int) -> None:
    """Have the kernel end this process after a number of seconds."""
    ctypes.CDLL(None).alarm(seconds)


def start_in_child(action: Callable[[], object]) -> int:
    """Call a function in a copy of this process, which ends with it, and return the id of that process.

    What the function raises is lost. This process must have one thread: a copy has no other, but its locks.
    """
    parent, child = os.getpid(), os.fork()
    if child == 0:
        try:
            end_with_parent(parent)
            action()
        finally:
            os._exit(0)
    return child
