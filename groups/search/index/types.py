"""The query and the result of the index."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    organisation: int | None = None
    sort: str = ""
    page: int = 1
    #: The most area-wide groups in the result.
    area_wide_limit: int = SIDEBAR_LIMIT


@dataclass(frozen=True)
class IndexResult:
    """One page of matches, the blocks beside them, and the facet counts."""

    total: int
    page: int
    #: The groups of the page in order: key, and distance in miles or None.
    matches: tuple[tuple[int, float | None], ...]
    #: The first groups that serve the area, and the first that anybody can join from home, each with their total.
    area_wide: tuple[int, ...]
    area_wide_total: int
    joinable_from_home: tuple[int, ...]
    from_home_total: int
    #: For each facet and option, the number of groups it would leave.
    counts: dict[str, dict[str, int]]

    @property
    def keys(self) -> set[int]:
        """The keys of all groups in the result."""
        return {*(pk for pk, _ in self.matches), *self.area_wide, *self.joinable_from_home}
