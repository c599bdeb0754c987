"""Loads the postcode sectors, and the 1.74 million unit postcodes."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from statistics import median
from string import ascii_uppercase

from ..models import Postcode, PostcodeSector
from .bulk import delete_rows, insert_rows
from .rows import GB_LATITUDE, GB_LONGITUDE, BadFile, CsvRows, looked_up, one_of, sector, unit_postcode, whole_number
from .sources import Sources
from .upsert import Changes, upsert

#: If a postcode area (the letters: TA, ZE) has a smaller share than this of the postcodes that the sector file counts
#: there, the file was truncated: only about 1% of postcodes are terminated in a year.
LEAST_SHARE = 0.9

_CHUNK = 20_000
_UNITS = map("".join, product(ascii_uppercase, repeat=2))
_UNIT_BITS = {unit: 1 << number for number, unit in enumerate(_UNITS)}


@dataclass(frozen=True)
class SectorRow:
    """A row of postcode_sectors.csv."""

    sector: str
    latitude: float
    longitude: float
    district: str
    postcodes: int

    @property
    def outward_code(self) -> str:
        return self.sector.split()[0]


def read_sectors(sources: Sources, districts: Iterable[str]) -> dict[str, SectorRow]:
    """Return the sectors by name. Raises `BadFile`."""
    sectors: dict[str, SectorRow] = {}
    rows = CsvRows(
        sources.sectors,
        {
            "sector": sector,
            "latitude": GB_LATITUDE,
            "longitude": GB_LONGITUDE,
            "district_gss_code": one_of(set(districts), "is not a district in areas.csv"),
            "postcodes": whole_number,
        },
    )
    for values in rows:
        row = SectorRow(*values)
        if row.sector in sectors:
            rows.refuse(f"{row.sector} is there twice")
        sectors[row.sector] = row
    if not sectors:
        raise BadFile(f"{sources.sectors.name} has no sectors in it.")
    return sectors


class PostcodeRows:
    """Iterates over the validated postcodes of a file: (postcode without space, latitude, longitude, district pk).

    After iteration, `new_sectors` are the sectors missing from the sector file (which may be older), and `count` is the
    number of postcodes. Raises `BadFile`.
    """

    def __init__(
        self, sources: Sources, sectors: dict[str, SectorRow], district_ids: dict[str, int], is_complete: bool
    ) -> None:
        self.name = sources.postcodes.name
        self.count = 0
        self.new_sectors: dict[str, SectorRow] = {}
        self._sectors = sectors
        self._codes = {pk: code for code, pk in district_ids.items()}
        self._is_complete = is_complete
        self._rows = CsvRows(
            sources.postcodes,
            {
                "postcode": unit_postcode,
                "latitude": GB_LATITUDE,
                "longitude": GB_LONGITUDE,
                "district_gss_code": looked_up(district_ids, "is not a district in areas.csv"),
            },
        )

    def __iter__(self) -> Iterator[tuple[str, float, float, int]]:
        # A bit set of the units of each sector finds duplicates anywhere in the file with 2 MB for the whole country.
        seen: dict[str, int] = defaultdict(int)
        unknown: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
        counts: Counter[str] = Counter()
        for postcode, latitude, longitude, district in self._rows:
            name = postcode[:-2]
            bit = _UNIT_BITS[postcode[-2:]]
            if seen[name] & bit:
                self._rows.refuse(f"{postcode} is there twice")
            seen[name] |= bit
            if name not in self._sectors:
                unknown[name].append((latitude, longitude, district))
            yield postcode.replace(" ", ""), latitude, longitude, district
        for name, units in seen.items():
            counts[_postcode_area(name)] += units.bit_count()
        self.count = counts.total()
        self._check_completeness(counts)
        self.new_sectors = {name: self._new_sector(name, points) for name, points in unknown.items()}

    def _check_completeness(self, counts: Counter[str]) -> None:
        if not self.count:
            raise BadFile(f"{self.name} has no postcodes in it.")
        if not self._is_complete:
            return
        expected: Counter[str] = Counter()
        for row in self._sectors.values():
            expected[_postcode_area(row.sector)] += row.postcodes
        for area, number in sorted(expected.items()):
            if counts[area] < number * LEAST_SHARE:
                raise BadFile(
                    f"{self.name} has {counts[area]:,} of about {number:,} postcodes that begin {area}, and"
                    f" {self.count:,} of about {expected.total():,} in all. It looks cut short. Fetch it again."
                )

    def _new_sector(self, name: str, points: list[tuple[float, float, int]]) -> SectorRow:
        [(district, _)] = Counter(point[2] for point in points).most_common(1)
        return SectorRow(
            sector=name,
            latitude=round(median(point[0] for point in points), 4),
            longitude=round(median(point[1] for point in points), 4),
            district=self._codes[district],
            postcodes=len(points),
        )


def save_postcodes(rows: Iterable[tuple[str, float, float, int]], progress: Callable[[int], None]) -> None:
    """Replace all postcodes.

    `progress` is called after each batch with its number of postcodes.
    """
    remaining = iter(rows)
    delete_rows(Postcode)
    while chunk := list(islice(remaining, _CHUNK)):
        insert_rows(Postcode, ["postcode", "latitude", "longitude", "district"], chunk)
        progress(len(chunk))


def save_sectors(sectors: Iterable[SectorRow], district_ids: dict[str, int]) -> Changes:
    """Upsert the sectors in place, since towns reference them, and delete those that are not in the file."""
    wanted = {
        row.sector: {
            "outward_code": row.outward_code,
            "latitude": row.latitude,
            "longitude": row.longitude,
            "district_id": district_ids[row.district],
            "postcodes": row.postcodes,
        }
        for row in sectors
    }
    changes = upsert(PostcodeSector, "sector", wanted)
    removed = [pk for pk, name in PostcodeSector.objects.values_list("pk", "sector") if name not in wanted]
    for start in range(0, len(removed), 500):
        PostcodeSector.objects.filter(pk__in=removed[start : start + 500]).delete()
    return changes


def _postcode_area(name: str) -> str:
    return name[:2] if name[1].isalpha() else name[0]
