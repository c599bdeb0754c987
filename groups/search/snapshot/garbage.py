"""Python's collections of garbage, while millions of objects are made that stay."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


@contextmanager
def without_collections() -> Iterator[None]:
    """Collect no garbage while the block runs, and, in a server, none among what it has made.

    Allocating a million long-lived objects triggers collections that take as long as the build itself. Later ones
    would pause for 50 ms to scan them.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
    if settings.SNAPSHOT_LOADS_IN_BACKGROUND:
        if gc.get_freeze_count():
            # Among what was frozen before is the snapshot in whose place this one comes.
            gc.unfreeze()
            gc.collect()
        gc.freeze()
        _give_back_memory()


def _give_back_memory() -> None:
    """Give the system what the allocator of C holds free: glibc does so at the end of its heap alone.

    Reading leaves as much as the directory itself free between what stays, where only the thread that has read it
    would use it again.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
