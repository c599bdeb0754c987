"""Fetch a URL that somebody typed: only from public hosts, and within limits.

Python's own client, connected to the address that was checked; certificate and `Host` are those of the name. It uses no
proxy, cookie or password of the environment.
"""

import http.client
import io
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from .public_addresses import AddressRule, NotPublic, Resolver, is_public_address, public_addresses, system_resolver

_MEGABYTE = 2**20
_PIECE = 2**16
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = {301, 302, 303, 307, 308}
#: The characters of a URL that are not quoted.
_UNQUOTED = "%/:=&?~#+!$,;'@()*[]"
_HEADERS = {"Accept": "application/json, application/x-ndjson;q=0.9", "Accept-Encoding": "gzip", "Connection": "close"}


class FetchFailed(Exception):
    """Nothing was fetched. The message is a sentence; it may name hosts, but no query string."""


class NotFound(FetchFailed):
    """The host answered 404 or 410."""


@dataclass(frozen=True)
class FetchLimits:
    """What one fetch may cost, with all its redirects."""

    connect_seconds: float = 10
    #: The longest silence.
    read_seconds: float = 20
    seconds: float = 60
    #: After unpacking.
    most_bytes: int = 32 * _MEGABYTE
    most_redirects: int = 5


@dataclass(frozen=True)
class Fetched:
    """A response: its URL after redirects, and its decompressed bytes."""

    url: str
    content: bytes


class Fetcher:
    """Fetches URLs within limits. Only tests pass another resolver or rule."""

    def __init__(
        self,
        limits: FetchLimits | None = None,
        resolve: Resolver = system_resolver,
        is_allowed: AddressRule = is_public_address,
    ) -> None:
        self._limits = limits or FetchLimits()
        self._resolve, self._is_allowed = resolve, is_allowed

    def fetch(self, url: str, *, same_host_only: bool = False) -> Fetched:
        """Return what stands at an address of http or https, following redirects, to the same host or to any.

        Each redirect is resolved and checked as the first address is. Raises `NotFound` for 404 and 410, else
        `FetchFailed`.
        """
        deadline = time.monotonic() + self._limits.seconds
        for _ in range(self._limits.most_redirects + 1):
            parts = parsed_url(url)
            try:
                answer = self._answer(parts, deadline)
            except NotPublic as error:
                raise FetchFailed(str(error)) from error
            except (OSError, http.client.HTTPException, zlib.error) as error:
                raise FetchFailed(f"{parts.hostname} did not answer as it should: {_reason(error)}.") from error
            if isinstance(answer, bytes):
                return Fetched(url, answer)
            url = urljoin(url, answer)
            target = parsed_url(url)
            if same_host_only and not is_same_host(parts, target):
                raise FetchFailed(f"{parts.hostname} leads to another host, {target.hostname}.")
            if parts.scheme == "https" and target.scheme == "http":
                raise FetchFailed(f"{parts.hostname} leads from https to http.")
        raise FetchFailed(f"There are more than {self._limits.most_redirects} redirects.")

    def _answer(self, parts: SplitResult, deadline: float) -> bytes | str:
        """Return the content of a response, or the URL of a redirect."""
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        addresses = public_addresses(host, port, self._resolve, self._is_allowed)
        connection = _PinnedConnection(host, port, addresses, parts.scheme == "https", self._limits, deadline)
        with closing(connection):
            connection.request(
                "GET", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), headers=_HEADERS
            )
            response = connection.getresponse()
            with closing(response):
                if response.status in _REDIRECTS and (location := response.headers.get("Location")):
                    return location
                if response.status in (404, 410):
                    raise NotFound(f"{host} has nothing at {parts.path or '/'}.")
                if response.status != 200:
                    raise FetchFailed(f"{host} answered with the status {response.status}.")
                return self._content(response, host)

    def _content(self, response: http.client.HTTPResponse, host: str) -> bytes:
        too_large = FetchFailed(f"The answer of {host} is larger than {self._limits.most_bytes // _MEGABYTE} MB.")
        most, content = self._limits.most_bytes, bytearray()
        if (response.length or 0) > most:
            raise too_large
        encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding not in ("gzip", "identity", ""):
            raise FetchFailed(f"The answer of {host} is packed as “{encoding}”, which was not asked for.")
        for piece in _unpacked(response) if encoding == "gzip" else _pieces(response):
            content += piece
            if len(content) > most:
                raise too_large
        if response.length:
            raise FetchFailed(f"The answer of {host} ends before it should.")
        return bytes(content)


def parsed_url(url: str) -> SplitResult:
    """Return the parts of a URL, quoted, with the host as DNS has it. Raises `FetchFailed` unless it is http(s)."""
    try:
        parts = urlsplit(quote(url.strip(), safe=_UNQUOTED))
        # A host may be written in letters of any language.
        host, port = urlsplit(url.strip()).hostname or "", parts.port
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except ValueError as error:
        raise FetchFailed("This is no address on the web.") from error
    if parts.scheme not in _PORTS or not host:
        raise FetchFailed("Only addresses that begin with http:// or https:// can be read.")
    if parts.username is not None or parts.password is not None:
        raise FetchFailed("An address with a user or a password in it is not read.")
    named = f"[{host}]" if ":" in host else host
    return parts._replace(netloc=named if port is None else f"{named}:{port}", fragment="")


def is_same_host(first: SplitResult, second: SplitResult) -> bool:
    """Return whether two parsed URLs have the same host, and the same port or a change from http to https."""
    ports = [parts.port or _PORTS[parts.scheme] for parts in (first, second)]
    return first.hostname == second.hostname and (ports[0] == ports[1] or ports == [80, 443])


class _PinnedConnection(http.client.HTTPConnection):
    """A connection to one of the checked addresses of a host. The name is never resolved again."""

    def __init__(
        self, host: str, port: int, addresses: list[str], is_secure: bool, limits: FetchLimits, deadline: float
    ) -> None:
        super().__init__(host, port)
        self.default_port = _PORTS["https" if is_secure else "http"]
        self._addresses, self._is_secure, self._limits, self._deadline = addresses, is_secure, limits, deadline

    def connect(self) -> None:
        connected = self._connected_socket()
        try:
            if self._is_secure:
                connected = ssl.create_default_context().wrap_socket(connected, server_hostname=self.host)
        except BaseException:
            connected.close()
            raise
        self.sock: Any = _BoundedSocket(connected, self._limits.read_seconds, self._deadline)

    def _connected_socket(self) -> socket.socket:
        failure: OSError = TimeoutError("timed out")
        for address in self._addresses:
            seconds = min(self._limits.connect_seconds, self._deadline - time.monotonic())
            if seconds <= 0:
                break
            try:
                # An IP address: no lookup.
                return socket.create_connection((address, self.port), seconds)
            except OSError as error:
                failure = error
        raise failure


class _BoundedSocket:
    """What `http.client` needs of a socket, with a deadline: a timeout alone starts again with each byte."""

    def __init__(self, connected: socket.socket, seconds: float, deadline: float) -> None:
        self._socket, self._seconds, self._deadline = connected, seconds, deadline

    def set_timeout(self) -> None:
        """Set the timeout of the next call: the longest silence, or the rest of the deadline. Raises TimeoutError."""
        remaining = self._deadline - time.monotonic()
        if remaining <= 0:
            raise TimeoutError("timed out")
        self._socket.settimeout(min(self._seconds, remaining))

    def sendall(self, content: bytes) -> None:
        self.set_timeout()
        self._socket.sendall(content)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_BoundedFile(self._socket.makefile("rb", buffering=0), self))

    def close(self) -> None:
        # The file that was made of it stays open.
        self._socket.close()


class _BoundedFile(io.RawIOBase):
    """The bytes that a bounded socket receives."""

    def __init__(self, file: socket.SocketIO, owner: _BoundedSocket) -> None:
        self._file, self._owner = file, owner

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._owner.set_timeout()
        return self._file.readinto(buffer)

    def close(self) -> None:
        self._file.close()
        super().close()


def _pieces(response: http.client.HTTPResponse) -> Iterator[bytes]:
    while piece := response.read1(_PIECE):
        yield piece


def _unpacked(response: http.client.HTTPResponse) -> Iterator[bytes]:
    """Yield the decompressed response in chunks of bounded size, however well it was compressed."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    for piece in _pieces(response):
        while piece and not unpacker.eof:
            yield unpacker.decompress(piece, _PIECE)
            piece = unpacker.unconsumed_tail
    if not unpacker.eof:
        raise zlib.error("it ends too early")


def _reason(error: Exception) -> str:
    """Return why a connection failed, in words that quote nothing from the server."""
    if isinstance(error, TimeoutError):
        return "it took too long"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not right ({error.verify_message})"
    if isinstance(error, zlib.error):
        return "what it packed cannot be unpacked"
    return error.strerror or type(error).__name__ if isinstance(error, OSError) else type(error).__name__
