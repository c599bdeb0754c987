"""A question in the terms of the index, and its answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .geo_grid import Point
from .postings import Phrases

#: The most that a block beside the results holds, unless somebody asks for more: each leads to the rest.
SIDEBAR_LIMIT = 3


@dataclass(frozen=True)
class IndexQuery:
    """A question in the terms of the index: everything is a key, a word or a number."""

    point: Point | None = None
    miles: float = 0.0
    area: int | None = None
    #: The area whose programmes are worth telling of.
    surrounding_area: int | None = None
    #: For each thing that was typed the phrases that will do: itself, and what people also say.
    words: tuple[Phrases, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    organisation: int | None = None
    sort: str = ""
    page: int = 1
    #: The most groups for a wider area.
    most_serving: int = SIDEBAR_LIMIT


@dataclass(frozen=True)
class IndexResult:
    """What an index knows of a question: a page of keys, and how many of everything there are."""

    total: int
    page: int
    #: The page's groups in order, each with its distance in miles (None where there is none to say).
    found: tuple[tuple[int, float | None], ...]
    #: The first few of those that serve the area, and of those that anybody can join from home; and how many there are.
    serving: tuple[int, ...]
    serving_total: int
    joinable_from_home: tuple[int, ...]
    from_home_total: int
    #: For each facet, how many groups each of its options would leave.
    counts: dict[str, dict[str, int]]

    @property
    def keys(self) -> set[int]:
        """Every group that is about to be shown."""
        return {*(pk for pk, _ in self.found), *self.serving, *self.joinable_from_home}
