"""Fetches the towns, localities and areas of folded names: one query each."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from common.compiled_queries import rows_of
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
    points: list[Point] = [*towns_named(wanted), *_localities_named(wanted)]
    for point in points:
        for name in wanted.intersection([point.folded_name, *point.folded_aliases.split("|")]):
            named.points[name].append(point)
    for area in rows_of(_areas, wanted):
        for name in wanted.intersection(area.folded_names.split("|")):
            if area not in named.areas[name]:
                named.areas[name].append(area)
    return named


def towns_named(names: Collection[str]) -> list[Town]:
    """Return the towns that have any of some folded names or aliases, each once."""
    return [*{town.pk: town for town in rows_of(_towns, names)}.values()]


def _localities_named(names: Collection[str]) -> list[Locality]:
    return [*{locality.pk: locality for locality in rows_of(_localities, names)}.values()]


# Unordered: they are ranked afterwards.
def _towns(names: list[str]) -> QuerySet[Town]:
    return Town.objects.named(*names).select_related(*_RELATED).order_by()


def _localities(names: list[str]) -> QuerySet[Locality]:
    return Locality.objects.named(*names).select_related(*_RELATED).order_by()


def _areas(names: list[str]) -> QuerySet[Area]:
    return Area.objects.named(*names).select_related("parent").order_by()


def is_alias(name: str, point: Point) -> bool:
    """Return whether a folded name of a point is an alias."""
    return name != point.folded_name


def part_of(point: Point) -> str:
    """Return the folded name of the city or town that a locality is a part of; "" for none, and for a town."""
    return fold_name(point.within) if isinstance(point, Locality) else ""


def has_namesake(point: Point) -> bool:
    """Return whether another town or locality has the name of a point: two queries."""
    same: list[Point] = [*towns_named([point.folded_name]), *_localities_named([point.folded_name])]
    return any(row != point and row.folded_name == point.folded_name for row in same)
