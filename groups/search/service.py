"""Searching the snapshot, and rendering the results."""

import datetime
from collections.abc import Iterable
from dataclasses import replace

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from common.rendering import render_component
from organisations.models import Organisation

from ..areas.nearby import OtherSupport, other_support
from ..models import SupportGroup
from ..shortlist import MOST, CardLinks, ShortlistLinks
from .index.index import PER_PAGE
from .index.types import SIDEBAR_LIMIT, IndexQuery
from .query import Query
from .results import Results
from .snapshot.snapshot import DirectorySnapshot, current_snapshot
from .synonyms import Phrase

#: The placeholder for the distance in a cached card; no text that an editor types holds it.
_DISTANCE = "\ue000"
_NO_LINKS = ShortlistLinks()
#: The most organisations that match the words, listed beside the results.
MOST_ORGANISATIONS = 5


def search(
    query: Query,
    now: datetime.datetime | None = None,
    heading: str = "h2",
    snapshot: DirectorySnapshot | None = None,
    area_wide_limit: int = SIDEBAR_LIMIT,
    links: ShortlistLinks = _NO_LINKS,
) -> Results:
    """Return a page of results as rendered cards, with the blocks beside them and the facet counts.

    `now` decides what "soonest" and "this week" mean. `heading` is the HTML element of a card's title. `snapshot` is
    the one that the request already uses, so that its page shows one state. `area_wide_limit` is the most groups for
    a wider area. `links` add groups to the shortlist.
    """
    snapshot, now = snapshot or current_snapshot(), now or timezone.now()
    indexed = replace(index_query(query, snapshot), area_wide_limit=area_wide_limit)
    result = snapshot.index.search(indexed, now)
    listable = snapshot.still_listed(result.keys) if result.keys else set()
    page = Paginator(range(result.total), PER_PAGE).page(result.page)
    matches = [(pk, miles) for pk, miles in result.matches if pk in listable]
    area = query.surrounding_area
    organisations = _organisations(snapshot, indexed) if indexed.words else []
    return Results(
        query=query,
        page=page,
        keys=[pk for pk, _ in matches],
        cards=_result_cards(snapshot, matches, heading, now, links),
        area_wide=_block_cards(snapshot, result.area_wide, listable, now, links),
        online=_block_cards(snapshot, result.joinable_from_home, listable, now, links),
        other_support=snapshot.cached(("support", area.pk), lambda: other_support(area, snapshot.index.today))
        if area
        else OtherSupport([], []),
        organisations=organisations[:MOST_ORGANISATIONS],
        has_more_organisations=len(organisations) > MOST_ORGANISATIONS,
        area_wide_total=result.area_wide_total,
        online_total=result.from_home_total,
        counts=result.counts,
        links=links,
        snapshot=snapshot,
    )


def index_query(query: Query, snapshot: DirectorySnapshot) -> IndexQuery:
    """Convert a query to primary keys and phrases."""
    area, surrounding_area = query.searched_area, query.surrounding_area
    return IndexQuery(
        point=query.point,
        miles=query.within,
        area=area.pk if area else None,
        surrounding_area=surrounding_area.pk if surrounding_area else None,
        words=tuple(
            tuple(tuple((word, snapshot.vocabulary.is_whole(word)) for word in phrase) for phrase in phrases)
            for phrases in _required_phrases(query, snapshot)
        ),
        choices=dict(query.choices),
        organisation=query.organisation,
        sort=query.sort,
        page=query.page,
    )


def without_words_if_empty(query: Query, snapshot: DirectorySnapshot) -> Query:
    """Return the query, or, if it matches nothing, the query by its `related` words alone."""
    indexed, now = index_query(query, snapshot), timezone.now()
    return query if snapshot.index.total(indexed, now) else replace(query, only_related=True)


def matching_codes(query: Query, snapshot: DirectorySnapshot) -> list[str]:
    """Return the codes of the groups that match and may be on a shortlist, in order; at most `MOST + 1`.

    One more than fit tells the shortlist that it is over its limit.
    """
    ways, now = query.open_ways, timezone.now()
    if not ways:
        return []
    indexed = replace(index_query(query, snapshot), choices=dict(query.choices) | {"joining": ways})
    pages = [snapshot.index.search(replace(indexed, page=page), now) for page in range(1, MOST // PER_PAGE + 2)]
    # A page past the last is the last page again.
    keys = list(dict.fromkeys(pk for page in pages for pk, _ in page.matches))[: MOST + 1]
    codes = dict(SupportGroup.objects.listed(snapshot.index.today).filter(pk__in=keys).values_list("pk", "code"))
    return [codes[pk] for pk in keys if pk in codes]


def _required_phrases(query: Query, snapshot: DirectorySnapshot) -> list[frozenset[Phrase]]:
    """Return the sets of phrases of which a group must have one each."""
    words = () if query.only_related else query.words
    required = list(snapshot.vocabulary.wanted(words)) if words else []
    if query.related:
        required.append(frozenset().union(*map(snapshot.vocabulary.expand, query.related)))
    return required


def format_distance(miles: float, is_about: bool) -> str:
    """Return a distance in words: to a tenth of a mile, or "about" whole miles where only the town is known."""
    if not is_about:
        return f"{miles:.1f} miles" if miles >= 0.05 else "close by"
    whole = round(miles)
    return f"about {whole} miles" if whole > 1 else "about 1 mile" if whole else "close by"


def _result_cards(
    snapshot: DirectorySnapshot,
    matches: list[tuple[int, float | None]],
    heading: str,
    now: datetime.datetime,
    links: ShortlistLinks,
) -> list[SafeString]:
    cards = _cards(snapshot, [pk for pk, miles in matches if miles is None], heading, "", now)
    cards |= _cards(snapshot, [pk for pk, miles in matches if miles is not None], heading, _DISTANCE, now)
    return [
        mark_safe(
            links.fill(
                cards[pk].replace(_DISTANCE, format_distance(miles, snapshot.index.document(pk).is_about))
                if miles is not None
                else cards[pk]
            )
        )
        for pk, miles in matches
        if pk in cards
    ]


def _block_cards(
    snapshot: DirectorySnapshot, keys: Iterable[int], listable: set[int], now: datetime.datetime, links: ShortlistLinks
) -> list[SafeString]:
    cards = _cards(snapshot, [pk for pk in keys if pk in listable], "h3", "", now)
    return [mark_safe(links.fill(cards[pk])) for pk in keys if pk in cards]


def _cards(
    snapshot: DirectorySnapshot, keys: list[int], heading: str, distance: str, now: datetime.datetime
) -> dict[int, str]:
    """Return `{pk: card}` from the snapshot's cache, or rendered; without the links to the shortlist."""

    def render(missing: Iterable[int]) -> dict[int, str]:
        groups = SupportGroup.objects.with_last_check().for_cards().in_bulk(list(missing))
        return {
            pk: render_component(
                "components/group_card.html",
                group=group,
                heading=heading,
                distance=distance,
                choose=CardLinks.placeholders(group.code),
            )
            for pk, group in groups.items()
        }

    # The next meeting is part of the cache key: a card shows it.
    document = snapshot.index.document
    return snapshot.cards({pk: (pk, heading, distance, document(pk).next_after(now)) for pk in keys}, render)


def _organisations(snapshot: DirectorySnapshot, indexed: IndexQuery) -> list[Organisation]:
    """Return the organisations that match the words, with or without groups; one more than is shown."""
    keys = snapshot.organisations.with_phrases(indexed.words)[: MOST_ORGANISATIONS + 1]
    return list(Organisation.objects.published().filter(pk__in=keys)) if keys else []
