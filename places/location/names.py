"""Locates towns and areas by name, in English or Welsh, or by alias."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from common.text import fold_name

from ..choices import DISTRICT_KINDS, AreaKind, LocationKind
from ..distance import distance_miles
from ..models import Area, AreaPart, Town
from ..querysets import TownQuerySet
from .results import LocatedPlace, PlaceChoices, PlaceNotFound

#: "Gillingham, Kent": Medway has not been in Kent since 1998, but it is what people say. The nearest Gillingham to the
#: middle of Kent is meant, if it is not farther off than this.
NEAR_ENOUGH_MILES = 50

#: A place whose population GeoNames does not know (0: a hamlet) steps back behind one of at least this many people.
MUCH_LARGER = 10_000

_COUNTRY = {"uk", "united kingdom", "gb", "great britain"}
WIDE_KINDS = {AreaKind.NATION, AreaKind.REGION, AreaKind.COUNTY}
_MOST_WORDS = 10

_ONLY_THE_AREA = re.compile(r" the whole (?:nation|region|county|district|area)$")

ELSEWHERE_REASON = (
    "We know a place called {name}, but not in {qualifier}. Check the spelling, or type the name of the town alone."
)


@dataclass(frozen=True)
class Reading:
    """A reading of the text as a name and the areas that it is in: "Newport", ("Isle of Wight",)."""

    name: str
    qualifiers: tuple[str, ...] = ()
    #: Set apart by commas: qualifiers that are no names of areas are ignored.
    comma: bool = False
    #: "Fylde (the whole district)", as in our own links: the area, not the town.
    only_area: bool = False


def find_name(text: str) -> LocatedPlace | PlaceChoices | PlaceNotFound | None:
    """Return the place or places of the name in the text; None if there are none."""
    readings = readings_of(text)
    towns, areas = fetch(readings)
    for reading in readings:
        if reading.name not in towns and reading.name not in areas:
            continue
        if not reading.comma and any(qualifier not in areas for qualifier in reading.qualifiers):
            continue
        return answer(text, reading, [] if reading.only_area else towns[reading.name], areas)
    return None


def readings_of(text: str) -> list[Reading]:
    parts = [part for part in map(fold_name, text.split(",")) if part]
    if len(parts) > 1 and parts[-1] in _COUNTRY:
        parts.pop()
    words = " ".join(parts).split()
    for country in _COUNTRY:
        words = " ".join(words).removesuffix(f" {country}").split()
    whole = " ".join(words)
    if _ONLY_THE_AREA.search(whole):
        return [Reading(_ONLY_THE_AREA.sub("", whole), only_area=True)]
    readings = [Reading(whole)]
    # House and flat numbers of an address: "12 High Street, Margate".
    while len(parts) > 1 and any(char.isdigit() for char in parts[0]):
        parts.pop(0)
    if len(parts) > 1:
        readings += [Reading(parts[0], tuple(parts[1:]), comma=True)]
    elif "," in text and parts:
        readings += [Reading(parts[0])]
    if len(words) <= _MOST_WORDS:
        readings += [
            Reading(" ".join(words[:cut]), (" ".join(words[cut:]),)) for cut in range(len(words) - 1, 0, -1)
        ]  # fmt: skip
    return [reading for reading in readings if reading.name]


def fetch(readings: Iterable[Reading]) -> tuple[dict[str, list[Town]], dict[str, list[Area]]]:
    """Return the towns, and the areas, of the names in the readings, by folded name: two queries."""
    towns: dict[str, list[Town]] = defaultdict(list)
    areas: dict[str, list[Area]] = defaultdict(list)
    wanted = {reading.name for reading in readings}
    for town in _towns().named(*wanted):
        for name in wanted.intersection([town.folded_name, *town.folded_aliases.split("|")]):
            towns[name].append(town)
    wanted.update(qualifier for reading in readings for qualifier in reading.qualifiers)
    for area in Area.objects.named(*wanted).select_related("parent"):
        for name in wanted.intersection(area.folded_names.split("|")):
            areas[name].append(area)
    return towns, areas


def _towns() -> "TownQuerySet[Town]":
    return Town.objects.select_related("district__parent", "sector")


def answer(
    text: str, reading: Reading, towns: list[Town], areas: dict[str, list[Area]]
) -> LocatedPlace | PlaceChoices | PlaceNotFound | None:
    options = options_of(reading.name, towns, areas.get(reading.name, []))
    meant = options
    for qualifier in reading.qualifiers:
        if qualifier in areas:
            meant = _narrowed(meant, qualifier, areas[qualifier])
            if not meant:
                reason = ELSEWHERE_REASON.format(name=options[0].name, qualifier=areas[qualifier][0].name)
                return PlaceNotFound(text, reason, tuple(options))
    if len(meant) == 1:
        return meant[0]
    if _is_dominant(reading.name, meant[0], meant[1:], towns):
        return replace(meant[0], also=tuple(meant[1:]))
    return PlaceChoices(text, tuple(meant))


def options_of(name: str, towns: list[Town], areas: list[Area]) -> list[LocatedPlace]:
    """Return the distinct places of a name, most likely first.

    A district and the town that it is named after are one option, the town, so that a distance can apply; a region or
    county and a town of its name in it (London) are one option, the area.
    """
    largest: dict[int, Town] = {}
    for town in sorted(towns, key=lambda town: (*_likeliest_first(name, town), town.pk)):
        largest.setdefault(town.district_id, town)
    distinct_areas = []
    shared = False
    for area in sorted(areas, key=lambda area: (len(area.path), area.name)):
        if area.kind in DISTRICT_KINDS:
            if area.pk not in largest and (own := _own_town(area, name)):
                largest[area.pk] = own
                # "Casnewydd" means one Newport, but the link that says "Newport" must say which.
                shared |= _towns().filter(folded_name=own.folded_name).exclude(pk=own.pk).exists()
            if area.pk in largest:
                continue
        elif area.kind in WIDE_KINDS:
            largest = {pk: town for pk, town in largest.items() if not town.district.path.startswith(area.path)}
        distinct_areas.append(area)
    ordered = sorted(largest.values(), key=lambda town: _likeliest_first(name, town))
    shared |= len(distinct_areas) + len(ordered) > 1
    area_places = [LocatedPlace.of_area(area, shared and area.kind not in WIDE_KINDS) for area in distinct_areas]
    # "Stoke" is short for one city, whatever villages and areas share it.
    first = sum(_is_alias(name, town) for town in ordered)
    town_places = [_town_place(town, shared) for town in ordered]
    return town_places[:first] + area_places + town_places[first:]


def _is_alias(name: str, town: Town) -> bool:
    return name != town.folded_name


def _likeliest_first(name: str, town: Town) -> tuple[bool, int, str]:
    return not _is_alias(name, town), -town.population, town.district.name


def _own_town(area: Area, name: str) -> Town | None:
    """Return the town that a district is named after under another name: Abertawe is Swansea, Hull is the city."""
    others = [other for other in area.folded_names.split("|") if other and other != name]
    if not others:
        return None
    return _towns().filter(district=area, folded_name__in=others).order_by("-population").first()


def is_in_area(point: LocatedPlace, area: Area) -> bool:
    """Return whether a point lies in an area, or near enough to its middle for people to count it in."""
    return bool(_narrowed([point], fold_name(area.name), [area]))


def _narrowed(options: list[LocatedPlace], qualifier: str, areas: list[Area]) -> list[LocatedPlace]:
    """Return the options that lie in an area of this name."""
    inside = set(
        AreaPart.objects.filter(area__in=areas, district__in=[option.area for option in options]).values_list(
            "district_id", "outward_code"
        )
    )
    meant = [
        option
        for option in options
        if {(option.area.pk, ""), (option.area.pk, option.outward_code)} & inside
        or any(area.path and option.area.path.startswith(area.path) for area in areas)
    ]
    # "Newport, Wales" is what we call the city ourselves, though Newport in Pembrokeshire is in Wales too.
    if by_label := [option for option in meant if fold_name(option.label.rpartition(",")[2]) == qualifier]:
        return by_label
    return meant or _nearest(options, areas)


def _nearest(options: list[LocatedPlace], areas: list[Area]) -> list[LocatedPlace]:
    """Return the option nearest to the middle of an area, if within `NEAR_ENOUGH_MILES`."""
    distances = [
        (distance_miles(area.latitude, area.longitude, *option.point), index)
        for area in areas
        for index, option in enumerate(options)
        if area.latitude is not None and area.longitude is not None and option.point is not None
    ]
    if not distances:
        return []
    miles, index = min(distances)
    return [options[index]] if miles <= NEAR_ENOUGH_MILES else []


def _is_dominant(name: str, first: LocatedPlace, others: list[LocatedPlace], towns: list[Town]) -> bool:
    """Return whether almost everybody means the first option: a nation, region or county, or a town among hamlets.

    So does a town with this alias: "Stoke" is Stoke-on-Trent before any village.
    """
    if first.is_area:
        return first.area.kind in WIDE_KINDS and not any(other.area.kind in WIDE_KINDS for other in others)
    if any(_is_alias(name, town) and town.latitude == first.latitude for town in towns):
        return True
    return first.population >= MUCH_LARGER and not any(other.population for other in others)


def _town_place(town: Town, shared: bool) -> LocatedPlace:
    """Return the place of a town, named by its name alone unless others share it."""
    district = town.district
    named_after = district.parent if fold_name(district.name) == town.folded_name else None
    label = f"{town.name}, {(named_after or district).name}"
    return LocatedPlace(
        name=label if shared else town.name,
        kind=LocationKind.TOWN,
        latitude=town.latitude,
        longitude=town.longitude,
        area=district,
        sector=town.sector.sector if town.sector else "",
        outward_code=town.sector.outward_code if town.sector else "",
        query=label if shared else town.name,
        label=label,
        population=town.population,
    )
