"""The ids of records that have none in the database: made of those that have, so that they stay the same."""

import uuid
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha1
from typing import Any

_NAMESPACE = uuid.UUID("5d0a4b0e-8f5c-4d41-9f3a-6a1c9c1f2b57")
#: Of the namespace alone, to be copied: a record has twenty such ids, and `uuid.uuid5` begins anew with each.
_SEED = sha1(_NAMESPACE.bytes, usedforsecurity=False)
#: The bits of an id's version and variant, and those of version 5: faster than `version=5`.
_VERSION_BITS, _VERSION_5 = 0xF << 76 | 0b11 << 62, 5 << 76 | 0b10 << 62
#: What the id of a group is combined with, both ways. The bits of an id's version and variant are zero.
_MAIN_PLACE = uuid.UUID("a7c35e19-04b2-0d6f-1b93-e2487f5ac061").int
_REMOTE_PLACE = uuid.UUID("3e91d7a4-6b08-0c25-2f7d-941b06e8d3ca").int


def derived_id(owner: uuid.UUID | str, *parts: object) -> uuid.UUID:
    """Return the id of something that belongs to a row with an id, or to nothing (""), told apart by its parts."""
    return _derived(_begun(owner), *parts)


def derived_ids(owner: uuid.UUID, kind: str, names: Iterable[str]) -> Iterator[uuid.UUID]:
    """Yield the ids of several things of a kind, each with a name, that belong to a row with an id."""
    begun = _begun(owner)
    return (_derived(begun, kind, name) for name in names)


def _derived(begun: Any, *parts: object) -> uuid.UUID:
    digest = begun.copy()
    digest.update("/".join(map(str, parts)).encode())
    number = int.from_bytes(digest.digest()[:16])
    return uuid.UUID(int=number & ~_VERSION_BITS | _VERSION_5)


@lru_cache(maxsize=64)
def _begun(owner: uuid.UUID | str) -> Any:
    """Return a digest that begins with an owner: the ids that belong to one group are asked for one after another."""
    digest = _SEED.copy()
    digest.update(f"{owner}/".encode())
    return digest


def main_place_id(group: uuid.UUID) -> uuid.UUID:
    """Return the id of a group at its own place. It does not depend on where that is; `groups_of_place` reverses it."""
    return uuid.UUID(int=group.int ^ _MAIN_PLACE)


def remote_place_id(group: uuid.UUID) -> uuid.UUID:
    """Return the id of a group online or by phone."""
    return uuid.UUID(int=group.int ^ _REMOTE_PLACE)


def groups_of_place(place: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
    """Return the ids of the groups of which an id would be that at its own place, and that from home."""
    return main_place_id(place), remote_place_id(place)
