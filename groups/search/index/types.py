"""The query and the result of the index."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from groups.choices import Joining

from .document import FACETS
from .geo_grid import Point
from .postings import Phrases

#: The default number of groups in a block beside the results, each of which links to the rest.
SIDEBAR_LIMIT = 3


@dataclass(frozen=True)
class IndexQuery:
    """A search as primary keys, words and numbers."""

    point: Point | None = None
    miles: float = 0.0
    area: int | None = None
    #: The area whose area-wide groups are listed beside the results.
    surrounding_area: int | None = None
    #: For each thing that was typed, the alternative phrases.
    words: tuple[Phrases, ...] = ()
    #: Words that were typed, and are not among `words` because no group has all of them.
    left_out: tuple[str, ...] = ()
    #: The words of a name: the groups that have all of them in theirs, or their organisation's, are found whatever else
    #: is asked for. Of the best match only.
    name: tuple[str, ...] = ()
    #: The keys of organisations whose name alone has all of those words: their groups are first.
    named_organisations: tuple[int, ...] = ()
    #: Facets in which groups that say nothing match too.
    unsaid: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    organisation: int | None = None
    sort: str = ""
    page: int = 1
    #: The most area-wide groups in the result.
    area_wide_limit: int = SIDEBAR_LIMIT
    #: The most groups farther away in the result, if fewer than that take new people within the distance.
    nearest_limit: int = 0
    #: The facets whose options are counted.
    counted: tuple[str, ...] = FACETS

    def is_short_of(self, joining: Mapping[str, int]) -> bool:
        """Return whether fewer than `nearest_limit` groups take new people, given how many there are by way to join."""
        ways = self.choices.get("joining") or joining
        return sum(joining.get(way, 0) for way in ways if way != Joining.CLOSED) < self.nearest_limit


class Section(IntEnum):
    """The sections of the best match, in order. A group belongs to the last that is true of it."""

    OPEN = 0
    FORMING = 1
    PAUSED = 2
    OVERDUE = 3
    CLOSED = 4
    #: Groups that do not say what was asked for.
    UNSAID = 5


class Match(NamedTuple):
    """A group in a result."""

    pk: int
    #: Where the search is of a point.
    miles: float | None
    #: When its next meeting that fits the search begins; None for an unknown one.
    begins: datetime.datetime | None
    #: None in an order that was chosen.
    section: Section | None


@dataclass(frozen=True)
class IndexResult:
    """One page of matches, the blocks beside them, and the facet counts."""

    total: int
    page: int
    #: The groups of the page in order, and how many of all pages are in each section.
    matches: tuple[Match, ...]
    section_totals: Mapping[Section, int]
    #: The first groups that serve the area, and the first that anybody can join from home, each with their total.
    area_wide: tuple[Match, ...]
    area_wide_total: int
    joinable_from_home: tuple[Match, ...]
    from_home_total: int
    #: Where few were found, the nearest farther away.
    nearest: tuple[Match, ...]
    #: For each facet that was to be counted, and each option, the number of groups it would leave.
    counts: dict[str, dict[str, int]]
    #: For each facet that was asked for, how many more groups say nothing of it.
    unsaid: dict[str, int]

    @property
    def all_matches(self) -> tuple[Match, ...]:
        """The groups of the page, of the blocks beside it, and farther away."""
        return (*self.matches, *self.area_wide, *self.joinable_from_home, *self.nearest)
