"""Locations for examples, weighted by population: postcodes in Great Britain, towns in Northern Ireland."""

import random
from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate

from django.db.models import Count
from django.db.models.functions import Length, Substr

from places.choices import AreaKind
from places.loading.towns import NearestSector
from places.models import Area, Postcode, PostcodeSector, Town

#: People to a unit postcode: 67 million in 1.74 million of them, some of which nobody lives in.
_PEOPLE_PER_POSTCODE = 39
#: How many postcodes of a sector are used.
_POSTCODES_PER_SECTOR = 12


class PlacesMissing(Exception):
    """Postcodes or towns have not been loaded yet."""


@dataclass(frozen=True)
class SampleLocation:
    """A unit postcode, or a town (with an empty postcode) where postcodes are not open data."""

    postcode: str
    latitude: float
    longitude: float
    district_id: int
    town: Town


class SampleLocations:
    """Samples postcode sectors, and towns of Northern Ireland, weighted by population."""

    def __init__(self, seed: int | str) -> None:
        self._seed = seed
        self.areas = {area.pk: area for area in Area.objects.order_by("pk")}
        self._by_path = {area.path: area for area in self.areas.values() if area.path}
        # Without towns added by hand: examples are named after the nearest town, and must be reproducible.
        towns = Town.objects.exclude(geonames_id=None).order_by("geonames_id")
        self._towns = {town.pk: town for town in towns}
        weights = self._sector_weights() | self._town_weights()
        if not self._towns or not weights:
            raise PlacesMissing("There are no places yet for examples to lie in. Run load_places first.")
        pairs_by_path: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for key in sorted(weights):
            for path in self._paths(self._district_of[key]):
                pairs_by_path[path].append((key, weights[key]))
        self._choices = {
            path: ([key for key, _ in pairs], list(accumulate(weight for _, weight in pairs)))
            for path, pairs in pairs_by_path.items()
        }

    def pick(self, rng: random.Random, within: Area | None = None) -> SampleLocation:
        """Return a random location, weighted by population, within an area if one is given."""
        keys, totals = self._choices[within.path if within else ""]
        key = keys[bisect(totals, rng.randrange(totals[-1]))]
        if key.startswith("town:"):
            town = self._towns[self._town_keys[key]]
            return SampleLocation("", town.latitude, town.longitude, town.district_id, town)
        return SampleLocation(*rng.choice(self._postcodes(key)), self._nearest_town(key))

    def surrounding_areas(self, location: SampleLocation) -> tuple[Area, Area, Area]:
        """Return the district of a location, the next larger area, and its region or nation."""
        path = self.areas[location.district_id].path
        above = [self._by_path[parent] for parent in reversed(self._paths(path)) if parent in self._by_path]
        regions = [area for area in above if area.kind in (AreaKind.REGION, AreaKind.NATION)]
        return above[0], above[min(1, len(above) - 1)], regions[0]

    def nation_of(self, location: SampleLocation) -> str:
        """Return the first letter of the nation's GSS codes: E, N, S or W."""
        return self.areas[location.district_id].path[0]

    def _sector_weights(self) -> dict[str, int]:
        sector = Substr("postcode", 1, Length("postcode") - 2)
        counted = Postcode.objects.order_by().annotate(sector=sector).values_list("sector").annotate(Count("pk"))
        rows = PostcodeSector.objects.values_list("sector", "latitude", "longitude", "district_id")
        self._points = {name.replace(" ", ""): (latitude, longitude) for name, latitude, longitude, _ in rows}
        self._district_of = {name.replace(" ", ""): self.areas[district].path for name, _, _, district in rows}
        return {name: count * _PEOPLE_PER_POSTCODE for name, count in counted if name in self._points}

    def _town_weights(self) -> dict[str, int]:
        self._town_keys = {}
        for town in self._towns.values():
            if self.areas[town.district_id].path.startswith("N") and town.population:
                self._town_keys[f"town:{town.geonames_id}"] = town.pk
        towns = {key: self._towns[pk] for key, pk in self._town_keys.items()}
        self._district_of |= {key: self.areas[town.district_id].path for key, town in towns.items()}
        return {key: town.population for key, town in towns.items()}

    @staticmethod
    def _paths(path: str) -> list[str]:
        """Return every prefix of an area path: "", the nation's, …, the district's."""
        codes = path.split("/")
        return ["/".join(codes[:length]) for length in range(len(codes) + 1)]

    @cache  # noqa: B019 (lives as long as one making of examples)
    def _postcodes(self, sector: str) -> list[tuple[str, float, float, int]]:
        rows = Postcode.objects.filter(postcode__range=(f"{sector}AA", f"{sector}ZZ"))
        units = sorted(rows.values_list("postcode", "latitude", "longitude", "district_id"))
        sample = random.Random(f"{self._seed}/{sector}").sample(units, min(_POSTCODES_PER_SECTOR, len(units)))
        return [
            (f"{code[:-3]} {code[-3:]}", latitude, longitude, district)
            for code, latitude, longitude, district in sample
        ]

    @cache  # noqa: B019
    def _nearest_town(self, sector: str) -> Town:
        key = self._nearest(*self._points[sector])
        if key is None:
            raise LookupError("There are no towns.")
        return self._towns[key]

    @cached_property
    def _nearest(self) -> NearestSector:
        return NearestSector((pk, town.latitude, town.longitude) for pk, town in self._towns.items())
