"""The query string of the pages of an area."""

from dataclasses import dataclass
from typing import Self

from django.http import QueryDict

from common.pagination import parse_page_number

from ..shortlist import NOTHING, Shortlist


@dataclass(frozen=True)
class AreaRequest:
    """The requested page of the groups of an area, with the visitor's shortlist."""

    page: int = 1
    shortlist: Shortlist = NOTHING
    #: Whether every area-wide group is shown.
    shows_all_area_wide: bool = False
    #: Whether all groups are to be put on the shortlist.
    adds_all: bool = False

    @classmethod
    def read(cls, parameters: QueryDict) -> Self:
        """Parse a query string. An invalid page number is the first page."""
        return cls(
            page=parse_page_number(parameters.get("page")),
            shortlist=Shortlist.of(parameters),
            shows_all_area_wide=parameters.get("wider") == "all",
            adds_all=parameters.get("add") == "all",
        )

    @property
    def query(self) -> str:
        """The parameters without the shortlist, encoded."""
        parameters = [f"page={self.page}"] if self.page > 1 else []
        return "&".join([*parameters, *(["wider=all"] if self.shows_all_area_wide else [])])


def read_week(parameters: QueryDict) -> int:
    """Return the number of a week from a query string: 1 is the one that starts today, also for an invalid one."""
    return parse_page_number(parameters.get("week"))
