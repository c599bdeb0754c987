"""QuerySets of places."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from common.change_signals import ChangeTrackedQuerySet, Row
from common.nations import Nation

from .choices import DISTRICT_KINDS, AreaKind

if TYPE_CHECKING:
    from .models import Area


class NamedQuerySet(ChangeTrackedQuerySet[Row]):
    """Towns, or localities."""

    def named(self, *folded_names: str) -> Self:
        """Return the rows with any of these names or aliases, folded by `fold_name`."""
        # Few rows have aliases, and the index finds those, so that no other row is scanned.
        has_alias = Q(folded_aliases__gt="") & _any_of("folded_aliases", folded_names)
        return self.filter(Q(folded_name__in=folded_names) | has_alias)


class AreaQuerySet(ChangeTrackedQuerySet[Row]):
    """Areas."""

    def nations(self) -> Self:
        return self.filter(kind=AreaKind.NATION)

    def districts(self) -> Self:
        return self.filter(kind__in=DISTRICT_KINDS)

    def informal(self) -> Self:
        return self.filter(kind=AreaKind.INFORMAL)

    def listed(self) -> Self:
        return self.filter(is_listed=True)

    def named(self, *folded_names: str) -> Self:
        """Return the areas with any of these names, folded by `fold_name`: English, Welsh or an alias."""
        return self.filter(_any_of("folded_names", folded_names))

    def ancestors_of(self, area: "Area") -> Self:
        """Return the official areas that an area lies in, the nation first and the area itself last."""
        return self.filter(gss_code__in=area.path.split("/")).order_by("path")

    def within(self, area: "Area") -> Self:
        """Return the descendants of an official area in the tree, without itself; none for an informal area."""
        return self.filter(path__startswith=f"{area.path}/") if area.path else self.none()

    def nations_of(self, areas: Iterable["Area"]) -> set[Nation]:
        """Return the nations of the given areas; one query if any is informal, for those of its districts."""
        areas = list(areas)
        codes = {area.gss_code for area in areas}
        if informal := {area.pk for area in areas if area.is_informal}:
            codes.update(self.filter(part_of__area__in=informal).values_list("gss_code", flat=True))
        return {nation for nation in map(Nation.of_code, codes) if nation}

    def holding(self, district_id: int, outward_code: str = "") -> Self:
        """Return the areas that a district, or the part of it with an outward code, is part of, itself included."""
        return self.filter(
            Q(parts__outward_code="") | Q(parts__outward_code=outward_code), parts__district_id=district_id
        ).distinct()


def _any_of(column: str, folded_names: Iterable[str]) -> Q:
    """Return the condition that a column of folded names (see `fold_names`) has any of these; never true for none."""
    return reduce(or_, (Q(**{f"{column}__contains": f"|{name}|"}) for name in folded_names), Q(pk__in=[]))
