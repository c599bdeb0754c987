"""How far areas are from a place, for what serves a whole area and has no address."""

from collections import defaultdict
from statistics import fmean
from typing import NamedTuple

from ..distance import distance_miles
from ..models import AreaPart
from .results import LocatedPlace


class AreaDistance(NamedTuple):
    """The distance of an area from a place. They sort as people would: where they are first, then the nearest."""

    #: To the middle of the nearest district of the area; 0 where the place, or a part of it, lies in the area.
    miles: float
    #: The number of districts in the area: of two that hold a place, the smaller says more.
    size: int

    @property
    def holds_place(self) -> bool:
        return self.miles == 0


def distances_to_areas(place: LocatedPlace) -> dict[int, AreaDistance]:
    """Return `{area_pk: AreaDistance}` for every area, official and informal, in one query.

    Empty if the place has neither a point nor districts with one.
    """
    rows = AreaPart.objects.order_by().values_list(
        "area", "district", "outward_code", "district__latitude", "district__longitude"
    )
    parts: dict[int, list[tuple[int, str]]] = defaultdict(list)
    points: dict[int, tuple[float, float]] = {}
    for area, district, outward_code, latitude, longitude in rows:
        parts[area].append((district, outward_code))
        if latitude is not None and longitude is not None:
            points[district] = latitude, longitude
    searched = {(district, place.outward_code or code) for district, code in parts[place.area.pk]}
    centre = place.point or _middle([points[district] for district, _ in searched if district in points])
    if centre is None:
        return {}
    miles = {district: distance_miles(*centre, *point) for district, point in points.items()}
    return {
        area: AreaDistance(
            0 if _overlap(held, searched) else min(miles[part] for part, _ in held if part in miles), len(held)
        )
        for area, held in parts.items()
        if any(part in miles for part, _ in held)
    }


def _middle(points: list[tuple[float, float]]) -> tuple[float, float] | None:
    if not points:
        return None
    latitudes, longitudes = zip(*points, strict=True)
    return fmean(latitudes), fmean(longitudes)


def _overlap(parts: list[tuple[int, str]], others: set[tuple[int, str]]) -> bool:
    """Return whether two areas, as (district, outward code or "" for all of it), have a part in common."""
    return any(
        district == other and (not code or not other_code or code == other_code)
        for district, code in parts
        for other, other_code in others
    )
