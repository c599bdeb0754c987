"""The search service: from a query to the groups of a page, and to the context of the results page."""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from django.db.models import QuerySet
from django.utils import timezone

from common.compiled_queries import rows_of
from organisations.models import Organisation
from places.distance import format_distance

from ..areas.other_support import RenderedSupport, cached_support, organisations_serving
from ..cards import CardHtml, GroupCard
from ..group_reader import read_cards
from ..models import SupportGroup
from ..shortlist import MOST, ShortlistLinks
from .index.document import FACETS
from .index.index import PER_PAGE
from .index.meeting_filter import MeetingFilter
from .index.types import SIDEBAR_LIMIT, IndexQuery, IndexResult, Match
from .partial_match import best_match_of_some
from .query import Query
from .results import CardSection, Matches, Results
from .snapshot.snapshot import DirectorySnapshot, current_snapshot
from .wanted import phrases_for_index, wanted_phrases

#: The key of an area that does not exist: no group is in it.
_NO_AREA = 0
_NO_LINKS = ShortlistLinks()
#: The most organisations that match the words, listed beside the results.
MOST_ORGANISATIONS = 5
#: The most organisations that a name may match; with more it is not taken as a name.
MOST_NAMED = 3


def search(
    query: Query,
    now: datetime.datetime | None = None,
    snapshot: DirectorySnapshot | None = None,
    area_wide_limit: int = SIDEBAR_LIMIT,
    links: ShortlistLinks = _NO_LINKS,
    counted: tuple[str, ...] = FACETS,
    nearest_limit: int = 0,
) -> Results:
    """Return a page of results as cards, with the blocks beside them and the facet counts.

    `now` decides what "soonest" and "this week" mean. `snapshot` is the one that the request already uses, so that its
    page shows one state. `area_wide_limit` is the most groups for a wider area. `links` add groups to the shortlist.
    `counted` are the facets whose options the page shows with their counts. `nearest_limit` is the most groups farther
    away, where fewer were found that take new people.
    """
    matches = find_matches(query, now, snapshot, area_wide_limit, counted, nearest_limit)
    snapshot, found = matches.snapshot, matches.found
    html = _card_html(snapshot, found.all_matches)
    named, organisations = _organisations(query, snapshot, matches.indexed)
    return Results(
        matches=matches,
        sections=_sections(matches, html, links),
        area_wide=_cards(found.area_wide, snapshot, html, links),
        online=_cards(found.joinable_from_home, snapshot, html, links),
        nearest=_cards(found.nearest, snapshot, html, links),
        other_support=support_beside(query, snapshot),
        named_organisations=named,
        organisations=organisations[:MOST_ORGANISATIONS],
        has_more_organisations=len(organisations) > MOST_ORGANISATIONS,
        links=links,
    )


def support_beside(query: Query, snapshot: DirectorySnapshot) -> RenderedSupport:
    """Return the other support shown beside results; empty if no area is searched."""
    area = query.surrounding_area
    return cached_support(area, snapshot) if area else RenderedSupport()


def cards_by_key(snapshot: DirectorySnapshot, keys: Iterable[int], now: datetime.datetime) -> dict[int, CardHtml]:
    """Return `{pk: html}` of the cards of groups in the snapshot, with the next meeting of each."""
    fitting = MeetingFilter.of_choices({}, now)
    return _card_html(snapshot, [Match(pk, None, snapshot.index[pk].next_fitting(fitting), None) for pk in keys])


def find_matches(
    query: Query,
    now: datetime.datetime | None = None,
    snapshot: DirectorySnapshot | None = None,
    area_wide_limit: int = SIDEBAR_LIMIT,
    counted: tuple[str, ...] = FACETS,
    nearest_limit: int = 0,
) -> Matches:
    """Return the groups of a page that may still be listed. The arguments are those of `search`."""
    snapshot, now = snapshot or current_snapshot(), now or timezone.now()
    indexed = replace(
        index_query(query, snapshot, now),
        area_wide_limit=area_wide_limit,
        counted=counted,
        nearest_limit=nearest_limit,
    )
    found = snapshot.index.search(indexed, now)
    keys = {match.pk for match in found.all_matches}
    listable = snapshot.still_listed(keys) if keys else set()
    return Matches(query, indexed, _only(listable, found), snapshot, now)


def index_query(query: Query, snapshot: DirectorySnapshot, now: datetime.datetime) -> IndexQuery:
    """Convert a query to primary keys and phrases. Words of danger that match nothing are left out."""
    area, surrounding_area = query.searched_area, query.surrounding_area
    name = query.name if not query.sort else ()
    unknown = _NO_AREA if query.place_is_unknown else None
    wanted = wanted_phrases(query.words, snapshot.vocabulary)
    related = phrases_for_index(
        {phrase for words in query.related for phrase in snapshot.vocabulary.expand(words)}, snapshot.vocabulary
    )
    indexed = IndexQuery(
        point=query.point,
        miles=query.within,
        area=area.pk if area else unknown,
        surrounding_area=surrounding_area.pk if surrounding_area else unknown,
        name=name,
        named_organisations=tuple(snapshot.organisations.with_name(name)) if name else (),
        unsaid=query.unsaid,
        choices=dict(query.choices),
        organisation=query.organisation,
        sort=query.sort,
        page=query.page,
    )
    if not related:
        return best_match_of_some(indexed, wanted, snapshot.vocabulary, snapshot.index, now)
    indexed = replace(indexed, words=(*(phrases for _, phrases in wanted), related))
    if query.words and not snapshot.index.total(indexed, now):
        return replace(indexed, words=(related,))
    return indexed


def matching_codes(query: Query, snapshot: DirectorySnapshot) -> list[str]:
    """Return the codes of the groups that match and may be on a shortlist, in order; at most `MOST + 1`.

    One more than fit tells the shortlist that it is over its limit.
    """
    ways, now = query.open_ways, timezone.now()
    if not ways:
        return []
    indexed = index_query(query, snapshot, now)
    indexed = replace(indexed, choices={**indexed.choices, "joining": ways})
    pages = [snapshot.index.search(replace(indexed, page=page), now) for page in range(1, MOST // PER_PAGE + 2)]
    # A page past the last is the last page again.
    keys = list(dict.fromkeys(match.pk for page in pages for match in page.matches))[: MOST + 1]
    codes = dict(SupportGroup.objects.listed(snapshot.index.today).filter(pk__in=keys).values_list("pk", "code"))
    return [codes[pk] for pk in keys if pk in codes]


def _only(listable: set[int], found: IndexResult) -> IndexResult:
    return replace(
        found,
        matches=tuple(match for match in found.matches if match.pk in listable),
        area_wide=tuple(match for match in found.area_wide if match.pk in listable),
        joinable_from_home=tuple(match for match in found.joinable_from_home if match.pk in listable),
        nearest=tuple(match for match in found.nearest if match.pk in listable),
    )


def _distance(snapshot: DirectorySnapshot, pk: int, miles: float | None) -> str:
    return format_distance(miles, snapshot.index.has("is_about", pk)) if miles is not None else ""


def _card_html(snapshot: DirectorySnapshot, matches: Iterable[Match]) -> dict[int, CardHtml]:
    """Return `{pk: html}` from the snapshot's cache, or rendered."""
    begins = {match.pk: match.begins for match in matches}

    def render(missing: Iterable[int]) -> dict[int, CardHtml]:
        return {pk: CardHtml.of(group, begins[pk]) for pk, group in read_cards(list(missing)).items()}

    # The next meeting is part of the cache key: a card shows it.
    return snapshot.cards({pk: (pk, moment) for pk, moment in begins.items()}, render)


def _cards(
    matches: Iterable[Match], snapshot: DirectorySnapshot, html: dict[int, CardHtml], links: ShortlistLinks
) -> list[GroupCard]:
    """Return the cards of those matches that have HTML, with their distances."""
    return [GroupCard.of(html[pk], _distance(snapshot, pk, miles), links) for pk, miles, *_ in matches if pk in html]


def _sections(matches: Matches, html: dict[int, CardHtml], links: ShortlistLinks) -> list[CardSection]:
    """Return the cards of a page by section, numbered from the first of the page on."""
    found, snapshot, start = matches.found, matches.snapshot, matches.page.start_index()
    sections = []
    shown = [match for match in found.matches if match.pk in html]
    for section, members in groupby(shown, key=attrgetter("section")):
        cards = _cards(members, snapshot, html, links)
        sections.append(CardSection(section, found.section_totals.get(section, 0), start, cards))
        start += len(cards)
    return sections


def _organisations(
    query: Query, snapshot: DirectorySnapshot, indexed: IndexQuery
) -> tuple[list[Organisation], list[Organisation]]:
    """Return the organisations of the name that was typed, and others that match the words, one more than is shown.

    Of the words of the name those count that any organisation has: "KMPT worker" is KMPT. A name of many is none.
    Where a place is searched, the others serve the area it is in.
    """
    named = snapshot.organisations.named(query.name or query.words)
    if len(named) > MOST_NAMED:
        named = []
    matching = snapshot.organisations.with_phrases(indexed.words) if indexed.words else []
    if matching and query.surrounding_area:
        serving = organisations_serving(query.surrounding_area, snapshot)
        matching = [key for key in matching if key in serving]
    others = [key for key in matching if key not in named][: MOST_ORGANISATIONS + 1]
    if not named and not others:
        return [], []
    rows = {row.pk: row for row in rows_of(_named, [*named, *others])}
    return [rows[key] for key in named if key in rows], [rows[key] for key in others if key in rows]


def _named(keys: list[int]) -> QuerySet[Organisation]:
    return Organisation.objects.published().filter(pk__in=keys).only("name", "slug", "summary").order_by()
