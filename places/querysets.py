"""Words for asking about places."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q

from common.change_signals import ChangeTrackedQuerySet
from common.nations import Nation

from .choices import DISTRICT_KINDS, AreaKind


class TownQuerySet(ChangeTrackedQuerySet):
    """Towns, chosen in English."""

    def named(self, *folded_names: str):
        """Towns of any of these names, folded by `fold_name`, or that are meant by one of them first."""
        # Few towns have other names, and the index finds those, so that no other town is read.
        has_other_name = Q(folded_aliases__gt="") & _any_of("folded_aliases", folded_names)
        return self.filter(Q(folded_name__in=folded_names) | has_other_name)


class AreaQuerySet(ChangeTrackedQuerySet):
    """Areas, chosen in English."""

    def nations(self):
        return self.filter(kind=AreaKind.NATION)

    def districts(self):
        return self.filter(kind__in=DISTRICT_KINDS)

    def informal(self):
        return self.filter(kind=AreaKind.INFORMAL)

    def named(self, *folded_names: str):
        """Areas that go by any of these names, folded by `fold_name`, in English, Welsh or any other way."""
        return self.filter(_any_of("folded_names", folded_names))

    def ancestors_of(self, area):
        """The official areas that an area lies in, the nation first and the area itself last."""
        return self.filter(gss_code__in=area.path.split("/")).order_by("path")

    def within(self, area):
        """The official areas that lie in an official area, at any depth; not the area itself."""
        return self.filter(path__startswith=f"{area.path}/") if area.path else self.none()

    def nations_of(self, areas: Iterable) -> set[Nation]:
        """Return the nations that the given areas lie in; of an informal area those of its districts, by one query."""
        areas = list(areas)
        codes = {area.gss_code for area in areas}
        if informal := {area.pk for area in areas if area.is_informal}:
            codes.update(self.filter(part_of__area__in=informal).values_list("gss_code", flat=True))
        return {nation for nation in map(Nation.of_code, codes) if nation}

    def holding(self, district_id: int, outward_code: str = ""):
        """Every area that a district, or the part of it with an outward code, is in: itself, its county, East Kent."""
        return self.filter(
            Q(parts__outward_code="") | Q(parts__outward_code=outward_code), parts__district_id=district_id
        ).distinct()


def _any_of(column: str, folded_names: Iterable[str]) -> Q:
    """Whether a column of names between bars holds one of these; with none to look for, nothing does."""
    return reduce(or_, (Q(**{f"{column}__contains": f"|{name}|"}) for name in folded_names), Q(pk__in=[]))
