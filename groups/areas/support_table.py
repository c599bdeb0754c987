"""Who gives other support than groups in each area, in memory: by SQL that is a join over all parts of areas."""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice
from typing import Any

from common.bounded_cache import CACHE, Key
from organisations.models import Organisation, PeerRole

from ..search.snapshot.hot_queries import state_of_request
from ..search.snapshot.snapshot import DirectorySnapshot

#: The keys of each area, in the order of lists.
_ByArea = dict[int, "array[int]"]


class SupportTable:
    """The one-to-one roles, and the organisations that have not ended, by the areas they serve. Immutable."""

    def __init__(self, snapshot: DirectorySnapshot) -> None:
        roles = PeerRole.objects.listed(snapshot.index.today).giving_support().values_list("pk", flat=True)
        organisations = Organisation.objects.published().not_ended().values_list("pk", flat=True)
        self._roles = _by_area(roles, _served(PeerRole.areas_served.through, "peerrole"), snapshot)
        self._organisations = _by_area(
            organisations, _served(Organisation.areas_served.through, "organisation"), snapshot
        )

    def roles(self, area: int, most: int) -> list[int]:
        """Return the keys of the first one-to-one roles that serve an area."""
        return [*self._roles.get(area, ())[:most]]

    def organisations(self, area: int, snapshot: DirectorySnapshot, most: int) -> list[int]:
        """Return the keys of the first organisations that serve an area, of those without a listed group."""
        return [*islice(snapshot.index.without_groups(self._organisations.get(area, ())), most)]


#: The key of the table in the cache: there is one at a time, so its bytes are not counted there.
_key: Key = ()


def support_table(snapshot: DirectorySnapshot) -> SupportTable:
    """Return the table of the areas of a snapshot, from the cache of the process until one of its rows is written."""
    global _key
    version = state_of_request().support
    if not version:
        # A database without triggers.
        return SupportTable(snapshot)
    key = "support table", snapshot.load_number, snapshot.index.today, version
    if key != _key:
        CACHE.drop(_key)
        _key = key
    table: SupportTable = CACHE.get_or_make(key, lambda: SupportTable(snapshot), lambda table: 0)
    return table


def _served(through: Any, owner: str) -> dict[int, tuple[int, ...]]:
    """Return `{key: keys of areas}` of the areas that listings serve."""
    found: dict[int, tuple[int, ...]] = {}
    for key, area in through.objects.order_by().values_list(f"{owner}_id", "area_id"):
        found[key] = (*found.get(key, ()), area)
    return found


def _by_area(keys: Iterable[int], served: dict[int, tuple[int, ...]], snapshot: DirectorySnapshot) -> _ByArea:
    """Return the keys, in their order, of each area that overlaps one of those served."""
    found: _ByArea = defaultdict(lambda: array("q"))
    for key in keys:
        for area in snapshot.lookups.areas_overlapping(served.get(key, ())):
            found[area].append(key)
    return dict(found)
