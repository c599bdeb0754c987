"""Loads the towns, villages and suburbs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import cos, radians

from common.text import fold_name, fold_names

from ..models import Area, Town
from .areas import AreaRow
from .rows import UK_LATITUDE, UK_LONGITUDE, BadFile, CsvRows, one_of, text, whole_number
from .sources import Sources
from .upsert import Changes, upsert

#: Northern Ireland's postcodes are not open data, so its towns have no nearest sector (Stranraer's would be wrong).
NORTHERN_IRELAND = "N"
#: The smallest width of a cell in Great Britain, at 61° north, in degrees of latitude.
_CELL_DEGREES = 0.1 * cos(radians(61))


@dataclass(frozen=True)
class TownRow:
    """A row of places.csv."""

    geonames_id: int
    name: str
    latitude: float
    longitude: float
    population: int
    area: str


def read_towns(sources: Sources, areas: dict[str, AreaRow]) -> list[TownRow]:
    """Return the towns. Raises `BadFile`."""
    towns: list[TownRow] = []
    seen: set[int] = set()
    rows = CsvRows(
        sources.towns,
        {
            "geonames_id": whole_number,
            "name": text,
            "latitude": UK_LATITUDE,
            "longitude": UK_LONGITUDE,
            "population": whole_number,
            "area_gss_code": one_of(areas, "is not in areas.csv"),
        },
    )
    for values in rows:
        town = TownRow(*values)
        if town.geonames_id in seen:
            rows.refuse(f"geonames_id {town.geonames_id} is there twice")
        seen.add(town.geonames_id)
        towns.append(town)
    if not towns:
        raise BadFile(f"{sources.towns.name} has no towns in it.")
    return towns


def read_town_aliases(sources: Sources, towns: Iterable[TownRow]) -> dict[int, list[str]]:
    """Return the aliases by GeoNames number of town. Raises `BadFile`."""
    names = {town.geonames_id: town.name for town in towns}
    aliases: dict[int, list[str]] = {}
    town_by_alias: dict[str, str] = {}
    rows = CsvRows(sources.town_aliases, {"geonames_id": whole_number, "town": text, "other_name": text})
    for geonames_id, town, other in rows:
        if names.get(geonames_id) != town:
            rows.refuse(f"{town} is not the name of {geonames_id} in places.csv")
        if (folded := fold_name(other)) in town_by_alias:
            rows.refuse(f"{other} is already another name of {town_by_alias[folded]}")
        town_by_alias[folded] = town
        aliases.setdefault(geonames_id, []).append(other)
    return aliases


def save_towns(
    towns: Iterable[TownRow],
    aliases: Mapping[int, list[str]],
    saved: dict[str, Area],
    sectors: Iterable[tuple[int, float, float]],
) -> tuple[set[str], Changes]:
    """Save the towns, each with the nearest of the sectors (pk, latitude, longitude).

    Return the GSS codes of the areas that hold towns directly (districts, and Northern Ireland), and the counts.
    Aliases added by editors stay.
    """
    nearest = NearestSector(sectors)
    saved_aliases = dict(Town.objects.exclude(folded_aliases="").values_list("geonames_id", "aliases"))
    codes: set[str] = set()
    wanted = {}
    for town in towns:
        district = district_of(town, saved)
        if district.gss_code:
            codes.add(district.gss_code)
        others = list(dict.fromkeys([*saved_aliases.get(town.geonames_id, []), *aliases.get(town.geonames_id, [])]))
        wanted[town.geonames_id] = {
            "name": town.name,
            "folded_name": fold_name(town.name),
            "aliases": others,
            "folded_aliases": fold_names(others),
            "latitude": town.latitude,
            "longitude": town.longitude,
            "population": town.population,
            "district_id": district.pk,
            "sector_id": None if town.area.startswith(NORTHERN_IRELAND) else nearest(town.latitude, town.longitude),
        }
    return codes, upsert(Town, "geonames_id", wanted)


def district_of(town: TownRow, saved: dict[str, Area]) -> Area:
    """Return the area of a town. For Northern Ireland, where the file has the nation only, a district of its name."""
    area = saved[town.area]
    named = f"|{fold_name(town.name)}|"
    namesakes = (other for other in saved.values() if other.parent_id == area.pk and named in other.folded_names)
    return next(namesakes, area) if town.area.startswith(NORTHERN_IRELAND) else area


class NearestSector:
    """Finds the sector nearest to a point, by a grid index with cells of a tenth of a degree."""

    def __init__(self, sectors: Iterable[tuple[int, float, float]]) -> None:
        self._cells = defaultdict(list)
        for sector in sectors:
            self._cells[int(sector[1] * 10 // 1), int(sector[2] * 10 // 1)].append(sector)

    def __call__(self, latitude: float, longitude: float) -> int | None:
        """Return the primary key of the nearest sector; None if there are no sectors."""
        best: tuple[float, int] | None = None
        # Degrees on a plane are exact enough so near: much faster than distances on a globe.
        shrink = cos(radians(latitude))
        for ring in range(400):
            for pk, lat, lon in self._ring(int(latitude * 10 // 1), int(longitude * 10 // 1), ring):
                square = (lat - latitude) ** 2 + ((lon - longitude) * shrink) ** 2
                if best is None or (square, pk) < best:
                    best = square, pk
            if best and best[0] <= (ring * _CELL_DEGREES) ** 2:
                break
        return best[1] if best else None

    def _ring(self, row: int, column: int, ring: int) -> Iterator[tuple[int, float, float]]:
        for y in range(-ring, ring + 1):
            for x in range(-ring, ring + 1) if abs(y) == ring else {-ring, ring}:
                yield from self._cells.get((row + y, column + x), ())
