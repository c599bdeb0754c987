"""What a search found."""

from dataclasses import dataclass

from django.core.paginator import Page

from organisations.models import Organisation

from ..models import SupportGroup
from ..offers import OtherSupport
from .query import Query


@dataclass(frozen=True)
class Row:
    """A group that was found, and how far away it is, in words ("" where that cannot be said)."""

    group: SupportGroup
    distance: str = ""


@dataclass(frozen=True)
class Results:
    """A page of what was found; beside it what serves the whole area, what meets online, and who goes by the words."""

    query: Query
    page: Page
    serving: list[SupportGroup]
    online: list[SupportGroup]
    other_support: OtherSupport
    organisations: list[Organisation]

    @property
    def total(self) -> int:
        return self.page.paginator.count

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
    def rows(self) -> list[Row]:
        return list(self.page.object_list)


def _miles(miles: int) -> str:
    return "1 mile" if miles == 1 else f"{miles} miles"
