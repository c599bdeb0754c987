"""The generated title of a list: what its groups have in common, and where they are. Nobody types any of it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count

from places.models import Area, AreaPart

from ..choices import Focus
from ..models import SupportGroup

_NOUNS = {Focus.TALKING: "Talking", Focus.DOING: "Doing"}

#: The key of a district, and an outward code in it, or "" if unknown.
TitlePlace = tuple[int, str]


def build_title(groups: list[SupportGroup]) -> str:
    """Return "Talking groups in Thanet", with the smallest area that contains all groups in person. Two queries."""
    kinds = {group.focus for group in groups}
    noun = _NOUNS.get(Focus(kinds.pop()), "Peer support") if len(kinds) == 1 else "Peer support"
    things = "group" if len(groups) == 1 else "groups"
    in_person = [group for group in groups if group.meets_in_person]
    place = _place_of(in_person) if in_person else ""
    where = [f"in {place}"] if place else []
    # Only after a place, or where it is true of all groups: alone it would read as if it were.
    if len(in_person) < len(groups) and (place or not in_person):
        where.append("from home")
    return " ".join([noun, things, " and ".join(where)]).strip()


def _place_of(groups: list[Any]) -> str:
    towns = {(group.place_name, group.place_district_id) for group in groups}
    if len(towns) == 1:
        [(name, _)] = towns
        if name:
            return str(name)
    if any(not group.place_district_id and not group.areas_served.all() for group in groups):
        # The place of one of them is unknown, so no place is true of all.
        return ""
    places = {(group.place_district_id, group.place_outward_code or "") for group in groups if group.place_district_id}
    served = {area.pk for group in groups if not group.place_district_id for area in group.areas_served.all()}
    return _smallest_containing(places, served)


def _smallest_containing(places: set[TitlePlace], served: Iterable[int]) -> str:
    """Return the name of the smallest area that contains all the places and areas (keys); "" if there is none."""
    parts = AreaPart.objects.filter(area__in=served).values_list("district", "outward_code") if served else ()
    places = places | set(parts)
    contained: dict[int, set[TitlePlace]] = {}
    area_parts = AreaPart.objects.filter(district__in={district for district, _ in places})
    for area, district, outward_code in area_parts.values_list("area", "district", "outward_code"):
        inside = {place for place in places if place[0] == district and outward_code in ("", place[1])}
        contained.setdefault(area, set()).update(inside)
    candidates = [area for area, inside in contained.items() if inside == places]
    sized = Area.objects.listed().filter(pk__in=candidates).annotate(size=Count("parts"))
    areas = sorted(sized, key=lambda area: (area.size, area.is_informal, -len(area.path), area.name))
    return areas[0].name if areas else ""
