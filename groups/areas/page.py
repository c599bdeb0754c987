"""Template context for the page of an area."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.safestring import SafeString

from common.bounded_cache import CACHE
from common.cached_urls import cached_reverse, reverse_slug
from common.models import related_rows
from common.rendering import render_jinja
from places.models import Area

from ..models import SupportGroup
from ..search.query import Query
from ..search.results import Results
from ..search.service import search
from ..search.snapshot.area_table import AreaRow
from ..search.snapshot.hot_queries import state_of_request
from ..search.snapshot.snapshot import DirectorySnapshot, current_snapshot
from ..shortlist import MOST_OF_AREA, ShortlistLinks
from ..structured_data import GroupsOnPage
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

    area: AreaRow
    count: AreaCount


@dataclass(frozen=True)
class Region:
    """A region of England or another nation, with its areas that have groups."""

    area: AreaRow
    count: AreaCount
    inside: list[CountedArea]

    @cached_property
    def heading(self) -> SafeString:
        """The rendered component for the home page. A snapshot caches this object."""
        return self._cached("components/region.jinja", [CountedArea(self.area, self.count), *self.most], heading="h3")

    @cached_property
    def fold(self) -> SafeString:
        """The rendered component for the page of all areas."""
        return self._cached("components/region_fold.jinja", [CountedArea(self.area, self.count), *self.inside])

    def _cached(self, template: str, shown: Iterable[CountedArea], **inputs: str) -> SafeString:
        """Return a component that shows areas with their counts, cached while these are the same."""
        key = ("region", template, *shown)
        region: SafeString = CACHE.get_or_make(key, lambda: render_jinja(template, region=self, **inputs))
        return region

    @property
    def most(self) -> list[CountedArea]:
        """The three areas in which most groups meet, most first, and of equals informal ones first."""
        meeting = [counted for counted in self.inside if counted.count.meeting]
        meeting.sort(key=lambda counted: (-counted.count.meeting, not counted.area.is_informal, counted.area.name))
        return meeting[:3]


@dataclass(frozen=True)
class AllAreas:
    """The regions of England and the other nations, each with its areas that have groups; and the informal areas."""

    regions: list[Region]
    informal: list[AreaRow]

    @property
    def size(self) -> int:
        """Roughly its bytes in memory. The rows of areas are those of the snapshot."""
        return 200 * sum(len(region.inside) + 1 for region in self.regions) + 8 * len(self.informal)


@dataclass(frozen=True)
class AreaPage:
    """An area with its groups, its ancestors, the areas inside it and those near by."""

    area: Area
    ancestors: list[AreaRow]
    overlapping: list[CountedArea]
    children: list[CountedArea]
    results: Results
    near_by: list[CountedArea]
    shows_all_area_wide: bool = False

    @property
    def trail(self) -> list[tuple[str, str]]:
        """Breadcrumbs, from the top down, as (label, URL)."""
        return breadcrumbs(self.ancestors)

    @property
    def groups(self) -> GroupsOnPage:
        """The groups that meet there and are on this page, for structured data."""
        paths = [str(card.html.url) for card in self.results.cards]
        return GroupsOnPage(paths, self.results.page.start_index(), self.results.total)

    @property
    def map_url(self) -> str:
        """The URL of the map of this page of results."""
        number = self.results.page.number
        url = reverse_slug("groups:area_map", self.area.slug)
        return f"{url}?page={number}" if number > 1 else url

    @property
    def map_page_url(self) -> str:
        """The URL of the page of that map, with the shortlist."""
        number, shortlist = self.results.page.number, self.results.links.shortlist.query
        parameters = {"area": self.area.slug, **({"page": number} if number > 1 else {})}
        url = f"{cached_reverse('groups:group_list_map')}?{urlencode(parameters)}"
        return f"{url}&{shortlist}" if shortlist else url

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
        # The page needs only the counts of how many can be printed.
        counted=("joining",),
    )
    snapshot = results.snapshot
    areas, counts = snapshot.lookups.areas, area_counts(snapshot)
    return AreaPage(
        area=area,
        ancestors=[above for above in areas.lineage(area.pk) if above.pk != area.pk],
        overlapping=_counted(areas.overlapping(area.pk), counts),
        children=_counted(areas.children(area.pk), counts),
        results=results,
        near_by=_counted(areas.nearest(area.pk, counts.keys(), NEAR_BY_MILES, NEAR_BY), counts),
        shows_all_area_wide=shows_all,
    )


def group_trail(group: SupportGroup, snapshot: DirectorySnapshot) -> list[tuple[str, str]]:
    """Return the breadcrumbs of a group: its district, else the area it serves, below the ancestors of that."""
    return area_trail(group.district or next(iter(related_rows(group, "areas_served")), None), snapshot)


def area_trail(area: Area | None, snapshot: DirectorySnapshot) -> list[tuple[str, str]]:
    """Return the breadcrumbs of what is in an area: the area, below its ancestors."""
    return breadcrumbs(snapshot.lookups.areas.lineage(area.pk) if area else [])


def all_areas() -> AllAreas:
    """Return the areas that have groups, by region, and the informal ones.

    From the cache of the process while no group has come to be counted, or not, in any area: then an edit of a text has
    nothing brought up to date.
    """
    state = state_of_request()
    key = "all areas", state.counts, state.places, timezone.localdate()
    # A database without triggers has no versions.
    areas: AllAreas | None = CACHE.get(key) if state.counts and state.places else None
    if areas is None:
        snapshot = current_snapshot()
        areas = AllAreas(_regions(snapshot), snapshot.lookups.areas.informal())
        if snapshot.is_current and state.counts and state.places:
            CACHE.put(key, areas, areas.size)
    return areas


def _regions(snapshot: DirectorySnapshot) -> list[Region]:
    """Return the regions, cached until a count changes: then those in which none has changed are the same objects."""
    counts, regions = area_counts(snapshot), snapshot.lookups.areas.regions

    def region(area: AreaRow, inside: list[AreaRow]) -> Region:
        counted = [CountedArea(each, counts[each.pk]) for each in inside if each.pk in counts]
        return Region(area, counts.get(area.pk, AreaCount()), counted)

    def patch(before: list[Region], changed: frozenset[int]) -> list[Region]:
        return [
            was if changed.isdisjoint([area.pk, *(each.pk for each in inside)]) else region(area, inside)
            for was, (area, inside) in zip(before, regions, strict=True)
        ]

    made: list[Region] = snapshot.of_counts.get(
        ("regions",), lambda: [region(area, inside) for area, inside in regions], patch
    )
    return made


def breadcrumbs(areas: Iterable[AreaRow]) -> list[tuple[str, str]]:
    """Return the page of all areas, and then each of these areas, as (label, URL)."""
    return [("Areas", cached_reverse("groups:area_list")), *((area.name, area.url) for area in areas)]


def _counted(areas: Iterable[AreaRow], counts: dict[int, AreaCount]) -> list[CountedArea]:
    return [CountedArea(area, counts.get(area.pk, AreaCount())) for area in areas]
