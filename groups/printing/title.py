"""What a list is called: what its groups have in common, and where they are. No word of it is typed by anybody."""

from collections.abc import Iterable

from django.db.models import Count

from places.models import Area, AreaPart

from ..choices import Focus
from ..models import SupportGroup

_NOUNS = {Focus.TALKING: "Talking", Focus.DOING: "Doing"}

#: A district, and the outward code in it where that is known.
TitlePlace = tuple[int, str]


def build_title(groups: list[SupportGroup]) -> str:
    """ "Talking groups in Thanet", in two queries: the smallest town or area that holds all that meet in person."""
    kinds = {group.focus for group in groups}
    noun = _NOUNS.get(kinds.pop(), "Peer support") if len(kinds) == 1 else "Peer support"
    things = "group" if len(groups) == 1 else "groups"
    in_person = [group for group in groups if group.meets_in_person]
    place = _place_of(in_person) if in_person else ""
    where = [f"in {place}"] if place else []
    # Said beside a place, or of all of them: of some alone it would be taken for all.
    if len(in_person) < len(groups) and (place or not in_person):
        where.append("from home")
    return " ".join([noun, things, " and ".join(where)]).strip()


def _place_of(groups: list[SupportGroup]) -> str:
    towns = {(group.place_name, group.place_district_id) for group in groups}
    if len(towns) == 1:
        [(name, _)] = towns
        if name:
            return name
    if any(not group.place_district_id and not group.areas_served.all() for group in groups):
        # Nobody knows where one of them meets: no place would be true of all.
        return ""
    spots = {(group.place_district_id, group.place_outward_code or "") for group in groups if group.place_district_id}
    served = {area.pk for group in groups if not group.place_district_id for area in group.areas_served.all()}
    return _smallest_around(spots, served)


def _smallest_around(spots: set[TitlePlace], served: Iterable[int]) -> str:
    """The name of the smallest area that all of some spots, and all of some areas, lie in; "" if there is none."""
    parts = AreaPart.objects.filter(area__in=served).values_list("district", "outward_code") if served else ()
    spots = spots | set(parts)
    holds: dict[int, set[TitlePlace]] = {}
    around = AreaPart.objects.filter(district__in={district for district, _ in spots})
    for area, district, outward_code in around.values_list("area", "district", "outward_code"):
        inside = {spot for spot in spots if spot[0] == district and outward_code in ("", spot[1])}
        holds.setdefault(area, set()).update(inside)
    whole = [area for area, inside in holds.items() if inside == spots]
    sized = Area.objects.filter(pk__in=whole).annotate(size=Count("parts"))
    areas = sorted(sized, key=lambda area: (area.size, area.is_informal, -len(area.path), area.name))
    return areas[0].name if areas else ""
