"""What a search finds, for templates."""

import datetime
from dataclasses import dataclass, replace
from functools import cached_property

from django.core.paginator import Page, Paginator

from common.cache_dependencies import CacheDependencies
from common.models.content_version import SITE
from common.text import fold
from organisations.models import Organisation

from ..areas.other_support import RenderedSupport
from ..cards import GroupCard
from ..shortlist import MOST, ShortlistLinks
from .facets import FACETS_BY_NAME, ShownFacet, facet_answers, shown_facets
from .index.index import PER_PAGE
from .index.places import Places
from .index.types import IndexQuery, IndexResult, Section
from .query import Query, miles_in_words
from .snapshot.snapshot import DirectorySnapshot
from .wanted import Wanted, wanted_phrases

#: The fewest open groups that are enough of a choice.
FEW = 3


@dataclass(frozen=True)
class Matches:
    """The keys of the groups of one page, with the query, the index query and the index result."""

    query: Query
    indexed: IndexQuery
    found: IndexResult
    snapshot: DirectorySnapshot
    now: datetime.datetime

    @cached_property
    def page(self) -> Page[int]:
        return Paginator(range(self.found.total), PER_PAGE).page(self.found.page)

    @property
    def has_map(self) -> bool:
        """Whether there is a map: the search is of a place, and a group of the page has a point."""
        is_of_a_place = self.query.searched_area is not None or self.query.point is not None
        return is_of_a_place and any(self.snapshot.index[match.pk].point for match in self.found.matches)

    @property
    def places(self) -> Places | None:
        """Where the groups of all pages are, as far as that is public.

        None while a newer snapshot is being made: each of these cannot be asked whether it may still be shown.
        """
        return self.snapshot.index.places(self.indexed, self.now) if self.snapshot.is_current else None

    @property
    def wanted(self) -> list[Wanted]:
        """The typed text of each item searched for, with its phrases of the index."""
        return wanted_phrases(self.query.words, self.snapshot.vocabulary)

    def dependencies(self, organisations: frozenset[int] = frozenset()) -> CacheDependencies | None:
        """Return what a page of these groups, and of some organisations, depends on; None while the snapshot is stale.

        Any group may be among the counts and the order, so it depends on the version of the whole site.
        """
        if not self.snapshot.is_current:
            return None
        groups = {match.pk: self.snapshot.index.has("is_hidden", match.pk) for match in self.found.all_matches}
        # Groups are in the order of their next meetings.
        until = self.snapshot.index.next_beginning(self.now)
        return CacheDependencies((SITE,), groups, organisations=organisations, until=until)

    def count(self, indexed: IndexQuery) -> int:
        """Return how many groups another query of the index matches."""
        return self.snapshot.index.total(indexed, self.now)


#: The headings of the sections; the first has none.
_HEADINGS = {
    Section.FORMING: "Being set up",
    Section.PAUSED: "On a break",
    Section.OVERDUE: "Not checked for over nine months",
    Section.CLOSED: "Closed",
    Section.UNSAID: "These do not say",
}
#: What stands after the number of groups, of an order that was chosen.
_ORDERS = {"nearest": ", nearest first", "soonest": ", soonest first", "name": ", from A to Z"}


@dataclass(frozen=True)
class CardSection:
    """The cards of one page in one section of the best match; all of the page, for None, in an order that was chosen.

    `total` is how many groups of all pages are in the section, and `start` the number of its first card.
    """

    section: Section | None
    total: int
    start: int
    cards: list[GroupCard]
    #: Of groups that are in none.
    title: str = ""

    @property
    def heading(self) -> str:
        """The section with its number of groups; "" for open and running groups, and in an order that was chosen."""
        if self.title:
            return f"{self.title} ({self.total})"
        name = _HEADINGS.get(self.section) if self.section is not None else None
        return f"{name} ({self.total})" if name else ""

    @property
    def is_brief(self) -> bool:
        """Whether a card says only where a group is and when it is back."""
        return self.section == Section.PAUSED


@dataclass(frozen=True)
class Results:
    """A page of results: cards, and beside them area-wide groups, groups online, other support and organisations."""

    matches: Matches
    sections: list[CardSection]
    area_wide: list[GroupCard]
    online: list[GroupCard]
    #: Farther away, where few were found.
    nearest: list[GroupCard]
    #: Empty where no area is searched, or there is none.
    other_support: RenderedSupport
    #: The organisations of the name that was typed, and those that the words fit otherwise.
    named_organisations: list[Organisation]
    organisations: list[Organisation]
    has_more_organisations: bool
    links: ShortlistLinks

    @property
    def query(self) -> Query:
        return self.matches.query

    @property
    def snapshot(self) -> DirectorySnapshot:
        return self.matches.snapshot

    @property
    def cards(self) -> list[GroupCard]:
        """The cards of the page, in order."""
        return [card for section in self.sections for card in section.cards]

    @property
    def has_wider_section(self) -> bool:
        """Whether the groups for a wider area are a section of the list: few others match."""
        return bool(self.area_wide) and self.are_few

    @cached_property
    def shown_sections(self) -> list[CardSection]:
        """The sections of the list, with one of groups for a wider area where few others match."""
        if not self.has_wider_section:
            return self.sections
        start = self.page.start_index() + len(self.cards)
        return [*self.sections, CardSection(None, self.area_wide_total, start, self.area_wide, "For a wider area")]

    @property
    def keys(self) -> list[int]:
        """The primary keys of the groups of the page, in order."""
        return [match.pk for match in self.matches.found.matches]

    @property
    def page(self) -> Page:
        return self.matches.page

    @property
    def total(self) -> int:
        return self.matches.found.total

    @property
    def area_wide_total(self) -> int:
        return self.matches.found.area_wide_total

    @property
    def online_total(self) -> int:
        return self.matches.found.from_home_total

    @cached_property
    def counts(self) -> dict[str, dict[str, int]]:
        """For each facet and option, the number of groups it would leave; anywhere, where the place is unknown."""
        matches = self.matches
        if not self.query.place_is_unknown:
            return matches.found.counts
        # That no group is near an unknown place says nothing of the answers.
        return self.snapshot.index.search(replace(matches.indexed, area=None), matches.now).counts

    @cached_property
    def printable(self) -> int:
        """The number of matches that may be on a shortlist: closed groups are not printed."""
        return sum(self.matches.found.counts["joining"].get(way, 0) for way in self.query.open_ways)

    @property
    def unsaid(self) -> list[tuple[str, str, int]]:
        """(facet, its label, number of groups more) of what was asked for, of which groups that may fit say nothing."""
        return [(facet, FACETS_BY_NAME[facet].label, count) for facet, count in self.matches.found.unsaid.items()]

    @cached_property
    def are_few(self) -> bool:
        """Whether so few open groups match that the page suggests how to find more."""
        return self.printable < FEW and not self.query.place_is_unknown

    @property
    def fits_on_a_list(self) -> bool:
        return 1 < self.printable <= MOST and not self.links.shortlist.is_full

    @property
    def print_words(self) -> str:
        """What printing the matches is called, with the number that is printed; "" where there is nothing to print."""
        if self.printable > MOST:
            return f"Print the first {MOST}"
        if self.printable < self.total:
            are = "is" if self.printable == 1 else "are"
            return f"Print the {self.printable} that {are} open" if self.printable else ""
        return f"Print these {self.total}" if self.total > 1 else "Print it"

    @property
    def has_map(self) -> bool:
        return self.matches.has_map

    @property
    def area_wide_url(self) -> str:
        """The address of the area's page with all area-wide groups, with the shortlist; "" if there are none."""
        parameters = "&".join(filter(None, ["wider=all", self.links.shortlist.query]))
        area = self.query.surrounding_area
        return f"{area.get_absolute_url()}?{parameters}#serving" if area and self.area_wide else ""

    @property
    def left_out(self) -> str:
        """The words that were dropped since no group has all: "“only”"; "" for none."""
        words = self.matches.indexed.left_out if self.query.shown_words else ()
        return ", ".join(f"“{word}”" for word in words)

    @property
    def is_empty(self) -> bool:
        """Whether the heading says that nothing was found. Danger and an unknown place have their own words."""
        return not (self.shown_sections or self.query.related or self.query.place_is_unknown)

    @property
    def title(self) -> str:
        return self.query.title_of_none if self.is_empty else self.query.title

    @property
    def heading(self) -> str:
        """The heading of the page: without the words that were dropped, for these groups have them not."""
        if self.is_empty:
            return self.query.heading_of_none
        dropped = {word for words in self.matches.indexed.left_out for word in words.split()}
        if not dropped:
            return self.query.heading
        shown = [word for word in self.query.shown_words.split() if fold(word) not in dropped]
        if shown and self.snapshot.vocabulary.is_ignored(fold(shown[-1])):
            # "mum has" is the beginning of a sentence.
            shown = []
        return replace(self.query, shown_words=" ".join(shown)).heading

    @property
    def sentence(self) -> str:
        """The number of matches in words, and an order that was chosen; "" where the heading says it all."""
        if self.is_empty and self.query.point is None:
            return ""
        within = f" within {miles_in_words(self.query.within)}" if self.query.point is not None else ""
        order = _ORDERS.get(self.query.sort, "") if self.total > 1 else ""
        return f"{self.total or 'No'} group{'' if self.total == 1 else 's'}{within}{order}."

    @property
    def facets(self) -> list[ShownFacet]:
        """The facets, each option with its count."""
        answers = self.snapshot.cached_with_terms(("facet answers",), lambda: facet_answers(self.snapshot.terms))
        return shown_facets(dict(self.query.choices), self.counts, answers)
