"""What is fetched from an address that somebody typed: from public hosts only, and within bounds.

The server is on this machine, so these tests have a resolver and a rule of their own; a setting for that there is not.
"""

import gzip
import ipaddress
import itertools
import socket
import zlib
from collections.abc import Iterator

import pytest

from common.public_addresses import NotPublic, is_public_address, public_addresses
from common.safe_fetch import Fetched, Fetcher, FetchFailed, FetchLimits, NotFound
from tests.common.local_server import LocalServer, is_this_server, local_server

#: Of each class of address that is not of the public internet, or in which another address is written.
NOT_PUBLIC = """
0.0.0.0 10.0.0.1 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 192.0.0.9 192.0.2.1
192.88.99.1 192.168.1.1 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1
::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b:1::1 2001::1 2001:db8::1 2002:7f00:1:: 3fff::1 fc00::1 fd00::1 fe80::1
fe80::1%lo fec0::1 ff02::1
"""


@pytest.fixture
def server() -> Iterator[LocalServer]:
    with local_server() as server:
        yield server


def fetcher(server: LocalServer, **limits) -> Fetcher:
    return Fetcher(FetchLimits(**limits), server.resolve, is_this_server)


def refusal(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(FetchFailed) as failure:
        fetcher.fetch(url)
    return str(failure.value)


def test_only_addresses_of_the_public_internet_are_public():
    public = [each for each in NOT_PUBLIC.split() if is_public_address(ipaddress.ip_address(each))]

    assert public == []
    assert [is_public_address(ipaddress.ip_address(each)) for each in ("8.8.8.8", "2606:4700::1111")] == [True, True]


@pytest.mark.parametrize("addresses", [["8.8.8.8", "10.0.0.1"], ["nonsense"], []])
def test_host_with_one_address_that_is_not_public_is_refused(addresses):
    with pytest.raises(NotPublic):
        public_addresses("feed.example", 80, lambda host, port: addresses)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "2130706433", "0x7f.1", "127。0。0。1"])
def test_loopback_is_refused_however_it_is_written(server, host):
    # As the library of the system reads numbers; nothing is looked up.
    numbers = {"2130706433", "0x7f.1"}

    def resolve(name: str, port: int) -> list[str]:
        return [socket.inet_ntoa(socket.inet_aton(name))] if name in numbers else [name.replace("localhost", "::1")]

    message = refusal(Fetcher(resolve=resolve), server.url(host=host))

    assert "has an address that is not public" in message
    assert server.requests == []


def test_answer_comes_from_the_checked_address_with_the_name_as_its_host(server):
    server.give("/data?page=1", b'{"a": 1}')

    fetched = fetcher(server).fetch(server.url("/data?page=1"))

    assert fetched == Fetched(server.url("/data?page=1"), b'{"a": 1}')
    assert server.requests == [("/data?page=1", f"feed.example:{server.port}")]


def test_name_that_resolves_to_another_address_later_is_not_asked_again(server):
    # Rebinding: what is connected to is what was checked, and a redirect is checked anew.
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])
    server.give("/first", b"first")
    server.give("/redirect", status=302, Location="/first")

    rebinding = Fetcher(resolve=lambda host, port: next(answers), is_allowed=is_this_server)

    assert refusal(rebinding, server.url("/redirect")) == (
        "The host feed.example has an address that is not public: 127.0.0.2."
    )
    assert server.requests == [("/redirect", f"feed.example:{server.port}")]


def test_redirect_to_loopback_is_refused(server):
    server.give("/", status=302, Location="http://inside.example/secret")
    inside = Fetcher(
        resolve=lambda host, port: ["127.0.0.1" if host == "feed.example" else "::1"], is_allowed=is_this_server
    )

    assert refusal(inside, server.url("/")) == "The host inside.example has an address that is not public: ::1."


def test_redirects_are_followed_and_the_last_address_is_said(server):
    server.give("/a", status=301, Location="/b?x=1")
    server.give("/b?x=1", b"there")

    assert fetcher(server).fetch(server.url("/a")) == Fetched(server.url("/b?x=1"), b"there")


def test_redirect_to_another_host_is_refused_where_only_one_may_answer(server):
    server.give("/a", status=302, Location=server.url("/b", host="other.example"))

    with pytest.raises(FetchFailed, match=r"^feed\.example leads to another host, other\.example\.$"):
        fetcher(server).fetch(server.url("/a"), same_host_only=True)


def test_endless_redirects_are_refused(server):
    server.give("/a", status=302, Location="/a")

    assert refusal(fetcher(server, most_redirects=2), server.url("/a")) == "There are more than 2 redirects."
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    "url, message",
    [
        ("file:///etc/passwd", "Only addresses that begin with http:// or https:// can be read."),
        ("ftp://feed.example/", "Only addresses that begin with http:// or https:// can be read."),
        ("feed.example", "Only addresses that begin with http:// or https:// can be read."),
        ("http://", "Only addresses that begin with http:// or https:// can be read."),
        ("http://somebody:word@feed.example/", "An address with a user or a password in it is not read."),
        ("http://feed.example:99999/", "This is no address on the web."),
        ("http://[::1/", "This is no address on the web."),
    ],
)
def test_other_addresses_are_refused_before_anything_is_resolved(url, message):
    def resolve(host: str, port: int) -> list[str]:
        raise AssertionError("Nothing may be resolved.")

    assert refusal(Fetcher(resolve=resolve), url) == message


def test_redirect_to_another_scheme_is_refused(server):
    server.give("/", status=302, Location="file:///etc/passwd")

    assert refusal(fetcher(server), server.url("/")) == (
        "Only addresses that begin with http:// or https:// can be read."
    )


def test_packed_answer_is_unpacked(server):
    server.give("/", gzip.compress(b"words" * 50_000), Content_Encoding="gzip")

    assert fetcher(server).fetch(server.url()).content == b"words" * 50_000


def test_small_answer_that_unpacks_to_a_large_one_is_refused(server):
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    bomb = b"".join(packer.compress(bytes(2**20)) for _ in range(8)) + packer.flush()
    server.give("/", bomb, Content_Encoding="gzip")

    assert len(bomb) < 2**14
    assert refusal(fetcher(server, most_bytes=2**20), server.url()) == "The answer of feed.example is larger than 1 MB."


@pytest.mark.parametrize("headers", [{}, {"Content-Length": "9999999999"}])
def test_answer_without_an_end_is_refused(server, headers):
    server.other = lambda path: (200, headers, itertools.repeat(b"x" * 2**16))

    assert refusal(fetcher(server, most_bytes=2**20), server.url()) == "The answer of feed.example is larger than 1 MB."


@pytest.mark.parametrize(
    "headers, content, message",
    [
        pytest.param(
            {"Content-Length": "10"}, b"short", "The answer of feed.example ends before it should.", id="short"
        ),
        pytest.param(
            {"Content-Encoding": "gzip"},
            gzip.compress(b"words")[:-8],
            "feed.example did not answer as it should: what it packed cannot be unpacked.",
            id="cut",
        ),
        pytest.param(
            {"Content-Encoding": "gzip"},
            b"not packed",
            "feed.example did not answer as it should: what it packed cannot be unpacked.",
            id="not-packed",
        ),
        pytest.param(
            {"Content-Encoding": "br"},
            b"",
            "The answer of feed.example is packed as “br”, which was not asked for.",
            id="other-encoding",
        ),
    ],
)
def test_half_an_answer_is_none(server, headers, content, message):
    server.other = lambda path: (200, headers, [content])

    assert refusal(fetcher(server), server.url()) == message


def test_answer_that_drips_is_ended_when_its_time_is_over(server):
    stop = iter(range(200))

    def drip() -> Iterator[bytes]:
        # Each byte comes within the longest silence, and all of them would take an hour.
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as pause:
            pause.settimeout(0.05)
            pause.bind(("127.0.0.1", 0))
            for _ in stop:
                try:
                    pause.recv(1)
                except TimeoutError:
                    yield b"x"

    server.other = lambda path: (200, {}, drip())

    assert refusal(fetcher(server, seconds=0.3, read_seconds=10), server.url()) == (
        "feed.example did not answer as it should: it took too long."
    )


def test_what_is_not_there_has_a_failure_of_its_own(server):
    server.give("/broken", status=500)

    with pytest.raises(NotFound):
        fetcher(server).fetch(server.url("/nothing?secret=1"))
    assert refusal(fetcher(server), server.url("/nothing?secret=1")) == "feed.example has nothing at /nothing."
    assert refusal(fetcher(server), server.url("/broken")) == "feed.example answered with the status 500."


def test_proxy_of_the_environment_is_not_used(server, monkeypatch):
    server.give("/", b"direct")
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    assert fetcher(server).fetch(server.url()).content == b"direct"
    assert server.requests == [("/", f"feed.example:{server.port}")]


def test_each_checked_address_is_tried_in_turn(server, monkeypatch):
    server.give("/", b"there")
    tried = []

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        tried.append(address[0])
        if address[0] == "127.0.0.2":
            raise ConnectionRefusedError(111, "Connection refused")
        return real(address, timeout)

    real = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", connect)
    both = Fetcher(
        resolve=lambda host, port: ["127.0.0.2", "127.0.0.1"], is_allowed=lambda address: address.is_loopback
    )

    assert both.fetch(server.url()).content == b"there"
    assert tried == ["127.0.0.2", "127.0.0.1"]
