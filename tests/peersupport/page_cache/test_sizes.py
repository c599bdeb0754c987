"""What the cache says of its bytes is what its entries take up."""

import gc
import sys
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from zoneinfo import ZoneInfo

import pytest
from django.urls import ResolverMatch

from common.bounded_cache import CACHE
from tests.factories import make_group

#: What entries share with others, and with the rest of the process.
_SHARED = (type, ModuleType, FunctionType, BuiltinFunctionType, MethodType, ZoneInfo, ResolverMatch)


def bytes_of(value: object) -> int:
    """Return the bytes of an object and of all that it refers to."""
    seen: dict[int, object] = {}
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if id(found) not in seen and not isinstance(found, _SHARED):
            seen[id(found)] = found
            waiting += gc.get_referents(found)
    return sum(map(sys.getsizeof, seen.values()))


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["answer", "card"])
def test_entries_take_up_no_more_than_is_counted(client, kind):
    groups = [make_group(name=f"Kiln {n}", town="Chard", summary=f"Clay and company, on floor {n}.") for n in range(12)]
    CACHE.clear()

    for address in ("/groups/?near=Chard", "/", *(group.get_absolute_url() for group in groups)):
        client.get(address)

    entries = [(key, *entry) for key, entry in CACHE._entries.items() if key[0] == kind]
    counted = sum(size for *_, size in entries)
    assert len(entries) >= 12
    assert bytes_of([(key, value) for key, value, _ in entries]) <= counted


@pytest.mark.django_db
def test_cached_answer_does_not_keep_the_url_patterns_that_were_tried(client):
    CACHE.clear()

    client.get(make_group().get_absolute_url())

    assert [answer.match.tried for key, (answer, _) in CACHE._entries.items() if key[0] == "answer"] == [None]
