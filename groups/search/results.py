"""What a search found, drawn and counted."""

from dataclasses import dataclass

from django.core.paginator import Page
from django.utils.safestring import SafeString

from common.rendering import render_component
from organisations.models import Organisation

from ..areas.nearby import OtherSupport
from ..shortlist import MOST, ShortlistLinks
from .facets import shown
from .query import Query
from .snapshot.snapshot import DirectorySnapshot


@dataclass(frozen=True)
class Results:
    """A page of what was found; beside it what serves the area, what meets online, and who goes by the words."""

    query: Query
    page: Page
    #: The groups of the page, in order, and their cards.
    keys: list[int]
    cards: list[SafeString]
    serving: list[SafeString]
    online: list[SafeString]
    other_support: OtherSupport
    organisations: list[Organisation]
    has_more_organisations: bool
    serving_total: int
    online_total: int
    counts: dict[str, dict[str, int]]
    choosing: ShortlistLinks
    directory: DirectorySnapshot

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def printable(self) -> int:
        """How many of all that was found a list can have: closed groups are not printed."""
        return sum(self.counts["joining"].get(way, 0) for way in self.query.open_ways)

    @property
    def fits_on_a_list(self) -> bool:
        return 1 < self.printable <= MOST and not self.choosing.chosen.is_full

    @property
    def has_map(self) -> bool:
        """Whether a map can show it: groups that meet somewhere, in answer to a question about some place."""
        is_of_a_place = self.query.searched_area is not None or self.query.point is not None
        return is_of_a_place and any(self.directory.index.record(pk).point for pk in self.keys)

    @property
    def map_has_ground(self) -> bool:
        """Whether its map shows where people live, which only postcodes can tell."""
        area = self.query.surrounding_area
        return area is None or area.has_postcodes

    @property
    def more_serving(self) -> str:
        """The address of the area's page with every group for a wider area; the list comes along."""
        asked = "&".join(filter(None, ["wider=all", self.choosing.chosen.query]))
        return f"{self.query.surrounding_area.get_absolute_url()}?{asked}#serving" if self.serving else ""

    @property
    def heading(self) -> str:
        """What was asked for, as the heading of the page."""
        query = self.query
        if query.area is not None:
            return f"Groups in {query.area.name}"
        if query.place is None:
            return "Find a group"
        return f"Groups {'in' if query.place.is_area else 'near'} {query.place.name}"

    @property
    def sentence(self) -> str:
        """How many were found, in words."""
        within = f" within {_miles(self.query.within)}" if self.query.point is not None else ""
        return f"{self.total or 'None'} listed{within}."

    @property
    def other_support_drawn(self) -> SafeString | str:
        """What else there is in the area, as every page of that area shows it; "" for nothing."""
        if not self.other_support:
            return ""
        area = self.query.surrounding_area
        return self.directory.cached(
            ("support drawn", area.pk),
            lambda: render_component("components/other_support.html", area=area, other=self.other_support),
        )

    @property
    def facets(self) -> list[SafeString]:
        """The choices that narrow this search, drawn, each answer with how many groups it would leave."""
        facets = shown(dict(self.query.choices), self.counts, self.directory.terms)
        return [facet.html for facet in facets if facet.options or facet.none]


def _miles(miles: int) -> str:
    return "1 mile" if miles == 1 else f"{miles} miles"
