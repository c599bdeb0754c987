"""Answering a question from the directory in memory, and drawing what was found."""

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
from .snapshot.snapshot import DirectorySnapshot, directory
from .synonyms import Phrase

#: Stands in a drawn card where the distance goes: no text that an editor types holds it.
_DISTANCE = "\ue000"
_NOTHING_CHOSEN = ShortlistLinks()
#: The most organisations by the words that stand beside the results.
MOST_ORGANISATIONS = 5


def search(
    query: Query,
    now: datetime.datetime | None = None,
    heading: str = "h2",
    here: DirectorySnapshot | None = None,
    most_serving: int = SIDEBAR_LIMIT,
    choosing: ShortlistLinks = _NOTHING_CHOSEN,
) -> Results:
    """What answers a question at a moment: a page of cards, what stands beside them, and how many there are of each.

    `most_serving` is how many groups for a wider area stand beside the results. `here` is the directory that a request
    has asked for already, so that all of its page is of one state. `choosing` has the links of the cards to the list
    that somebody makes.
    """
    here, now = here or directory(), now or timezone.now()
    asked = replace(index_query(query, here), most_serving=most_serving)
    answer = here.index.search(asked, now)
    shown = here.still_shown(answer.keys) if answer.keys else set()
    page = Paginator(range(answer.total), PER_PAGE).page(answer.page)
    found = [(pk, far) for pk, far in answer.found if pk in shown]
    area = query.surrounding_area
    organisations = _organisations(here, asked) if asked.words else []
    return Results(
        query=query,
        page=page,
        keys=[pk for pk, _ in found],
        cards=_found_cards(here, found, heading, now, choosing),
        serving=_block_cards(here, answer.serving, shown, now, choosing),
        online=_block_cards(here, answer.joinable_from_home, shown, now, choosing),
        other_support=here.cached(("support", area.pk), lambda: other_support(area, here.index.today))
        if area
        else OtherSupport([], []),
        organisations=organisations[:MOST_ORGANISATIONS],
        has_more_organisations=len(organisations) > MOST_ORGANISATIONS,
        serving_total=answer.serving_total,
        online_total=answer.from_home_total,
        counts=answer.counts,
        choosing=choosing,
        directory=here,
    )


def index_query(query: Query, here: DirectorySnapshot) -> IndexQuery:
    """A question in the terms of the index."""
    area, surrounding_area = query.searched_area, query.surrounding_area
    return IndexQuery(
        point=query.point,
        miles=query.within,
        area=area.pk if area else None,
        surrounding_area=surrounding_area.pk if surrounding_area else None,
        words=tuple(
            tuple(tuple((word, here.vocabulary.is_whole(word)) for word in phrase) for phrase in phrases)
            for phrases in _wanted(query, here)
        ),
        choices=dict(query.choices),
        organisation=query.organisation,
        sort=query.sort,
        page=query.page,
    )


def fitting(query: Query, here: DirectorySnapshot) -> Query:
    """Return a search for what is related to words of danger: with the words too, if that finds anything."""
    asked, now = index_query(query, here), timezone.now()
    return query if here.index.total(asked, now) else replace(query, only_related=True)


def matching_codes(query: Query, here: DirectorySnapshot) -> list[str]:
    """The codes of the groups that answer a question and that a list can have, in their order; of too many for a list
    one more than it holds."""
    ways, now = query.open_ways, timezone.now()
    if not ways:
        return []
    asked = replace(index_query(query, here), choices=dict(query.choices) | {"joining": ways})
    pages = [here.index.search(replace(asked, page=page), now) for page in range(1, MOST // PER_PAGE + 2)]
    # Past its end the index gives its last page once more.
    keys = list(dict.fromkeys(pk for page in pages for pk, _ in page.found))[: MOST + 1]
    codes = dict(SupportGroup.objects.listed(here.index.today).filter(pk__in=keys).values_list("pk", "code"))
    return [codes[pk] for pk in keys if pk in codes]


def _wanted(query: Query, here: DirectorySnapshot) -> list[frozenset[Phrase]]:
    """What a group must hold: a phrase of each."""
    words = () if query.only_related else query.words
    wanted = list(here.vocabulary.wanted(words)) if words else []
    if query.related:
        wanted.append(frozenset().union(*map(here.vocabulary.expand, query.related)))
    return wanted


def format_distance(miles: float, is_about: bool) -> str:
    """How far away, in words: to a tenth of a mile, or "about" so many where only the town is known."""
    if not is_about:
        return f"{miles:.1f} miles" if miles >= 0.05 else "close by"
    whole = round(miles)
    return f"about {whole} miles" if whole > 1 else "about 1 mile" if whole else "close by"


def _found_cards(
    here: DirectorySnapshot,
    found: list[tuple[int, float | None]],
    heading: str,
    now: datetime.datetime,
    choosing: ShortlistLinks,
) -> list[SafeString]:
    cards = _cards(here, [pk for pk, far in found if far is None], heading, "", now)
    cards |= _cards(here, [pk for pk, far in found if far is not None], heading, _DISTANCE, now)
    return [
        mark_safe(
            choosing.on(
                cards[pk].replace(_DISTANCE, format_distance(far, here.index.record(pk).is_about))
                if far is not None
                else cards[pk]
            )
        )
        for pk, far in found
        if pk in cards
    ]


def _block_cards(
    here: DirectorySnapshot, keys: Iterable[int], shown: set[int], now: datetime.datetime, choosing: ShortlistLinks
) -> list[SafeString]:
    cards = _cards(here, [pk for pk in keys if pk in shown], "h3", "", now)
    return [mark_safe(choosing.on(cards[pk])) for pk in keys if pk in cards]


def _cards(
    here: DirectorySnapshot, keys: list[int], heading: str, distance: str, now: datetime.datetime
) -> dict[int, str]:
    """The cards of some groups, drawn by the component that draws them everywhere."""

    def draw(missing: Iterable[int]) -> dict[int, str]:
        groups = SupportGroup.objects.with_last_check().for_cards().in_bulk(list(missing))
        return {
            pk: render_component(
                "components/group_card.html",
                group=group,
                heading=heading,
                distance=distance,
                choose=CardLinks.to_be_filled(group.code),
            )
            for pk, group in groups.items()
        }

    # A card names the next meeting, so it is drawn again when that has begun.
    return here.cards({pk: (pk, heading, distance, here.index.record(pk).next_after(now)) for pk in keys}, draw)


def _organisations(here: DirectorySnapshot, asked: IndexQuery) -> list[Organisation]:
    """The organisations that go by the words, one more than is shown: without a listed group nobody else finds them."""
    keys = here.organisations.with_phrases(asked.words)[: MOST_ORGANISATIONS + 1]
    return list(Organisation.objects.published().filter(pk__in=keys)) if keys else []
