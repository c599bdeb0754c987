"""What an area's page is made of."""

import datetime
from dataclasses import dataclass

from django.core.paginator import Page
from django.urls import reverse

from organisations.paging import page_of
from places.distance import distance_miles
from places.models import Area

from .counts import AreaCount, area_counts
from .models import SupportGroup
from .offers import OtherSupport, online_groups, other_support, serving_groups

#: How many areas near by a page names.
NEAR_BY = 6


@dataclass(frozen=True)
class CountedArea:
    """An area, with what is listed for it."""

    area: Area
    count: AreaCount


@dataclass(frozen=True)
class AreaPage:
    """An area, what is inside it, what is listed for it, and what is near by."""

    area: Area
    ancestors: list[Area]
    overlapping: list[CountedArea]
    children: list[CountedArea]
    page: Page
    serving: list[SupportGroup]
    other_support: OtherSupport
    near_by: list[CountedArea]
    online: list[SupportGroup]

    @property
    def trail(self) -> list[tuple[str, str]]:
        """The areas it lies in, from the top down."""
        return [("Areas", reverse("groups:area_list"))] + [(one.name, one.get_absolute_url()) for one in self.ancestors]

    @property
    def children_with_groups(self) -> list[CountedArea]:
        return [child for child in self.children if child.count]

    @property
    def children_without_groups(self) -> list[CountedArea]:
        return [child for child in self.children if not child.count]


def area_page(area: Area, page_number: str | None, today: datetime.date) -> AreaPage:
    """Everything that an area's page shows on a day, in a fixed number of queries."""
    listed = SupportGroup.objects.listed(today)
    here = listed.located_in(area)
    page = page_of(here.likeliest_first(today).for_cards(), page_number)
    counts = area_counts(today)
    districts = area.parts.values("district")
    overlapping = Area.objects.informal().filter(parts__district__in=districts).exclude(pk=area.pk).distinct()
    children = Area.objects.filter(pk__in=districts) if area.is_informal else area.children.all()
    return AreaPage(
        area=area,
        ancestors=list(Area.objects.ancestors_of(area).exclude(pk=area.pk)),
        overlapping=_counted(overlapping, counts),
        children=_counted(children, counts),
        page=page,
        serving=serving_groups(area, listed, today, without=here.values("pk")),
        other_support=other_support(area, today),
        near_by=_near_by(area, counts),
        online=online_groups(listed, today),
    )


def group_trail(group: SupportGroup) -> list[tuple[str, str]]:
    """Where a group is, from the top down: its district and all that this lies in, or else the area it serves."""
    district = group.district
    served = list(group.areas_served.all())
    areas = list(Area.objects.ancestors_of(district)) if district else served[:1]
    return [("Areas", reverse("groups:area_list"))] + [(one.name, one.get_absolute_url()) for one in areas]


def areas_with_groups(today: datetime.date) -> list[CountedArea]:
    """The informal areas, counties and districts that have something listed, by name."""
    counts = area_counts(today)
    areas = Area.objects.filter(pk__in=counts).exclude(kind__in=["nation", "region"]).order_by("name")
    return [CountedArea(area, counts[area.pk]) for area in areas]


def _counted(areas, counts: dict[int, AreaCount]) -> list[CountedArea]:
    return [CountedArea(area, counts.get(area.pk, AreaCount())) for area in areas]


def _near_by(area: Area, counts: dict[int, AreaCount]) -> list[CountedArea]:
    """The nearest areas of the same kind where groups meet, nearest first; none for an area without a point."""
    if area.latitude is None:
        return []
    others = Area.objects.districts() if area.kind != "county" else Area.objects.filter(kind="county")
    met = [one for one in others.exclude(pk=area.pk) if one.latitude is not None and counts.get(one.pk)]
    met.sort(key=lambda one: distance_miles(area.latitude, area.longitude, one.latitude, one.longitude))
    return _counted(met[:NEAR_BY], counts)
