"""Fragments of results pages in the cache of the process, by the interpreted query.

For privacy, a search is cached only if it is no more than chosen answers and the name of a town or an area, as the
gazetteer has it: never with words, a postcode, a position or a list (docs/adr/0016, 0048).
"""

import datetime
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString

from common.bounded_cache import CACHE, Key
from common.cache_dependencies import CacheDependencies
from common.models.content_version import SITE
from places.choices import LocationKind

from ..shortlist import ShortlistLinks
from .facets import FACETS_BY_NAME
from .fields import SearchFields
from .forms import GroupSearchForm
from .fragments import Fragments, render_fragments
from .index.types import IndexQuery, IndexResult
from .quarters import is_city
from .query import Query
from .results import FEW, Results
from .service import search, support_beside
from .snapshot.hot_queries import hidden_by_key, state_of_request
from .snapshot.snapshot import DirectorySnapshot

if TYPE_CHECKING:
    from ..areas.other_support import RenderedSupport

#: The query strings of searches by chosen answers alone: both boxes are empty, and the names are of the form.
_CHOSEN = "|".join(sorted({*FACETS_BY_NAME, *SearchFields.base_fields, "unsaid"} - {"near", "q"}))
_CHOICE = f"(?:(?:near|q)=|(?:{_CHOSEN})=[a-z0-9-]{{0,90}})"
CHOSEN_QUERY = re.compile(f"{_CHOICE}(?:&{_CHOICE}){{0,15}}", re.ASCII)
#: Roughly the bytes of a key, of the results, and of the bookkeeping.
_REST_BYTES = 6000


def fragments_of(form: GroupSearchForm, links: ShortlistLinks) -> tuple[Fragments, CacheDependencies | None]:
    """Return the fragments of the page of a search, from the cache if allowed and nothing on it has changed.

    And what they depend on, for the cache of whole pages; None for a search that is not cached.
    """
    now, key = timezone.now(), None if settings.DEBUG else cache_key(form)
    cached: CachedFragments | None = CACHE.get(key) if key else None
    if cached is not None and cached.is_current(form, now):
        return cached.fragments, cached.dependencies
    results = search(form.query, now, form.snapshot, links=links, nearest_limit=FEW)
    fragments = render_fragments(form, results)
    if not key:
        return fragments, None
    made = CachedFragments.of(fragments, form, results)
    CACHE.put(key, made, made.size)
    return fragments, made.dependencies


def cache_key(form: GroupSearchForm) -> Key | None:
    """Return the cache key of the interpreted query; None for a search that is not cached."""
    query, snapshot, state = form.query, form.snapshot, state_of_request()
    if form.errors or form.danger or form.shortlist or form.candidates or query.organisation is not None:
        return None
    if query.words or query.name or query.shown_words or form.cleaned_data.get("q"):
        return None
    if query.place is not None and not _is_name(query):
        return None
    # While the snapshot is reloaded, its content has no version.
    if not snapshot.is_current or snapshot.version != state.of_directory or not (state.places and state.terms):
        return None
    if query.place is not None and query.place.also:
        # Other places of the name are offered above the cached part.
        query = replace(query, place=replace(query.place, also=()))
    day = snapshot.index.today
    return "results", query, not form.data.keys() - {"list"}, day, snapshot.load_number, state.places, state.terms


def _is_name(query: Query) -> bool:
    """Return whether the place of a query is a town or an area by its own name, with nothing else typed."""
    place = query.place
    if place is None or place.kind not in (LocationKind.TOWN, LocationKind.AREA):
        return False
    return not (place.corrected_from or place.typed_beside or place.without_postcode)


class _Found(NamedTuple):
    """What a page shows of the directory in memory: while it is the same, so is the page."""

    result: IndexResult
    #: In which change each group was last read again.
    read_in: tuple[int, ...]
    support: "RenderedSupport"

    @classmethod
    def by(cls, result: IndexResult, query: Query, snapshot: DirectorySnapshot) -> Self:
        read_in = tuple(snapshot.read_in.get(match.pk, 0) for match in result.all_matches)
        return cls(result, read_in, support_beside(query, snapshot))


@dataclass
class CachedFragments:
    """Fragments that may be shown again while nothing that they show has changed."""

    page: int
    #: Encoded: half of what they are as text.
    texts: tuple[bytes, ...]
    #: Of each group, whether its venue is hidden.
    groups: dict[int, bool]
    #: Those whose other support is shown.
    organisations: frozenset[int]
    #: The versions of the directory and of the site that it is known to be right for.
    versions: tuple[Any, ...]
    made_at: datetime.datetime
    #: When the next meeting of any group begins; None for none today.
    until: datetime.datetime | None
    indexed: IndexQuery
    #: None where the page shows more than what was found: an edit or a beginning of any group may change it.
    found: _Found | None

    @classmethod
    def of(cls, fragments: Fragments, form: GroupSearchForm, results: Results) -> Self:
        """Return the fragments of results."""
        matches, snapshot, query = results.matches, results.snapshot, results.query
        has_quarters = query.place is not None and is_city(query.place)
        return cls(
            fragments.page,
            tuple(text.encode() for text in fragments[1:]),
            {match.pk: snapshot.index.has("is_hidden", match.pk) for match in matches.found.all_matches},
            support_beside(query, snapshot).organisations,
            _versions(),
            matches.now,
            snapshot.index.next_beginning(matches.now),
            matches.indexed,
            None if results.are_few or has_quarters else _Found.by(matches.found, query, snapshot),
        )

    @property
    def size(self) -> int:
        return sum(map(len, self.texts)) + _REST_BYTES

    @property
    def fragments(self) -> Fragments:
        title, heading, chips, in_words, *others = (text.decode() for text in self.texts)
        return Fragments(self.page, title, heading, SafeString(chips), in_words, *map(SafeString, others))

    @property
    def dependencies(self) -> CacheDependencies:
        return CacheDependencies((SITE,), self.groups, organisations=self.organisations, until=self.until)

    def is_current(self, form: GroupSearchForm, now: datetime.datetime) -> bool:
        """Return whether new fragments would be the same, and all of it may still be shown. One query."""
        if now < self.made_at or (self.groups and hidden_by_key(self.groups) != self.groups):
            return False
        versions, has_begun = _versions(), self.until is not None and now >= self.until
        if versions != self.versions or has_begun:
            index = form.snapshot.index
            if self.found is None:
                return False
            if _Found.by(index.search(self.indexed, now), form.query, form.snapshot) != self.found:
                return False
            self.versions, self.until = versions, index.next_beginning(now)
        return True


def _versions() -> tuple[Any, ...]:
    state = state_of_request()
    # Of the site too: raw SQL changes no other, and what it withdrew, and the query left out, may be back.
    return state.number, state.token, state.site
