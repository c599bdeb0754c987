"""Fetches the towns, localities and areas of folded names: one query each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from common.text import fold_name

from ..models import Area, Locality, Town

#: A place with a position. A locality has the estimated population of its row.
Point = Town | Locality

_RELATED = ("district__parent", "sector")


@dataclass(frozen=True)
class Named:
    """The points and areas of some names, by folded name."""

    points: dict[str, list[Point]] = field(default_factory=lambda: defaultdict(list))
    areas: dict[str, list[Area]] = field(default_factory=lambda: defaultdict(list))

    def __contains__(self, name: object) -> bool:
        return bool(self.points.get(str(name)) or self.areas.get(str(name)))


def fetch(names: Iterable[str]) -> Named:
    """Return the points and areas of folded names and aliases: three queries."""
    wanted = set(names)
    named = Named()
    # Unordered: they are ranked afterwards, and to compile an order costs as much as the query.
    rows: list[QuerySet[Town] | QuerySet[Locality]]
    rows = [manager.named(*wanted).select_related(*_RELATED) for manager in (Town.objects, Locality.objects)]
    for found in rows:
        for point in found.order_by():
            for name in wanted.intersection([point.folded_name, *point.folded_aliases.split("|")]):
                named.points[name].append(point)
    for area in Area.objects.named(*wanted).select_related("parent").order_by():
        for name in wanted.intersection(area.folded_names.split("|")):
            named.areas[name].append(area)
    return named


def towns() -> "QuerySet[Town]":
    return Town.objects.select_related(*_RELATED)


def is_alias(name: str, point: Point) -> bool:
    """Return whether a folded name of a point is an alias."""
    return name != point.folded_name


def part_of(point: Point) -> str:
    """Return the folded name of the city or town that a locality is a part of; "" for none, and for a town."""
    return fold_name(point.within) if isinstance(point, Locality) else ""


def has_namesake(point: Point) -> bool:
    """Return whether another town or locality has the name of a point: up to two queries."""
    same: list[QuerySet[Town] | QuerySet[Locality]] = [Town.objects.all(), Locality.objects.all()]
    return any(
        (rows.exclude(pk=point.pk) if rows.model is type(point) else rows)
        .filter(folded_name=point.folded_name)
        .exists()
        for rows in same
    )
