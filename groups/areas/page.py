"""What an area's page is made of."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse

from common.pagination import parse_page_number
from places.choices import AreaKind
from places.distance import distance_miles
from places.models import Area, AreaPart

from ..models import SupportGroup
from ..search.query import Query
from ..search.results import Results
from ..search.service import search
from ..search.snapshot.snapshot import directory
from ..shortlist import NOTHING, Shortlist, ShortlistLinks
from .counts import AreaCount, area_counts

#: How many groups for all of it an area's page shows to begin with, and the most that it shows to who asks for all.
FEW_SERVING, MOST_SERVING = 5, 60
#: How many areas near by a page names, and how far away the farthest may be, in miles.
NEAR_BY = 6
NEAR_BY_MILES = 40


@dataclass(frozen=True)
class CountedArea:
    """An area, with what is listed for it."""

    area: Area
    count: AreaCount


@dataclass(frozen=True)
class Region:
    """A region of England or another nation, and the areas in it where something is listed."""

    area: Area
    count: AreaCount
    inside: list[CountedArea]

    @property
    def most(self) -> list[CountedArea]:
        """The few areas in it where most is listed; among equals the informal ones, whose names people say."""
        ranked = sorted(self.inside, key=lambda one: (-one.count.size, not one.area.is_informal, one.area.name))
        return sorted(ranked[:4], key=lambda one: one.area.name)


@dataclass(frozen=True)
class AreaPage:
    """An area, what is inside it, what is listed for it, and what is near by."""

    area: Area
    ancestors: list[Area]
    overlapping: list[CountedArea]
    children: list[CountedArea]
    results: Results
    near_by: list[CountedArea]
    shows_all_serving: bool = False

    @property
    def trail(self) -> list[tuple[str, str]]:
        """The areas it lies in, from the top down."""
        return [("Areas", reverse("groups:area_list"))] + [(one.name, one.get_absolute_url()) for one in self.ancestors]

    @property
    def map_address(self) -> str:
        """The address of the map of this page of it."""
        number = self.results.page.number
        return reverse("groups:area_map", args=[self.area.slug], query={"page": number} if number > 1 else None)

    @property
    def more_serving(self) -> str:
        """The address of the same page with every group for all of the area; "" for that page itself."""
        return "" if self.shows_all_serving else self.results.more_serving

    @property
    def children_with_groups(self) -> list[CountedArea]:
        return [child for child in self.children if child.count]

    @property
    def children_without_groups(self) -> list[CountedArea]:
        return [child for child in self.children if not child.count]


def area_page(
    area: Area, page_number: str | None, chosen: Shortlist = NOTHING, shows_all_serving: bool = False
) -> AreaPage:
    """Everything that an area's page shows, in a fixed number of queries: it is a search for all that is there."""
    results = results_of_area(area, page_number, chosen, shows_all_serving)
    counts = area_counts(results.directory)
    districts = area.parts.values("district")
    overlapping = Area.objects.informal().filter(parts__district__in=districts).exclude(pk=area.pk).distinct()
    children = Area.objects.filter(pk__in=districts) if area.is_informal else area.children.all()
    return AreaPage(
        area=area,
        ancestors=list(Area.objects.ancestors_of(area).exclude(pk=area.pk)),
        overlapping=_counted(overlapping, counts),
        children=_counted(children, counts),
        results=results,
        near_by=_near_by(area, counts),
        shows_all_serving=shows_all_serving,
    )


def results_of_area(
    area: Area, page_number: str | None, chosen: Shortlist = NOTHING, shows_all_serving: bool = False
) -> Results:
    """A page of what is listed for an area."""
    # Past the end is the last page.
    page = parse_page_number(page_number)
    asked = [f"page={page}"] if page > 1 else []
    asked += ["wider=all"] if shows_all_serving else []
    most_serving = MOST_SERVING if shows_all_serving else FEW_SERVING
    choosing = ShortlistLinks(chosen, "&".join(asked))
    return search(Query(area=area, page=page), heading="h3", most_serving=most_serving, choosing=choosing)


def group_trail(group: SupportGroup) -> list[tuple[str, str]]:
    """Where a group is, from the top down: its district, or else the area it serves, and all that this lies in."""
    area = group.district or next(iter(group.areas_served.all()), None)
    # An informal area lies in none.
    areas = (list(Area.objects.ancestors_of(area)) or [area]) if area else []
    return [("Areas", reverse("groups:area_list"))] + [(one.name, one.get_absolute_url()) for one in areas]


def regions_with_groups() -> list[Region]:
    """The regions of England and the other nations, each with the areas in it where something is listed."""
    counts = area_counts(directory())
    areas = list(Area.objects.all())
    regions = [area for area in areas if area.kind == AreaKind.REGION]
    regions += [area for area in areas if area.kind == AreaKind.NATION and area.name != "England"]
    inside: dict[str, list[CountedArea]] = {region.gss_code: [] for region in regions}
    lies_in = _region_of_informal(inside)
    for area in areas:
        above = area.path.split("/")[:-1]
        region = lies_in.get(area.pk) or next((code for code in above if code in inside), None)
        if region and counts.get(area.pk):
            inside[region].append(CountedArea(area, counts[area.pk]))
    return [Region(area, counts.get(area.pk, AreaCount()), inside[area.gss_code]) for area in regions]


def _region_of_informal(regions: Collection[str]) -> dict[int, str]:
    """For each informal area the code of the region that most of its parts lie in: a few cross a border."""
    found: dict[int, Counter] = defaultdict(Counter)
    parts = AreaPart.objects.filter(area__kind=AreaKind.INFORMAL)
    for area, path in parts.values_list("area", "district__path"):
        found[area].update(code for code in path.split("/") if code in regions)
    return {area: codes.most_common(1)[0][0] for area, codes in found.items() if codes}


def _counted(areas, counts: dict[int, AreaCount]) -> list[CountedArea]:
    return [CountedArea(area, counts.get(area.pk, AreaCount())) for area in areas]


def _near_by(area: Area, counts: dict[int, AreaCount]) -> list[CountedArea]:
    """The nearest areas of the same kind where groups meet, nearest first; none for an area without a point."""
    if area.latitude is None:
        return []
    others = Area.objects.districts() if area.kind != AreaKind.COUNTY else Area.objects.filter(kind=AreaKind.COUNTY)
    far = {
        one: distance_miles(area.latitude, area.longitude, one.latitude, one.longitude)
        for one in others.exclude(pk=area.pk).exclude(latitude=None)
        if counts.get(one.pk)
    }
    near = sorted((one for one, miles in far.items() if miles <= NEAR_BY_MILES), key=far.get)
    return _counted(near[:NEAR_BY], counts)
