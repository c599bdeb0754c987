"""The ids of records that have none in the database: made of those that have, so that they stay the same."""

import uuid
from functools import lru_cache
from hashlib import sha1

_NAMESPACE = uuid.UUID("5d0a4b0e-8f5c-4d41-9f3a-6a1c9c1f2b57")
#: Of the namespace alone, to be copied: a record has twenty such ids, and `uuid.uuid5` begins anew with each.
_SEED = sha1(_NAMESPACE.bytes, usedforsecurity=False)
#: What the id of a group is combined with, both ways. The bits of an id's version and variant are zero.
_MAIN_PLACE = uuid.UUID("a7c35e19-04b2-0d6f-1b93-e2487f5ac061").int
_REMOTE_PLACE = uuid.UUID("3e91d7a4-6b08-0c25-2f7d-941b06e8d3ca").int


def derived_id(owner: uuid.UUID | str, *parts: object) -> uuid.UUID:
    """Return the id of something that belongs to a row with an id, or to nothing (""), told apart by its parts."""
    digest = _SEED.copy()
    digest.update("/".join((_text(owner), *map(str, parts))).encode())
    return uuid.UUID(bytes=digest.digest()[:16], version=5)


@lru_cache(maxsize=64)
def _text(owner: uuid.UUID | str) -> str:
    """Return an id as text: the ids that belong to one group are asked for one after another."""
    return str(owner)


def main_place_id(group: uuid.UUID) -> uuid.UUID:
    """Return the id of a group at its own place. It does not depend on where that is; `groups_of_place` reverses it."""
    return uuid.UUID(int=group.int ^ _MAIN_PLACE)


def remote_place_id(group: uuid.UUID) -> uuid.UUID:
    """Return the id of a group online or by phone."""
    return uuid.UUID(int=group.int ^ _REMOTE_PLACE)


def groups_of_place(place: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
    """Return the ids of the groups of which an id would be that at its own place, and that from home."""
    return main_place_id(place), remote_place_id(place)
