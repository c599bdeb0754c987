"""Whether an IP address is public, and what a host name resolves to: for requests to URLs that people type.

A name that resolves into our own network would give a stranger what only this host can reach (SSRF).
"""

import ipaddress
import socket
from collections.abc import Callable, Sequence

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
#: Returns the texts of the addresses of a host and port. Raises OSError if there are none.
Resolver = Callable[[str, int], Sequence[str]]
#: Returns whether a request may go to an address.
AddressRule = Callable[[IPAddress], bool]

#: Networks that Python calls global, but that are not public, or lead elsewhere through a relay or translator.
_NOT_REACHED = tuple(
    map(
        ipaddress.ip_network,
        (
            "::/96",  # IPv4-compatible.
            "64:ff9b::/96",  # NAT64: the last 32 bits are an IPv4 address of any kind.
            "64:ff9b:1::/48",  # NAT64 of a local network.
            "2001::/32",  # Teredo.
            "2002::/16",  # 6to4.
            "fec0::/10",  # Site-local, which was private once.
            "3fff::/20",  # For examples.
            "192.0.0.0/24",  # For protocols, such as that of the nearest router.
            "192.88.99.0/24",  # The relays of 6to4.
        ),
    )
)


class NotPublic(Exception):
    """A host has an address that requests may not go to, or none at all. The message is a sentence."""


def is_public_address(address: IPAddress) -> bool:
    """Return whether an address is one of the public internet.

    False for private, loopback, link-local, multicast, reserved and unspecified addresses, and for IPv6 addresses that
    embed an IPv4 address.
    """
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return False
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    return not any(address.version == network.version and address in network for network in _NOT_REACHED)


def system_resolver(host: str, port: int) -> list[str]:
    """Return the addresses of a host by the resolver of the operating system. Raises OSError if there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [*dict.fromkeys(str(address[0]) for *_, address in found)]


def public_addresses(
    host: str, port: int, resolve: Resolver = system_resolver, is_allowed: AddressRule = is_public_address
) -> list[str]:
    """Return the addresses of a host, to connect to. Raises `NotPublic` unless all of them may be connected to.

    A caller must connect to one of these, and never to the name: it may resolve to another address the next time.
    """
    try:
        addresses = resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise NotPublic(f"The host {host} is not known.") from error
    if not addresses:
        raise NotPublic(f"The host {host} is not known.")
    for address in addresses:
        try:
            is_public = is_allowed(ipaddress.ip_address(address))
        except ValueError:
            is_public = False
        if not is_public:
            raise NotPublic(f"The host {host} has an address that is not public: {address}.")
    return [*addresses]
