"""What somebody asks of the directory, cleaned."""

from dataclasses import dataclass

from places.location.results import LocatedPlace
from places.models import Area

from ..choices import Joining

#: The distances that can be chosen, in miles, and the one that is meant when nobody chooses.
MILES = (1, 3, 5, 10, 15, 25, 50)
DEFAULT_MILES = 10


@dataclass(frozen=True)
class Query:
    """One search: every part may be empty, and an empty one asks for nothing."""

    place: LocatedPlace | None = None
    area: Area | None = None
    within: int = DEFAULT_MILES
    words: tuple[str, ...] = ()
    #: Words of which a group must have any, for a search whose words show danger; and whether they stand for `words`.
    related: tuple[str, ...] = ()
    only_related: bool = False
    #: What was chosen of each facet: (("focus", ("talking",)), ("day", ("monday", "friday"))).
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    #: The key of the one organisation whose groups are asked for.
    organisation: int | None = None
    sort: str = ""
    page: int = 1

    @property
    def point(self) -> tuple[float, float] | None:
        """Where distances are measured from, in degrees; None when the place is an area, or none was asked for."""
        if self.place is None or self.place.is_area:
            return None
        return self.place.latitude, self.place.longitude

    @property
    def searched_area(self) -> Area | None:
        """The area that is searched whole, if one is."""
        if self.area is not None:
            return self.area
        return self.place.area if self.place is not None and self.place.is_area else None

    @property
    def surrounding_area(self) -> Area | None:
        """The area whose programmes and roles are worth telling of: the one searched, or that of the place."""
        if self.searched_area is not None:
            return self.searched_area
        return self.place.area if self.place is not None else None

    @property
    def open_ways(self) -> tuple[str, ...]:
        """The ways to join that are asked for, without closed groups: nobody wants those on a list."""
        return tuple(way for way in self.chosen("joining") or Joining.values if way != Joining.CLOSED)

    def chosen(self, facet: str) -> tuple[str, ...]:
        """What was chosen of a facet."""
        return dict(self.choices).get(facet, ())
