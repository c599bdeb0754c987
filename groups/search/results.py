"""The results of a search, for templates."""

from dataclasses import dataclass

from django.core.paginator import Page
from django.utils.safestring import SafeString

from common.rendering import render_component
from organisations.models import Organisation

from ..areas.nearby import OtherSupport
from ..shortlist import MOST, ShortlistLinks
from .facets import shown_facets
from .query import Query
from .snapshot.snapshot import DirectorySnapshot


@dataclass(frozen=True)
class Results:
    """A page of results as rendered cards; beside it area-wide groups, groups online, and matching organisations."""

    query: Query
    page: Page
    #: The primary keys of the groups of the page, in order, and their cards.
    keys: list[int]
    cards: list[SafeString]
    area_wide: list[SafeString]
    online: list[SafeString]
    other_support: OtherSupport
    organisations: list[Organisation]
    has_more_organisations: bool
    area_wide_total: int
    online_total: int
    counts: dict[str, dict[str, int]]
    links: ShortlistLinks
    snapshot: DirectorySnapshot

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def printable(self) -> int:
        """The number of matches that may be on a shortlist: closed groups are not printed."""
        return sum(self.counts["joining"].get(way, 0) for way in self.query.open_ways)

    @property
    def fits_on_a_list(self) -> bool:
        return 1 < self.printable <= MOST and not self.links.shortlist.is_full

    @property
    def has_map(self) -> bool:
        """Whether there is a map: the search is of a place, and a group of the page has a point."""
        is_of_a_place = self.query.searched_area is not None or self.query.point is not None
        return is_of_a_place and any(self.snapshot.index.document(pk).point for pk in self.keys)

    @property
    def map_has_ground(self) -> bool:
        """Whether the map shows population density, which is computed from postcodes."""
        area = self.query.surrounding_area
        return area is None or area.has_postcodes

    @property
    def area_wide_url(self) -> str:
        """The address of the area's page with all area-wide groups, with the shortlist; "" if there are none."""
        parameters = "&".join(filter(None, ["wider=all", self.links.shortlist.query]))
        return f"{self.query.surrounding_area.get_absolute_url()}?{parameters}#serving" if self.area_wide else ""

    @property
    def heading(self) -> str:
        """The heading of the page."""
        query = self.query
        if query.area is not None:
            return f"Groups in {query.area.name}"
        if query.place is None:
            return "Find a group"
        return f"Groups {'in' if query.place.is_area else 'near'} {query.place.name}"

    @property
    def sentence(self) -> str:
        """The number of matches, in words."""
        within = f" within {_miles(self.query.within)}" if self.query.point is not None else ""
        return f"{self.total or 'None'} listed{within}."

    @property
    def other_support_html(self) -> SafeString | str:
        """The rendered block of other support in the area, cached in the snapshot; "" for none."""
        if not self.other_support:
            return ""
        area = self.query.surrounding_area
        return self.snapshot.cached(
            ("support html", area.pk),
            lambda: render_component("components/other_support.html", area=area, other=self.other_support),
        )

    @property
    def facets(self) -> list[SafeString]:
        """The rendered facets, each option with its count."""
        facets = shown_facets(dict(self.query.choices), self.counts, self.snapshot.terms)
        return [facet.html for facet in facets if facet.options or facet.none]


def _miles(miles: int) -> str:
    return "1 mile" if miles == 1 else f"{miles} miles"
