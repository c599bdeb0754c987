"""Loads the localities: city quarters, hamlets and stations that places.csv lacks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from common.change_signals import about_to_change, rows_changed
from common.text import fold_name, fold_names

from ..models import Locality
from .areas import AreaRow
from .bulk import delete_rows, insert_rows
from .rows import GB_LATITUDE, GB_LONGITUDE, CsvRows, one_of, optional, optional_text, text, whole_number
from .sources import Sources
from .towns import NearestSector, TownRow

_FIELDS = ["name", "folded_name", "folded_aliases", "within", "latitude", "longitude", "population"]
_FIELDS += ["district", "sector"]

STATION = "station"
KINDS = {"locality", STATION}
SOURCES = {"naptan", "hand"}

#: About how many people there are to a stop: in Great Britain, and in a quarter of a large city, where a stop serves
#: more of them.
PEOPLE_TO_A_STOP, PEOPLE_TO_A_STOP_IN_A_CITY = 150, 300
LARGE_CITY = 250_000
#: The estimate for a station, which is a point and no quarter.
STATION_PEOPLE = 1_500
#: The estimates for quarters of London, and of other cities whose stops are not in the file or that were added by hand.
LONDON_QUARTER, CITY_QUARTER = 25_000, 8_000
#: The bus stops of Greater London, Greater Manchester and West Yorkshire are not in the file: only railways are.
LONDON = "E09"
_NO_BUS_STOPS = {f"E080000{number:02}" for number in (*range(1, 11), *range(32, 37))}


@dataclass(frozen=True)
class LocalityRow:
    """A row of localities.csv."""

    name: str
    within: str
    latitude: float
    longitude: float
    stops: int | None
    district: str
    kind: str
    source: str


def read_localities(sources: Sources, areas: dict[str, AreaRow]) -> list[LocalityRow]:
    """Return the localities. Raises `BadFile`."""
    localities: list[LocalityRow] = []
    seen: set[tuple[object, ...]] = set()
    rows = CsvRows(
        sources.localities,
        {
            "name": text,
            "within": optional_text,
            "latitude": GB_LATITUDE,
            "longitude": GB_LONGITUDE,
            "stops": optional(whole_number),
            "area_gss_code": one_of(
                {code for code, area in areas.items() if area.is_district}, "is not a district in areas.csv"
            ),
            "kind": one_of(KINDS, "is not a kind of locality"),
            "source": one_of(SOURCES, "is not a source"),
        },
    )
    for values in rows:
        row = LocalityRow(*values)
        key = (row.name, row.latitude, row.longitude)
        if key in seen:
            rows.refuse(f"{row.name} is there twice")
        seen.add(key)
        localities.append(row)
    return localities


def save_localities(
    rows: Iterable[LocalityRow],
    aliases: Mapping[LocalityRow, list[str]],
    towns: Iterable[TownRow],
    district_ids: Mapping[str, int],
    sectors: Iterable[tuple[int, float, float]],
) -> int:
    """Replace all localities, each with the nearest of the sectors (pk, latitude, longitude); return their number."""
    populations: dict[str, int] = defaultdict(int)
    for town in towns:
        folded = fold_name(town.name)
        populations[folded] = max(town.population, populations[folded])
    nearest = NearestSector(sectors)
    values = [
        (
            row.name,
            fold_name(row.name),
            fold_names(aliases.get(row, [])),
            row.within,
            row.latitude,
            row.longitude,
            estimate_population(row, populations.get(fold_name(row.within), 0)),
            district_ids[row.district],
            nearest(row.latitude, row.longitude),
        )
        for row in rows
    ]
    # The places that are cached may be others afterwards.
    about_to_change.send(Locality, keys=_keys())
    delete_rows(Locality)
    insert_rows(Locality, _FIELDS, values)
    rows_changed.send(Locality, keys=_keys())
    return len(values)


def _keys() -> list[int]:
    return list(Locality.objects.order_by().values_list("pk", flat=True))


def estimate_population(row: LocalityRow, city: int) -> int:
    """Return about how many people live in a locality, to rank it by; `city` is the population of what it is part of.

    From the number of stops where the stops are known. It puts a quarter of a city before a village.
    """
    if row.kind == STATION:
        return STATION_PEOPLE
    if row.district.startswith(LONDON):
        return LONDON_QUARTER if row.within else CITY_QUARTER
    if row.district in _NO_BUS_STOPS or row.stops is None:
        return CITY_QUARTER if row.within else STATION_PEOPLE
    return row.stops * (PEOPLE_TO_A_STOP_IN_A_CITY if city >= LARGE_CITY else PEOPLE_TO_A_STOP)
