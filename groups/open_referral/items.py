"""The records of groups as JSON: encoded once for each change of their organisation, stored or in the one cache."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import partial
from typing import TypeVar

import msgspec

from common.bounded_cache import CACHE

from ..models import SupportGroup
from .catalogue import PlaceKey, Row, Version, Versions
from .encoded_services import stored_places, stored_services
from .locations import public_places
from .reader import BATCH, read_minimal, read_whole
from .records import Service, ServiceAtLocation
from .services import Context, encode_service, minimal_service

encode = msgspec.json.Encoder().encode
Key = TypeVar("Key", bound=Hashable)
Read = Callable[[Collection[int]], dict[int, SupportGroup]]


class Detail(Enum):
    """How much of a service an item of a list has."""

    FULL = "full"
    #: Its own fields, without what is nested in it.
    LEAN = "lean"
    #: Enough to know what changed.
    MINIMAL = "minimal"


_LEAN = tuple(
    field.name
    for field in msgspec.structs.fields(Service)
    if field.name not in ("id", "organization") and field.default_factory is msgspec.NODEFAULT
)


def service_items(
    rows: Sequence[Row], versions: Versions, detail: Detail = Detail.FULL, is_cached: bool = True
) -> list[bytes]:
    """Return the JSON of the groups of rows of the catalogue, in their order."""
    owners = {group: organisation for group, _, organisation in rows}
    kind = ("service", detail) if is_cached else ()
    stored = partial(stored_services, vocabulary=versions.vocabulary) if detail == Detail.FULL else None
    return _items(kind, owners, versions, lambda keys: _made(keys, versions, detail), stored)


def place_items(rows: Sequence[Row], versions: Versions, detail: Detail = Detail.FULL) -> list[bytes]:
    """Return the JSON of the groups of rows of the catalogue, each at the place of its row, in their order."""

    def make(missing: Sequence[PlaceKey]) -> Iterator[tuple[PlaceKey, bytes]]:
        for group, context in _read(dict.fromkeys(pk for pk, _ in missing), versions):
            service = _reduced(encode_service(group, context), detail)
            service.service_at_locations = []
            for key, place in public_places(group, context.today, context.addresses).items():
                yield (group.pk, key), encode(_with_service(place, service, detail))

    owners = {(group, place): organisation for group, place, organisation in rows}
    stored = partial(stored_places, vocabulary=versions.vocabulary) if detail == Detail.FULL else None
    return _items(("place", detail), owners, versions, make, stored)


def _made(keys: Sequence[int], versions: Versions, detail: Detail) -> Iterator[tuple[int, bytes]]:
    """Yield the key and the JSON of each group that is there, a batch at a time."""
    if detail == Detail.MINIMAL:
        for group, context in _read(keys, versions, read_minimal):
            yield group.pk, encode(minimal_service(group, context.today))
    else:
        for group, context in _read(keys, versions):
            yield group.pk, encode(_reduced(encode_service(group, context), detail))


def _reduced(service: Service, detail: Detail) -> Service:
    return service if detail == Detail.FULL else service.only(*_LEAN)


def _with_service(place: ServiceAtLocation, service: Service, detail: Detail) -> ServiceAtLocation:
    if detail == Detail.MINIMAL:
        return place.only("service_id", "location_id")
    place.service = service
    return place


def _items(
    kind: tuple[Hashable, ...],
    owners: Mapping[Key, int],
    versions: Versions,
    make: Callable[[Sequence[Key]], Iterable[tuple[Key, bytes]]],
    read_stored: Callable[[Mapping[Key, Version]], dict[Key, bytes]] | None,
) -> list[bytes]:
    """Return the JSON of what has some keys, in their order, each with the primary key of its organisation.

    What is neither cached nor stored is made, and cached; nothing is if there is no `kind`. What is gone is left out.
    """
    of_organisations = versions.of_organisations(set(owners.values()))
    known = {key: of_organisations[owner] for key, owner in owners.items() if owner in of_organisations}
    cache_keys = {key: (*kind, key, *version) for key, version in known.items()} if kind else {}
    cached = {key: CACHE.get(cache_key) for key, cache_key in cache_keys.items()}
    found = {key: item for key, item in cached.items() if item is not None}
    if read_stored is not None:
        found |= read_stored({key: version for key, version in known.items() if key not in found})
    missing = [key for key in owners if key not in found]
    for key, item in make(missing) if missing else ():
        found[key] = item
        if key in cache_keys:
            CACHE.put(cache_keys[key], item, len(item))
    return [found[key] for key in owners if key in found]


def _read(keys: Collection[int], versions: Versions, read: Read = read_whole) -> Iterator[tuple[SupportGroup, Context]]:
    """Yield each group of some that is there, in their order, with what its record needs besides."""
    context = Context(versions.today, versions.vocabulary, versions.addresses)
    in_order = list(keys)
    for start in range(0, len(in_order), BATCH):
        batch = in_order[start : start + BATCH]
        groups = read(batch)
        for pk in batch:
            if pk in groups:
                yield groups[pk], context
