"""Ranks the places of one name, and decides whether the first of them is meant (see ADR 33)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from common.text import fold_name

from ..choices import DISTRICT_KINDS, AreaKind, LocationKind
from ..models import Area, Town
from .points import Point, has_namesake, is_alias, towns_named
from .results import LocatedPlace

WIDE_KINDS = {AreaKind.NATION, AreaKind.REGION, AreaKind.COUNTY}

#: The most places of one name that are offered, and the most beside one that was taken.
MOST_OFFERED, MOST_BESIDE = 10, 5
#: A locality with a smaller part than this of the first place's people is not offered beside it.
LEAST_PART = 1 / 100
#: The estimate for a town whose population GeoNames does not know (0), and the least for one that a district is
#: named after.
UNKNOWN_POPULATION, NAMED_AFTER = 500, 150_000
#: The first place is taken if it has so many people, and so many times those of each other place: of a town, since
#: its population is known; a locality is an estimate, and a hamlet if its town is not in the list of towns.
LEAST_PEOPLE, LEAST_PEOPLE_OVER_LOCALITIES = 8_000, 2_000
TIMES_A_TOWN, TIMES_A_LOCALITY = 20, 5
#: An area is taken before towns and localities smaller than this.
SMALL_PLACE = 5_000


@dataclass(frozen=True)
class Options:
    """The places of one name, the likeliest first, and whether almost everybody means the first."""

    places: tuple[LocatedPlace, ...]
    is_sure: bool

    @property
    def beside_first(self) -> tuple[LocatedPlace, ...]:
        return self.places[1 : MOST_BESIDE + 1]


@dataclass(frozen=True)
class _Ranked:
    point: Point
    people: int
    is_alias: bool

    @property
    def order(self) -> tuple[object, ...]:
        return not self.is_alias, -self.people, self.point.district.name, self.is_locality, self.point.pk

    @property
    def is_locality(self) -> bool:
        return not isinstance(self.point, Town)


def options_of(
    name: str, points: Sequence[Point], areas: Sequence[Area], namesakes: Sequence[Point] | None = None
) -> Options:
    """Return the distinct places of a name, one in each district.

    A district and the town that it is named after are one option, the town, so that a distance can apply; a region or
    county and a town of its name in it (London) are one option, the area. `namesakes` are all points of the name, if
    `points` were narrowed to some of them.
    """
    namesakes = points if namesakes is None else namesakes
    largest: dict[int, _Ranked] = {}
    for ranked in sorted((_rank(name, point, areas) for point in points), key=lambda ranked: ranked.order):
        largest.setdefault(ranked.point.district_id, ranked)
    distinct_areas: list[Area] = []
    for area in sorted(areas, key=lambda area: (len(area.path), area.name)):
        if area.kind in DISTRICT_KINDS:
            is_point_of_it = area.pk in largest and not largest[area.pk].is_locality
            if not is_point_of_it and (town := _own_town(area, name)):
                largest[area.pk] = _Ranked(town, max(town.population, NAMED_AFTER), is_alias=True)
            if area.pk in largest and (not largest[area.pk].is_locality or fold_name(area.name) == name):
                continue
        elif area.kind in WIDE_KINDS:
            largest = {
                pk: ranked for pk, ranked in largest.items() if not ranked.point.district.path.startswith(area.path)
            }
        distinct_areas.append(area)
    ordered = sorted(largest.values(), key=lambda ranked: ranked.order)
    is_sure = _is_sure(distinct_areas, ordered)
    if ordered:
        least = ordered[0].people * LEAST_PART
        ordered = [ranked for ranked in ordered if not ranked.is_locality or ranked.people >= least]
    shared = len(distinct_areas) + len(ordered) > 1
    if len(namesakes) > len(points):
        shared |= len({point.district_id for point in namesakes}) > 1
    # "Casnewydd" means one Newport, but the link that says "Newport" must say which.
    shared |= any(ranked.is_alias and has_namesake(ranked.point) for ranked in ordered)
    area_places = [LocatedPlace.of_area(area, shared and area.kind not in WIDE_KINDS) for area in distinct_areas]
    # "Stoke" is short for one city, whatever villages and areas share it.
    first = sum(ranked.is_alias for ranked in ordered)
    point_places = [_place(ranked, shared, namesakes) for ranked in ordered]
    return Options((*point_places[:first], *area_places, *point_places[first:])[:MOST_OFFERED], is_sure)


def label_of(point: Point) -> str:
    """Return the name of a point with the place that it is in: its district, or what that is in if it has its name."""
    district = point.district
    is_named_after = fold_name(district.name) == point.folded_name
    return f"{point.name}, {district.parent.name if is_named_after and district.parent else district.name}"


def _rank(name: str, point: Point, areas: Iterable[Area]) -> _Ranked:
    people = point.population or UNKNOWN_POPULATION
    if isinstance(point, Town) and any(area.pk == point.district_id for area in areas):
        people = max(people, NAMED_AFTER)
    return _Ranked(point, people, is_alias(name, point))


def _own_town(area: Area, name: str) -> Town | None:
    """Return the town that a district is named after under another name: Abertawe is Swansea, Hull is the city."""
    others = {fold_name(other) for other in (area.name, area.name_cy) if other} - {name}
    if not others:
        return None
    own = [town for town in towns_named(others) if town.district_id == area.pk and town.folded_name in others]
    return max(own, key=lambda town: town.population, default=None)


def _is_sure(areas: Sequence[Area], ordered: Sequence[_Ranked]) -> bool:
    """Return whether almost everybody means the first option.

    So it is for a nation, region or county; for an area, or a town, among places that are much smaller; and for a
    town with this alias: "Stoke" is Stoke-on-Trent before any village.
    """
    if len(areas) + len(ordered) == 1 or (ordered and ordered[0].is_alias):
        return True
    if areas:
        wide = sum(area.kind in WIDE_KINDS for area in areas)
        if areas[0].kind in WIDE_KINDS or wide:
            return wide == 1
        return len(areas) == 1 and all(ranked.people < SMALL_PLACE for ranked in ordered)
    first, *others = ordered
    return all(_is_much_larger(first, other) for other in others)


def _is_much_larger(first: _Ranked, other: _Ranked) -> bool:
    if other.is_locality:
        return first.people >= max(LEAST_PEOPLE_OVER_LOCALITIES, TIMES_A_LOCALITY * other.people)
    times = TIMES_A_LOCALITY if first.is_locality or not other.point.population else TIMES_A_TOWN
    return first.people >= max(LEAST_PEOPLE, times * other.people)


def _place(ranked: _Ranked, shared: bool, namesakes: Iterable[Point]) -> LocatedPlace:
    """Return the place of a point, named by its name alone unless others share it."""
    point = ranked.point
    label = label_of(point)
    sector = point.sector.sector if point.sector else ""
    query = label if shared else point.name
    same = [other for other in namesakes if other.district_id == point.district_id]
    if sector and any((-other.population, other.pk) < (-point.population, point.pk) for other in same):
        # A larger one in its district has that name: "Newton, IV2 7" is this one.
        query = f"{point.name}, {sector}"
    return LocatedPlace(
        name=label if shared else point.name,
        kind=LocationKind.TOWN,
        latitude=point.latitude,
        longitude=point.longitude,
        area=point.district,
        sector=sector,
        outward_code=point.sector.outward_code if point.sector else "",
        query=query,
        label=label,
        population=point.population,
        within=point.within if not isinstance(point, Town) else "",
    )
