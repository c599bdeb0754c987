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
from ..search.snapshot.organisation_names import OrganisationNames
from ..search.snapshot.snapshot import DirectorySnapshot

#: The keys of each area.
_ByArea = dict[int, "array[int]"]
#: The tables of the areas that roles and organisations serve, by the names of their versions; each with its column.
_ROLES, _ORGANISATIONS = "organisations_peerrole_areas_served", "organisations_organisation_areas_served"
_OWNERS: dict[str, tuple[Any, str]] = {
    _ROLES: (PeerRole.areas_served.through, "peerrole"),
    _ORGANISATIONS: (Organisation.areas_served.through, "organisation"),
}
#: The tables that decide which roles are listed, but for those of their organisations.
_OF_ROLES = "organisations_peerrole", "organisations_peerrolecheck"


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

    def of_area(self, area: int) -> Iterable[int]:
        """Return the keys of those that serve an area."""
        return self.by_area.get(area, ())


@dataclass(frozen=True)
class _Roles:
    """The one-to-one roles that have not lapsed: the place of the title of each, and the key of its organisation."""

    version: tuple[int, ...]
    rows: dict[int, tuple[int, int]]

    @classmethod
    def of(cls, version: tuple[int, ...], snapshot: DirectorySnapshot) -> Self:
        """Read all, of organisations of any state: that of now is in the snapshot."""
        rows, places = {}, dict[str, int]()
        roles = PeerRole.objects.published().not_lapsed(snapshot.index.today).giving_support().order_by("title")
        for key, title, organisation in roles.values_list("pk", "title", "organisation"):
            rows[key] = places.setdefault(title, len(places)), organisation
        return cls(version, rows)

    def in_order(self, keys: Iterable[int], organisations: OrganisationNames) -> list[int]:
        """Return those of some keys that are of organisations which have not ended, by title and organisation."""
        found = {key: self.rows[key] for key in keys if key in self.rows}
        owners = {organisation for _, organisation in found.values()}
        places = {key: place for place, key in enumerate(organisations.not_ended(owners))}
        ranks = {key: (title, places[owner]) for key, (title, owner) in found.items() if owner in places}
        return sorted(ranks, key=ranks.__getitem__)


class SupportTable:
    """The one-to-one roles, and the organisations that have not ended, by the areas they serve. Immutable.

    What is of tables that nobody has written is taken from the table before: most edits of an organisation change its
    name or a text. Names, and what is published or has ended, are those of the snapshot.
    """

    def __init__(self, snapshot: DirectorySnapshot, before: "SupportTable | None" = None) -> None:
        # Read before the rows, which may be newer, never older.
        versions = dict(ContentVersion.objects.filter(name__in=[*_OWNERS, *_OF_ROLES]).values_list("name", "number"))
        roles_before, organisations_before = before.served if before is not None else (None, None)
        roles = _served(_ROLES, versions.get(_ROLES), snapshot, roles_before)
        organisations = _served(_ORGANISATIONS, versions.get(_ORGANISATIONS), snapshot, organisations_before)
        self.served: tuple[_Served, _Served] = roles, organisations
        self.listed_roles = _listed_roles([versions.get(name) for name in _OF_ROLES], snapshot, before)
        self._names = snapshot.organisations
        #: The keys of the roles, and of the organisations, of the areas asked for, in the order of lists.
        self._roles_of: dict[int, list[int]] = {}
        self._organisations_of: dict[int, list[int]] = {}
        #: What `organisations` has found, for one version of the directory.
        self._without_groups: tuple[Any, dict[tuple[int, int], list[int]]] = (None, {})

    def roles(self, area: int, most: int) -> list[int]:
        """Return the keys of the first one-to-one roles that serve an area."""
        if area not in self._roles_of:
            self._roles_of[area] = self.listed_roles.in_order(self.served[0].of_area(area), self._names)
        return self._roles_of[area][:most]

    def serving(self, area: int) -> frozenset[int]:
        """Return the keys of the organisations that serve an area."""
        return frozenset(self._not_ended(area))

    def organisations(self, area: int, snapshot: DirectorySnapshot, most: int) -> list[int]:
        """Return the keys of the first organisations that serve an area, of those without a listed group.

        They are looked for once for each area and version of the directory.
        """
        version, found = self._without_groups
        if version != (snapshot.load_number, snapshot.version):
            version, found = self._without_groups = (snapshot.load_number, snapshot.version), {}
        if (area, most) not in found:
            found[area, most] = [*islice(snapshot.index.without_groups(self._not_ended(area)), most)]
        return found[area, most]

    def _not_ended(self, area: int) -> list[int]:
        if area not in self._organisations_of:
            self._organisations_of[area] = self._names.not_ended(self.served[1].of_area(area))
        return self._organisations_of[area]


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


def _listed_roles(numbers: list[int | None], snapshot: DirectorySnapshot, before: SupportTable | None) -> _Roles:
    """Return the one-to-one roles: as before, if none has been written or checked."""
    version = *(number or 0 for number in numbers), snapshot.load_number
    if all(numbers) and before is not None and before.listed_roles.version == version:
        return before.listed_roles
    return _Roles.of(version, snapshot)
