"""The ids of records that have none in the database: made of those that have, so that they stay the same."""

import uuid
from functools import lru_cache
from hashlib import sha1
from typing import Any

_NAMESPACE = uuid.UUID("5d0a4b0e-8f5c-4d41-9f3a-6a1c9c1f2b57")
#: Of the namespace alone, to be copied: a record has twenty such ids, and `uuid.uuid5` begins anew with each.
_SEED = sha1(_NAMESPACE.bytes, usedforsecurity=False)
#: The digit of an id that has its variant, by the digit of the digest.
_VARIANTS = {digit: "89ab"[int(digit, 16) & 0b11] for digit in "0123456789abcdef"}
#: What the id of a group is combined with, both ways. The bits of an id's version and variant are zero.
_MAIN_PLACE = uuid.UUID("a7c35e19-04b2-0d6f-1b93-e2487f5ac061").int
_REMOTE_PLACE = uuid.UUID("3e91d7a4-6b08-0c25-2f7d-941b06e8d3ca").int


def derived_id(owner: str, *parts: object) -> str:
    """Return the id of something that belongs to a row with an id, or to nothing (""), told apart by its parts."""
    digest = _begun(owner).copy()
    digest.update("/".join(map(str, parts)).encode())
    text = digest.hexdigest()
    return f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{_VARIANTS[text[16]]}{text[17:20]}-{text[20:32]}"


@lru_cache(maxsize=64)
def _begun(owner: str) -> Any:
    """Return a digest that begins with an owner: the ids that belong to one group are asked for one after another."""
    digest = _SEED.copy()
    digest.update(f"{owner}/".encode())
    return digest


def main_place_id(group: uuid.UUID) -> str:
    """Return the id of a group at its own place. It does not depend on where that is; `groups_of_place` reverses it."""
    return str(uuid.UUID(int=group.int ^ _MAIN_PLACE))


def remote_place_id(group: uuid.UUID) -> str:
    """Return the id of a group online or by phone."""
    return str(uuid.UUID(int=group.int ^ _REMOTE_PLACE))


def groups_of_place(place: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
    """Return the ids of the groups of which an id would be that at its own place, and that from home."""
    return uuid.UUID(int=place.int ^ _MAIN_PLACE), uuid.UUID(int=place.int ^ _REMOTE_PLACE)
