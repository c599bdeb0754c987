"""What one worker of the web server has read, for the others: a file without a name, which they inherit.

`gunicorn.conf.py` makes it, in memory, and names its descriptor in DIRECTORY_FILE. Nobody else can open it, so what is
unpickled is what a process of this site has written. Without it nothing is shared.
"""

import fcntl
import os
import pickle
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from common.release import RELEASE

_EMPTY, _FULL = b"\0", b"\1"


class SharedFile:
    """The shared file, or, where there is none, nothing: it is then always empty."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    @classmethod
    def inherited(cls) -> "SharedFile":
        """Return the file of the server that has started this process, if it is one without a name."""
        try:
            descriptor = int(os.environ.get("DIRECTORY_FILE", ""))
            status = os.fstat(descriptor)
        except (ValueError, OSError):
            return cls(None)
        is_ours = stat.S_ISREG(status.st_mode) and status.st_nlink == 0 and status.st_uid == os.geteuid()
        return cls(descriptor if is_ours else None)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes from reading and writing it while the block runs; the kernel does when one is killed."""
        if self._descriptor is None:
            yield
            return
        # Not `flock`, which is held by all who have inherited the file.
        fcntl.lockf(self._descriptor, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.lockf(self._descriptor, fcntl.LOCK_UN)

    @property
    def exists(self) -> bool:
        return self._descriptor is not None

    def holds(self, is_wanted: Callable[[Any], bool]) -> bool:
        """Return whether a process of the same release has written a value with a wanted label. Needs the lock."""
        with self._at_value(is_wanted) as file:
            return file is not None

    def read(self, is_wanted: Callable[[Any], bool]) -> Any:
        """Return that value; None for none. Needs the lock."""
        with self._at_value(is_wanted) as file:
            return None if file is None else pickle.load(file)

    def write(self, label: object, value: object) -> None:
        """Put a value with a label in the place of what there is. Needs the lock. If it is cut short, there is none."""
        if self._descriptor is None:
            return
        with open(self._descriptor, "r+b", closefd=False) as file:
            file.seek(0)
            file.write(_EMPTY)
            file.flush()
            for part in (RELEASE, label, value):
                pickle.dump(part, file, pickle.HIGHEST_PROTOCOL)
            file.truncate()
            file.seek(0)
            file.write(_FULL)

    @contextmanager
    def _at_value(self, is_wanted: Callable[[Any], bool]) -> Iterator[BinaryIO | None]:
        """Open the file where its value is; None if there is none with a wanted label."""
        if self._descriptor is None:
            yield None
            return
        with open(self._descriptor, "rb", closefd=False) as file:
            file.seek(0)
            is_there = file.read(1) == _FULL and pickle.load(file) == RELEASE and is_wanted(pickle.load(file))
            yield file if is_there else None
