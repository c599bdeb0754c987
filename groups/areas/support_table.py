"""Who gives support other than groups in each area, in memory: in SQL it is a join over all parts of areas."""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self

from common.bounded_cache import CACHE, Key
from common.models import ContentVersion
from organisations.models import Organisation, PeerRole

from ..search.snapshot.hot_queries import state_of_request
from ..search.snapshot.snapshot import DirectorySnapshot

#: The keys of each area.
_ByArea = dict[int, "array[int]"]
#: The tables of the areas that roles and organisations serve, by the names of their versions; each with its column.
_ROLES, _ORGANISATIONS = "organisations_peerrole_areas_served", "organisations_organisation_areas_served"
_OWNERS: dict[str, tuple[Any, str]] = {
    _ROLES: (PeerRole.areas_served.through, "peerrole"),
    _ORGANISATIONS: (Organisation.areas_served.through, "organisation"),
}


@dataclass(frozen=True)
class _Served:
    """The keys of listings, of one kind, by the areas that overlap those they serve: listed or not, in no order."""

    version: tuple[int, ...]
    by_area: _ByArea

    @classmethod
    def of(cls, through: Any, owner: str, version: tuple[int, ...], snapshot: DirectorySnapshot) -> Self:
        """Read those of a table of areas that are served."""
        served: dict[int, tuple[int, ...]] = {}
        for key, area in through.objects.order_by().values_list(f"{owner}_id", "area_id"):
            served[key] = (*served.get(key, ()), area)
        by_area: _ByArea = defaultdict(lambda: array("q"))
        for key, areas in served.items():
            for area in snapshot.lookups.areas_overlapping(areas):
                by_area[area].append(key)
        return cls(version, dict(by_area))


class _Listings:
    """The listings of one kind that give support, in the order of lists, by area."""

    def __init__(self, keys: Iterable[int], served: _Served) -> None:
        self._served = served
        self._places = {key: place for place, key in enumerate(keys)}
        self._in_order: _ByArea = {}

    def of_area(self, area: int) -> "array[int]":
        """Return the keys of those that serve an area."""
        if area not in self._in_order:
            keys = (key for key in self._served.by_area.get(area, ()) if key in self._places)
            self._in_order[area] = array("q", sorted(keys, key=self._places.__getitem__))
        return self._in_order[area]


class SupportTable:
    """The one-to-one roles, and the organisations that have not ended, by the areas they serve. Immutable.

    Which areas each serves is taken from the table before, unless one of these rows has been written: most edits of an
    organisation change its name or a text.
    """

    def __init__(self, snapshot: DirectorySnapshot, before: "SupportTable | None" = None) -> None:
        # Read before the rows, which may be newer, never older.
        versions = dict(ContentVersion.objects.filter(name__in=_OWNERS).values_list("name", "number"))
        roles_before, organisations_before = before.served if before is not None else (None, None)
        roles = _served(_ROLES, versions.get(_ROLES), snapshot, roles_before)
        organisations = _served(_ORGANISATIONS, versions.get(_ORGANISATIONS), snapshot, organisations_before)
        self.served: tuple[_Served, _Served] = roles, organisations
        self._roles = _Listings(_listed_roles(snapshot), roles)
        self._organisations = _Listings(_listed_organisations(), organisations)
        #: What `organisations` has found, for one version of the directory.
        self._without_groups: tuple[Any, dict[tuple[int, int], list[int]]] = (None, {})

    def roles(self, area: int, most: int) -> list[int]:
        """Return the keys of the first one-to-one roles that serve an area."""
        return [*self._roles.of_area(area)[:most]]

    def organisations(self, area: int, snapshot: DirectorySnapshot, most: int) -> list[int]:
        """Return the keys of the first organisations that serve an area, of those without a listed group.

        They are looked for once for each area and version of the directory.
        """
        version, found = self._without_groups
        if version != (snapshot.load_number, snapshot.version):
            version, found = self._without_groups = (snapshot.load_number, snapshot.version), {}
        if (area, most) not in found:
            found[area, most] = [*islice(snapshot.index.without_groups(self._organisations.of_area(area)), most)]
        return found[area, most]


#: The key of the table in the cache: there is one at a time, so its bytes are not counted there.
_key: Key = ()


def support_table(snapshot: DirectorySnapshot) -> SupportTable:
    """Return the table for the areas of a snapshot, cached in the process until one of its rows is written."""
    global _key
    version = state_of_request().support
    if not version:
        # A database without triggers.
        return SupportTable(snapshot)
    key = "support table", snapshot.load_number, snapshot.index.today, version
    before: SupportTable | None = None
    if key != _key:
        before = CACHE.get(_key) if _key else None
        CACHE.drop(_key)
        _key = key
    table: SupportTable = CACHE.get_or_make(key, lambda: SupportTable(snapshot, before), lambda table: 0)
    return table


def _served(table: str, number: int | None, snapshot: DirectorySnapshot, before: _Served | None) -> _Served:
    """Return who serves which areas: as before, if nothing of it has been written, nor of areas."""
    version = number or 0, snapshot.load_number
    if number and before is not None and before.version == version:
        return before
    return _Served.of(*_OWNERS[table], version, snapshot)


def _listed_roles(snapshot: DirectorySnapshot) -> Iterable[int]:
    return PeerRole.objects.listed(snapshot.index.today).giving_support().values_list("pk", flat=True)


def _listed_organisations() -> Iterable[int]:
    return Organisation.objects.published().not_ended().values_list("pk", flat=True)
