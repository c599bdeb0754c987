"""Slots: a limit on slow requests over all worker processes of one host (docs/adr/0029).

A slot is a lock on a file. The kernel releases it when the process that holds it ends, however it ends.
"""

import fcntl
import gc
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponse]
SentTo = TypeVar("SentTo", bound=Callable[..., HttpResponseBase])

#: The pools of slots: generating large files, hashing passwords, and imports of many rows, which no worker waits for.
FILES, PASSWORDS, IMPORTS = "files", "passwords", "imports"


class ServerBusy(Exception):
    """Raised when all slots of a pool are held."""

    def __init__(self, pool: str, page: str = "") -> None:
        """Take the pool that is full, and the address of a lighter page with the same content, if there is one."""
        super().__init__(f"no free slot for {pool}")
        self.pool, self.page = pool, page


def capacity_of(pool: str) -> int:
    """Return the number of slots of a pool; all pools together leave at least one worker free."""
    if pool in (PASSWORDS, IMPORTS):
        return 1
    return max(1, min(settings.WORKERS // 2, settings.WORKERS - 2))


@contextmanager
def slot(pool: str, request: HttpRequest | None = None) -> Iterator[None]:
    """Hold a slot while the block runs. Raises `ServerBusy` at once, without waiting, if all are held.

    If the request already holds a slot of the pool, no other is taken.
    """
    if request is not None and getattr(request, "slot_held", "") == pool:
        yield
        return
    lock = _locked_file(pool)
    if request is not None:
        request.slot_held = pool  # type: ignore[attr-defined]  # A request can carry it; its type cannot.
    try:
        yield
    finally:
        if request is not None:
            del request.slot_held  # type: ignore[attr-defined]  # As above.
        if pool == FILES and settings.SNAPSHOT_LOADS_IN_BACKGROUND:
            # In a server the garbage is collected now, or else the next page of this worker would pay for it.
            gc.collect()
        os.close(lock)


class _Held(Iterator[bytes]):
    """The parts of a response, with what is held until the last is sent, or the client has gone."""

    def __init__(self, parts: Iterator[bytes], held: ExitStack) -> None:
        self._parts, self._held = parts, held

    def __next__(self) -> bytes:
        return next(self._parts)

    def close(self) -> None:
        """End the parts, and release what is held. Django calls it when the response is closed."""
        with self._held:
            if isinstance(self._parts, Generator):
                self._parts.close()


def hold_slot(pool: str, request: HttpRequest, parts: Iterator[bytes]) -> Iterator[bytes]:
    """Return the parts of a streaming response to a request, and hold a slot until the response is closed.

    It is the slot that `ServiceUnavailableMiddleware` took for the request, or a new one. Raises `ServerBusy` if all
    are held.
    """
    stack: ExitStack | None = getattr(request, "slots", None)
    held = stack.pop_all() if stack is not None else ExitStack()
    held.enter_context(slot(pool, request))
    return _Held(parts, held)


def costly(page: Callable[..., str], when: Callable[..., bool] | None = None) -> Callable[[View], View]:
    """Return a decorator for a view that needs a slot.

    `page` and `when` get the arguments of the view: `page` returns the address of a lighter page for the 503 answer,
    `when` whether this request needs a slot; without it, all do.
    """

    def decorator(view: View) -> View:
        @wraps(view)
        def bounded(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
            if when is not None and not when(request, *args, **kwargs):
                return view(request, *args, **kwargs)
            try:
                with slot(FILES):
                    return view(request, *args, **kwargs)
            except ServerBusy as busy:
                busy.page = page(request, *args, **kwargs)
                raise

        bounded.is_costly = True  # type: ignore[attr-defined]  # A function can carry it; its type cannot.
        return bounded

    return decorator


def slot_for_posts(pool: str) -> Callable[[SentTo], SentTo]:
    """Return a decorator for a view that needs a slot of a pool for POST requests.

    `ServiceUnavailableMiddleware` takes it, before session, user and body are read.
    """

    def decorator(view: SentTo) -> SentTo:
        view.pool_of_posts = pool  # type: ignore[attr-defined]  # A function can carry it; its type cannot.
        return view

    return decorator


def _locked_file(pool: str) -> int:
    """Return the descriptor of the first free lock file of a pool, locked. Child processes do not inherit it.

    Each call opens the file again, so that two threads of one process exclude each other too.
    """
    directory = Path(settings.LOCK_DIR)
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    for number in range(capacity_of(pool)):
        lock = os.open(directory / f"{pool}-{number}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
        else:
            return lock
    raise ServerBusy(pool)
