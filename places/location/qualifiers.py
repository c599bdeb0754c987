"""Narrows the places of a name by the place they are said to be in: "Newport, Isle of Wight"."""

import re
from collections.abc import Iterable, Sequence

from django.db.models import Avg

from common.text import fold_name

from ..distance import distance_miles
from ..models import Area, AreaPart, Town
from .options import label_of
from .points import Named, Point, part_of
from .readings import Reading
from .results import LocatedPlace

#: "Gillingham, Kent": Medway has not been in Kent since 1998, but it is what people say. The nearest Gillingham to the
#: middle of Kent is meant, if it is not farther off than this.
NEAR_ENOUGH_MILES = 60
#: A place said to be in a town is not farther from its middle than this.
NEAR_A_TOWN_MILES = 15

#: The least population of a town that a larger place is said to be in, "Sunderland, Durham", and how far apart they
#: are at least: in "Leeds, Morley" the smaller one is meant.
LARGE_TOWN_PEOPLE, APART_MILES = 20_000, 8

#: The least population of a town after a name without a comma: "Ash Canterbury".
TOWN_PEOPLE = 5_000
#: Towns by the names of roads: "Ash Street" is not the Ash near Street.
_ROADS = {"street", "over", "church", "hill", "green"}
_SECTOR = re.compile(r"[a-z]{1,2}[0-9][a-z0-9]? [0-9]")


def are_known(reading: Reading, named: Named) -> bool:
    """Return whether the qualifiers of a reading may be names of places that its name is in."""
    return all(_is_known(qualifier, reading, named) for qualifier in reading.qualifiers)


def _is_known(qualifier: str, reading: Reading, named: Named) -> bool:
    if named.areas.get(qualifier) or _SECTOR.fullmatch(qualifier):
        return True
    if any(part_of(point) == qualifier for point in named.points.get(reading.name, ())):
        return True
    points = named.points.get(qualifier, ())
    if reading.comma:
        return bool(points)
    return qualifier not in _ROADS and any(point.population >= TOWN_PEOPLE for point in points)


def narrowed(
    points: Sequence[Point], areas: Sequence[Area], qualifier: str, named: Named
) -> tuple[list[Point], list[Area]]:
    """Return the points and areas that lie in a place of this name, or near it; none if none do."""
    around = named.areas.get(qualifier, [])
    inside = _Inside(around, {*(point.district_id for point in points), *(area.pk for area in areas)})
    meant = [
        point
        for point in points
        if inside.has(point.district, point.sector.outward_code if point.sector else "")
        or part_of(point) == qualifier
        or (point.sector and point.sector.sector.lower() == qualifier)
    ]
    # "Newport, Wales" is what we call the city ourselves, though Newport in Pembrokeshire is in Wales too.
    if by_label := [point for point in meant if fold_name(label_of(point).rpartition(", ")[2]) == qualifier]:
        return by_label, []
    areas_inside = [area for area in areas if inside.has(area, "")]
    if meant or areas_inside:
        return meant, areas_inside
    nearest = _near_a_town(points, named.points.get(qualifier, ())) or _nearest(points, around)
    return [nearest] if nearest else [], []


def is_in_area(place: LocatedPlace, area: Area) -> bool:
    """Return whether a point lies in an area, or near enough to its middle for people to count it in."""
    if _Inside([area], {place.area.pk}).has(place.area, place.outward_code):
        return True
    miles = _miles(place, _middle(area))
    return miles is not None and miles <= NEAR_ENOUGH_MILES


class _Inside:
    """Which districts, and parts of districts, lie in some areas: one query."""

    def __init__(self, around: Sequence[Area], district_ids: set[int]) -> None:
        self._paths = tuple(area.path for area in around if area.path)
        parts = (
            AreaPart.objects.filter(area__in=around, district__in=district_ids) if around else AreaPart.objects.none()
        )
        self._parts = set(parts.values_list("district_id", "outward_code"))

    def has(self, district: Area, outward_code: str) -> bool:
        is_part = (district.pk, "") in self._parts or (district.pk, outward_code) in self._parts
        return is_part or (bool(self._paths) and district.path.startswith(self._paths))


def _near_a_town(points: Iterable[Point], around: Iterable[Point]) -> Point | None:
    """Return the point nearest to a larger place, or to a large town apart from it, if within `NEAR_A_TOWN_MILES`."""
    distances = [
        (miles, index, point)
        for town in around
        for index, point in enumerate(points)
        if isinstance(town, Town) or town.population >= TOWN_PEOPLE
        for miles in [distance_miles(town.latitude, town.longitude, point.latitude, point.longitude)]
        if town.population >= (point.population if miles < APART_MILES else min(point.population, LARGE_TOWN_PEOPLE))
    ]
    miles, _, point = min(distances, default=(NEAR_A_TOWN_MILES + 1, 0, None))
    return point if miles <= NEAR_A_TOWN_MILES else None


def _nearest(points: Iterable[Point], around: Iterable[Area]) -> Point | None:
    """Return the point nearest to the middle of an area, if within `NEAR_ENOUGH_MILES`."""
    points = list(points)
    distances = [
        (miles, index, point)
        for middle in map(_middle, around if points else ())
        for index, point in enumerate(points)
        if (miles := _miles(point, middle)) is not None
    ]
    miles, _, point = min(distances, default=(NEAR_ENOUGH_MILES + 1, 0, None))
    return point if miles <= NEAR_ENOUGH_MILES else None


def _middle(area: Area) -> tuple[float, float] | None:
    """Return the position of an area; of an informal one, which has none, the mean of those of its districts."""
    if area.latitude is not None and area.longitude is not None:
        return area.latitude, area.longitude
    parts = AreaPart.objects.filter(area=area).aggregate(
        north=Avg("district__latitude"), east=Avg("district__longitude")
    )
    return None if parts["north"] is None else (parts["north"], parts["east"])


def _miles(point: Point | LocatedPlace, middle: tuple[float, float] | None) -> float | None:
    """Return the distance of a point from a position; None without either."""
    if middle is None or point.latitude is None or point.longitude is None:
        return None
    return distance_miles(*middle, point.latitude, point.longitude)
