"""Template context for the page of an area."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from places.choices import AreaKind
from places.distance import distance_miles
from places.models import Area, AreaPart

from ..models import SupportGroup
from ..search.query import Query
from ..search.results import Results
from ..search.service import search
from ..search.snapshot.snapshot import current_snapshot
from ..shortlist import MOST_OF_AREA, ShortlistLinks
from .counts import AreaCount, area_counts
from .request import AreaRequest

#: How many area-wide groups the page shows at first, and at most when all are asked for.
FEW_AREA_WIDE, MOST_AREA_WIDE = 5, 60
#: How many areas near by the page lists, and within how many miles.
NEAR_BY = 6
NEAR_BY_MILES = 40
_FIRST_PAGE = AreaRequest()


@dataclass(frozen=True)
class CountedArea:
    """An area, with the number of its groups."""

    area: Area
    count: AreaCount


@dataclass(frozen=True)
class Region:
    """A region of England or another nation, with its areas that have groups."""

    area: Area
    count: AreaCount
    inside: list[CountedArea]

    @property
    def most(self) -> list[CountedArea]:
        """The three areas in which most groups meet, most first, and of equals informal ones first."""
        meeting = [counted for counted in self.inside if counted.count.meeting]
        meeting.sort(key=lambda counted: (-counted.count.meeting, not counted.area.is_informal, counted.area.name))
        return meeting[:3]


@dataclass(frozen=True)
class AreaPage:
    """An area with its groups, its ancestors, the areas inside it and those near by."""

    area: Area
    ancestors: list[Area]
    overlapping: list[CountedArea]
    children: list[CountedArea]
    results: Results
    near_by: list[CountedArea]
    shows_all_area_wide: bool = False

    @property
    def trail(self) -> list[tuple[str, str]]:
        """Breadcrumbs, from the top down, as (label, URL)."""
        return _breadcrumbs(self.ancestors)

    @property
    def map_address(self) -> str:
        """The URL of the map of this page of results."""
        number = self.results.page.number
        return reverse("groups:area_map", args=[self.area.slug], query={"page": number} if number > 1 else None)

    @property
    def map_view_address(self) -> str:
        """The URL of the page of that map, with the shortlist."""
        number, shortlist = self.results.page.number, self.results.links.shortlist.query
        parameters = {"area": self.area.slug, **({"page": number} if number > 1 else {})}
        address = reverse("groups:group_list_map", query=parameters)
        return f"{address}&{shortlist}" if shortlist else address

    @property
    def area_wide_url(self) -> str:
        """The URL of the page with all area-wide groups; "" on that page itself."""
        return "" if self.shows_all_area_wide else self.results.area_wide_url

    @property
    def is_printable(self) -> bool:
        """Whether all of its groups, with those that serve it, can be on one printed list."""
        return self.results.total + self.results.area_wide_total <= MOST_OF_AREA

    @property
    def children_with_groups(self) -> list[CountedArea]:
        return [child for child in self.children if child.count]

    @property
    def children_without_groups(self) -> list[CountedArea]:
        return [child for child in self.children if not child.count]


def area_page(area: Area, area_request: AreaRequest = _FIRST_PAGE) -> AreaPage:
    """Return the page of an area: a search without words, in a fixed number of queries.

    A page number past the end gives the last page.
    """
    shows_all = area_request.shows_all_area_wide
    results = search(
        Query(area=area, page=area_request.page),
        area_wide_limit=MOST_AREA_WIDE if shows_all else FEW_AREA_WIDE,
        links=ShortlistLinks(area_request.shortlist, area_request.query),
    )
    counts = area_counts(results.snapshot)
    districts = area.parts.values("district")
    overlapping = Area.objects.informal().listed().filter(parts__district__in=districts).exclude(pk=area.pk).distinct()
    children = Area.objects.filter(pk__in=districts) if area.is_informal else area.children.all()
    return AreaPage(
        area=area,
        ancestors=list(Area.objects.ancestors_of(area).exclude(pk=area.pk)),
        overlapping=_counted(overlapping, counts),
        children=_counted(children, counts),
        results=results,
        near_by=_near_by(area, counts),
        shows_all_area_wide=shows_all,
    )


def group_trail(group: SupportGroup) -> list[tuple[str, str]]:
    """Return the breadcrumbs of a group: its district, else the area it serves, below the ancestors of that."""
    return area_trail(group.district or next(iter(group.areas_served.all()), None))


def area_trail(area: Area | None) -> list[tuple[str, str]]:
    """Return the breadcrumbs of what is in an area: the area, below its ancestors."""
    # An informal area has no ancestors.
    return _breadcrumbs((list(Area.objects.ancestors_of(area)) or [area]) if area else [])


def regions_with_groups() -> list[Region]:
    """Return the regions of England and the other nations, each with its areas that have groups."""
    counts = area_counts(current_snapshot())
    areas = list(Area.objects.all())
    regions = [area for area in areas if area.kind == AreaKind.REGION]
    regions += [area for area in areas if area.kind == AreaKind.NATION and area.name != "England"]
    inside: dict[str, list[CountedArea]] = {region.gss_code: [] for region in regions if region.gss_code}
    lies_in = _region_of_informal(inside)
    for area in areas:
        above = area.path.split("/")[:-1]
        region = lies_in.get(area.pk) or next((code for code in above if code in inside), None)
        if region and counts.get(area.pk):
            inside[region].append(CountedArea(area, counts[area.pk]))
    return [Region(area, counts.get(area.pk, AreaCount()), inside[area.gss_code]) for area in regions if area.gss_code]


def _region_of_informal(regions: Collection[str]) -> dict[int, str]:
    """Return `{informal_area_pk: gss_code}`: the region that has most of its parts, as a few cross a border."""
    regions_of_parts: dict[int, Counter[Any]] = defaultdict(Counter[Any])
    parts = AreaPart.objects.filter(area__kind=AreaKind.INFORMAL, area__is_listed=True)
    for area, path in parts.values_list("area", "district__path"):
        regions_of_parts[area].update(code for code in path.split("/") if code in regions)
    return {area: codes.most_common(1)[0][0] for area, codes in regions_of_parts.items() if codes}


def _breadcrumbs(areas: Iterable[Area]) -> list[tuple[str, str]]:
    return [("Areas", reverse("groups:area_list"))] + [(area.name, area.get_absolute_url()) for area in areas]


def _counted(areas: Any, counts: dict[int, AreaCount]) -> list[CountedArea]:
    return [CountedArea(area, counts.get(area.pk, AreaCount())) for area in areas]


def _near_by(area: Area, counts: dict[int, AreaCount]) -> list[CountedArea]:
    """Return the nearest areas of the same kind that have groups, nearest first; none if the area has no point."""
    if area.latitude is None or area.longitude is None:
        return []
    others = Area.objects.districts() if area.kind != AreaKind.COUNTY else Area.objects.filter(kind=AreaKind.COUNTY)
    distances = {
        other: distance_miles(area.latitude, area.longitude, other.latitude, other.longitude)
        for other in others.exclude(pk=area.pk).exclude(latitude=None)
        if counts.get(other.pk) and other.latitude is not None and other.longitude is not None
    }
    nearest = sorted((other for other, miles in distances.items() if miles <= NEAR_BY_MILES), key=distances.__getitem__)
    return _counted(nearest[:NEAR_BY], counts)
