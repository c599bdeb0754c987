"""What one household has in common."""

import pytest

from common.requests import client_network


@pytest.mark.parametrize(
    "row, other, is_same",
    [
        # A provider gives each customer a /64 or more: its first four groups.
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:3::1", False),
        ("2001:db8:1:2::1", "2001:db8:2:2::1", False),
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        # An IPv4 address in the coat of an IPv6 one is that IPv4 address, and not all of them.
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        # What is no address counts as one with all that is none.
        ("", "not an address", True),
    ],
)
def test_household_is_an_ipv4_address_or_the_first_64_bits_of_an_ipv6_one(row, other, is_same):
    assert (client_network(row) == client_network(other)) is is_same
