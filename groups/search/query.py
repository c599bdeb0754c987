"""The cleaned query of a search."""

from dataclasses import dataclass

from common.text import fold
from places.location.results import LocatedPlace
from places.models import Area

from ..choices import Joining
from .synonyms import site_vocabulary

#: The distances that can be chosen, in miles, and the default.
MILES = (1, 3, 5, 10, 15, 25, 50)
DEFAULT_MILES = 10

#: The most words that go before "groups" in a heading.
_FEW_WORDS = 3


def miles_in_words(miles: int) -> str:
    """Return a whole number of miles: "1 mile", "10 miles"."""
    return "1 mile" if miles == 1 else f"{miles} miles"


@dataclass(frozen=True)
class Query:
    """One search in the terms of the site. An empty part does not filter."""

    place: LocatedPlace | None = None
    area: Area | None = None
    #: A place was typed that is not known: no group is near it.
    place_is_unknown: bool = False
    within: int = DEFAULT_MILES
    #: The folded words to look for, and as pages show them; "" for words of danger, which no page repeats.
    words: tuple[str, ...] = ()
    shown_words: str = ""
    #: Whether the words are what is known of a long text: they follow each other by chance, so no heading has them.
    is_of_long_text: bool = False
    #: The words of a name: a listing that has all of them in its own or its organisation's is found whatever else.
    name: tuple[str, ...] = ()
    #: For words of danger: words of which a group must have one, too. Where no group has both, `words` are left out.
    related: tuple[str, ...] = ()
    #: The chosen options of each facet: (("focus", ("talking",)), ("day", ("monday", "friday"))).
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    #: The facets in which groups that say nothing match too.
    unsaid: tuple[str, ...] = ()
    #: The primary key of the organisation that runs the groups.
    organisation: int | None = None
    sort: str = ""
    page: int = 1

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude that distances are measured from; None without a place, or if it is an area."""
        return None if self.place is None or self.place.is_area else self.place.point

    @property
    def searched_area(self) -> Area | None:
        """The area that is searched as a whole, or None."""
        if self.area is not None:
            return self.area
        return self.place.area if self.place is not None and self.place.is_area else None

    @property
    def surrounding_area(self) -> Area | None:
        """The area whose area-wide groups and roles are shown: the one searched, or that of the place."""
        if self.searched_area is not None:
            return self.searched_area
        return self.place.area if self.place is not None else None

    @property
    def where(self) -> str:
        """The place searched: "near Margate, Thanet", "in Kent"; "" for everywhere."""
        if self.area is not None:
            return f"in {self.area.name}"
        return self.place.where if self.place is not None else ""

    @property
    def title(self) -> str:
        """The title of a page of results. It names the place alone, and which of its name it is (ADR 24)."""
        return f"Groups {self.where}" if self.where else "Find a group"

    @property
    def title_of_none(self) -> str:
        """The title of a page without results. It names the place alone, too."""
        return " ".join(filter(None, ["No groups found", self.where]))

    @property
    def heading(self) -> str:
        """The heading of a results page: "Art groups near Margate, Thanet"."""
        if not self.shown_words or self.is_of_long_text:
            return self.title
        before, after = self._around_groups
        heading = " ".join(filter(None, [before, "groups", after, self.where]))
        return f"{heading[0].upper()}{heading[1:]}"

    @property
    def heading_of_none(self) -> str:
        """The heading of a page without results: "No art groups found near Margate, Thanet"."""
        before, after = self._around_groups
        return " ".join(filter(None, ["No", before, "groups found", after, self.where]))

    @property
    def _around_groups(self) -> tuple[str, str]:
        """What stands before and after "groups" in a heading. Sentences are no adjective: "cant sleep", "wife died"."""
        vocabulary = site_vocabulary()
        words = [vocabulary.as_written(word) for word in self.shown_words.split()]
        if not words or self.is_of_long_text:
            return "", ""
        shown = " ".join(words)
        phrases = vocabulary.split([fold(word) for word in words])
        is_sentence = any(vocabulary.is_sentence(phrase) for phrase in phrases)
        if len(words) > _FEW_WORDS or is_sentence:
            return "", f"for “{shown.removeprefix('for ')}”"
        return shown.removesuffix(" group").removesuffix(" groups"), ""

    @property
    def open_ways(self) -> tuple[str, ...]:
        """The chosen ways to join (all, if none is) but closed: closed groups are not on shortlists."""
        return tuple(way for way in self.chosen("joining") or Joining.values if way != Joining.CLOSED)

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Return the chosen options of a facet."""
        return dict(self.choices).get(facet, ())
