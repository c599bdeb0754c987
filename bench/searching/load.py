"""Asking a server for pages, so many at a time: one loop over sockets, as light as a client in Python can be."""

import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf

CLIENTS = 4


@dataclass
class Load:
    """What a server did in some seconds: how long each request took, in milliseconds, and what went wrong."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    failed: int = 0
    #: The seconds that the server's processes were at work: what a machine that others use too does not make longer.
    worked: float = 0.0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.times) / self.seconds if self.seconds else 0.0

    @property
    def work(self) -> float:
        """The milliseconds of a processor that a request took; 0 where the system does not say."""
        return self.worked * 1000 / len(self.times) if self.times else 0.0

    def at(self, share: float) -> float:
        """The milliseconds within which that share of the requests was answered."""
        return sorted(self.times)[int(len(self.times) * share)] if self.times else 0.0


def asked(port: int, path: str, headers: str = "") -> bytes:
    """One answer, whole."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        client.sendall(_request(path, headers))
        return b"".join(iter(lambda: client.recv(1 << 16), b""))


def run(port: int, paths: Iterator[str], into: Load, seconds: float = inf, headers: str = "") -> None:
    """Ask for one path after the other, four at a time, for some seconds or until there are no more."""
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
