"""Every area, in memory: what pages say of areas, without a row of the database for each."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from common.cached_urls import reverse_slug
from common.nations import Nation
from places.choices import DISTRICT_KINDS, AreaKind
from places.distance import bounding_box, distance_miles
from places.models import Area, AreaPart


@dataclass(frozen=True)
class AreaRow:
    """The columns of an area that lists and breadcrumbs need; named as those of `Area`."""

    pk: int
    name: str
    name_cy: str
    slug: str
    gss_code: str | None
    kind: str
    path: str
    latitude: float | None
    longitude: float | None
    is_listed: bool
    parent_id: int | None

    @property
    def is_informal(self) -> bool:
        return self.kind == AreaKind.INFORMAL

    @cached_property
    def url(self) -> str:
        """The path of its page."""
        return reverse_slug("groups:area_detail", self.slug)

    def get_absolute_url(self) -> str:
        return self.url


class AreaTable:
    """The areas by key, in the order of the database by name, and which districts each consists of. Immutable.

    Of an area that was added since it was read nothing is known: empty lists, and no nation.
    """

    def __init__(self) -> None:
        columns = tuple(AreaRow.__dataclass_fields__)
        self._rows = {row[0]: AreaRow(*row) for row in Area.objects.values_list(*columns)}
        self._order = {pk: place for place, pk in enumerate(self._rows)}
        self._by_code = {row.gss_code: row for row in self._rows.values() if row.gss_code}
        self._children: dict[int, list[AreaRow]] = defaultdict(list)
        for row in self._rows.values():
            if row.parent_id is not None:
                self._children[row.parent_id].append(row)
        #: The counties, and the districts, that have a point, from south to north: (latitude, longitude, row).
        self._counties, self._districts = (self._placed(kinds) for kinds in ((AreaKind.COUNTY,), DISTRICT_KINDS))
        self.nations = {row.pk: Nation.of_code(row.gss_code) for row in self._rows.values()}
        #: The districts of an area, and the areas of a district, each with an outward code where only a part counts.
        self.parts_of_area: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self.areas_of_district: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for area, district, code in AreaPart.objects.values_list("area", "district", "outward_code"):
            self.parts_of_area[area].append((district, code))
            self.areas_of_district[district].append((area, code))

    def __iter__(self) -> Iterator[AreaRow]:
        return iter(self._rows.values())

    def nation_of(self, pk: int) -> Nation | None:
        """Return the nation of an area, or, for an informal area, of its districts; None if they lie in several."""
        parts = self.parts_of_area.get(pk, ())
        return self.nations.get(pk) or Nation.shared_by(self.nations[district] for district, _ in parts)

    def lineage(self, pk: int) -> list[AreaRow]:
        """Return the official areas that an area lies in, the nation first and itself last; of an informal one, it."""
        area = self._rows.get(pk)
        if area is None:
            return []
        return [self._by_code[code] for code in area.path.split("/") if code in self._by_code] or [area]

    def children(self, pk: int) -> list[AreaRow]:
        """Return the areas right below an official area, or the districts of an informal one."""
        area = self._rows.get(pk)
        if area is not None and area.is_informal:
            return self._among({district for district, _ in self.parts_of_area.get(pk, ())})
        return [*self._children.get(pk, ())]

    def informal(self) -> list[AreaRow]:
        """Return the informal areas that lists show."""
        return [*self._informal]

    def overlapping(self, pk: int) -> list[AreaRow]:
        """Return the informal areas that lists show and that share a district with an area, without itself."""
        districts = {district for district, _ in self.parts_of_area.get(pk, ())}
        sharing = {area for district in districts for area, _ in self.areas_of_district.get(district, ())} - {pk}
        return [row for row in self._among(sharing) if row.is_informal and row.is_listed]

    def nearest(self, pk: int, among: Collection[int], within: float, limit: int) -> list[AreaRow]:
        """Return the nearest other areas to one, of those among some keys, at most so many miles away.

        Counties are near to a county, districts to all others. None is near to an area without a point.
        """
        area = self._rows.get(pk)
        if area is None or area.latitude is None or area.longitude is None:
            return []
        placed = self._counties if area.kind == AreaKind.COUNTY else self._districts
        south, west, north, east = bounding_box(area.latitude, area.longitude, within)
        start, end = bisect_left(placed, south, key=itemgetter(0)), bisect_right(placed, north, key=itemgetter(0))
        miles = {
            row.pk: distance_miles(area.latitude, area.longitude, latitude, longitude)
            for latitude, longitude, row in placed[start:end]
            if west <= longitude <= east and row.pk in among and row.pk != pk
        }
        near = [key for key, distance in miles.items() if distance <= within]
        near.sort(key=lambda key: (miles[key], self._order[key]))
        return [self._rows[key] for key in near[:limit]]

    @cached_property
    def _informal(self) -> list[AreaRow]:
        return [row for row in self._rows.values() if row.is_informal and row.is_listed]

    @cached_property
    def regions(self) -> list[tuple[AreaRow, list[AreaRow]]]:
        """The regions of England and the other nations, each with the areas inside it, in their order."""
        regions = [area for area in self if area.kind == AreaKind.REGION]
        regions += [area for area in self if area.kind == AreaKind.NATION and area.name != "England"]
        inside: dict[str, list[AreaRow]] = {region.gss_code: [] for region in regions if region.gss_code}
        lies_in = self.region_of_informal(inside)
        for area in self:
            above = area.path.split("/")[:-1]
            region = lies_in.get(area.pk) or next((code for code in above if code in inside), None)
            if region:
                inside[region].append(area)
        return [(area, inside[area.gss_code]) for area in regions if area.gss_code]

    def region_of_informal(self, regions: Collection[str]) -> dict[int, str]:
        """Return `{key: gss_code}`: of each informal area that lists show the region that has most of its parts."""
        found = {}
        for area in self.informal():
            paths = [self._rows[district].path for district, _ in self.parts_of_area.get(area.pk, ())]
            codes = Counter(code for path in paths for code in path.split("/") if code in regions)
            if codes:
                found[area.pk] = codes.most_common(1)[0][0]
        return found

    def _among(self, keys: Iterable[int]) -> list[AreaRow]:
        known = sorted((key for key in keys if key in self._rows), key=self._order.__getitem__)
        return [self._rows[key] for key in known]

    def _placed(self, kinds: Collection[str]) -> list[tuple[float, float, AreaRow]]:
        rows = [
            (row.latitude, row.longitude, row)
            for row in self._rows.values()
            if row.kind in kinds and row.latitude is not None and row.longitude is not None
        ]
        return sorted(rows, key=itemgetter(0))
