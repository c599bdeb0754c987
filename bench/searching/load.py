"""An HTTP load generator: one event loop over sockets, as light as a client in Python can be."""

import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf

CLIENTS = 4


@dataclass
class Load:
    """Response times in milliseconds, and failures, of a run."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    failed: int = 0
    #: Processor seconds of the server, which other processes change less than time on the clock.
    worked: float = 0.0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.times) / self.seconds if self.seconds else 0.0

    @property
    def work(self) -> float:
        """Processor milliseconds per request; 0 if the system does not tell."""
        return self.worked * 1000 / len(self.times) if self.times else 0.0

    def at(self, share: float) -> float:
        """Return the percentile of the response times for a share from 0 to 1."""
        return sorted(self.times)[int(len(self.times) * share)] if self.times else 0.0


def fetch(port: int, path: str, headers: str = "") -> bytes:
    """Return one whole response."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        client.sendall(_request(path, headers))
        return b"".join(iter(lambda: client.recv(1 << 16), b""))


def run(port: int, paths: Iterator[str], into: Load, seconds: float = inf, headers: str = "") -> None:
    """Request the paths, four at a time, for some seconds or until there are no more."""
    waiting, began = selectors.DefaultSelector(), time.perf_counter()
    until = began + seconds

    def start() -> None:
        path = next(paths, None)
        if path is None:
            return
        sent = time.perf_counter()
        client = socket.create_connection(("127.0.0.1", port), timeout=60)
        client.sendall(_request(path, headers))
        client.setblocking(False)
        waiting.register(client, selectors.EVENT_READ, [sent, b""])

    for _ in range(CLIENTS):
        start()
    while waiting.get_map():
        for key, _ in waiting.select():
            piece = key.fileobj.recv(1 << 18)
            if piece:
                key.data[1] = key.data[1] or piece[:12]
                continue
            waiting.unregister(key.fileobj)
            key.fileobj.close()
            now = time.perf_counter()
            if now < until:
                if key.data[1].endswith(b" 200"):
                    into.times.append((now - key.data[0]) * 1000)
                else:
                    into.failed += 1
                start()
    into.seconds += min(seconds, time.perf_counter() - began)


def _request(path: str, headers: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}Connection: close\r\n\r\n".encode()
