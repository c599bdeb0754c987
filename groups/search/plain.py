"""Search by plain queries: slow for a whole country, easy to read, and so what the tests hold any other search to."""

import datetime

from django.core.paginator import Paginator

from organisations.matching import has_every_word
from organisations.models import Organisation
from organisations.paging import PER_PAGE
from places.distance import bounding_box, distance_miles

from ..choices import Focus, Joining
from ..models import SupportGroup
from ..offers import MOST, OtherSupport, online_groups, other_support, serving_groups
from ..querysets import GroupQuerySet
from .query import Query
from .results import Results, Row

#: What each choice of focus finds: a group that does both is found by either.
FOCUS_FINDS = {Focus.TALKING: [Focus.TALKING, Focus.BOTH], Focus.DOING: [Focus.DOING, Focus.BOTH]}


def search(query: Query, today: datetime.date) -> Results:
    """The groups that answer a question on a day, nearest or by name, the likeliest to be right first."""
    asked = _asked(query, today)
    found = sorted(_matches(asked, query, today), key=lambda match: match.order)
    page = Paginator(found, PER_PAGE).get_page(query.page)
    page.object_list = _rows(page.object_list)
    area = query.area_round_about
    shown_here = {match.pk for match in found}
    return Results(
        query=query,
        page=page,
        serving=serving_groups(area, asked, today, without=shown_here) if area else [],
        online=online_groups(asked, today, without=shown_here) if area else [],
        other_support=other_support(area, today) if area else OtherSupport([], []),
        organisations=list(Organisation.objects.published().named(query.words)[:MOST]) if query.words else [],
    )


class _Match:
    """A group that was found, with as much as its place in the order needs."""

    def __init__(self, group: SupportGroup, miles: float | None) -> None:
        self.pk = group.pk
        self.miles = miles
        self.is_about = group.place_is_about
        self.order = (
            group.joining == Joining.CLOSED,
            group.is_stale,
            round(miles, 1) if miles is not None else 0.0,
            group.name.casefold(),
            group.pk,
        )

    @property
    def distance(self) -> str:
        """How far away, in words: to a tenth of a mile, or "about" so many where only the town is known."""
        if self.miles is None:
            return ""
        if self.is_about:
            whole = round(self.miles)
            return f"about {whole} miles" if whole > 1 else "about 1 mile" if whole else "close by"
        return f"{self.miles:.1f} miles"


def _asked(query: Query, today: datetime.date) -> GroupQuerySet:
    """The listed groups that every part of the question but the place lets through."""
    groups = SupportGroup.objects.listed(today)
    if query.focus:
        groups = groups.filter(focus__in=FOCUS_FINDS[query.focus])
    if query.joining:
        groups = groups.filter(joining__in=query.joining)
    if query.format:
        groups = groups.filter(**{f"meets_{query.format}": True})
    if query.words:
        groups = groups.filter(pk__in=_with_words(groups, query.words))
    return groups


def _with_words(groups: GroupQuerySet, words: tuple[str, ...]) -> list[int]:
    """The groups in whose public words every word stands. Folded here, so that every database answers alike."""
    texts = groups.select_related("organisation", "venue__town", "venue__district", "town__district").prefetch_related(
        "topics", "activities", "audiences", "areas_served"
    )
    return [group.pk for group in texts if has_every_word(words, *group.words_to_find_it_by)]


def _matches(groups: GroupQuerySet, query: Query, today: datetime.date) -> list[_Match]:
    """The groups at the place that was asked for, with how far away each is."""
    placed = groups.with_place() if query.searched_area is None else groups.located_in(query.searched_area)
    placed = placed.with_staleness(today)
    if query.point is None:
        return [_Match(group, None) for group in placed]
    box = bounding_box(*query.point, query.within)
    near = placed.filter(place_latitude__range=(box.south, box.north), place_longitude__range=(box.west, box.east))
    miles = ((group, distance_miles(*query.point, group.place_latitude, group.place_longitude)) for group in near)
    return [_Match(group, far) for group, far in miles if far <= query.within]


def _rows(matches: list[_Match]) -> list[Row]:
    """The groups of one page, with what their cards show."""
    cards = SupportGroup.objects.with_last_check().for_cards().in_bulk([match.pk for match in matches])
    return [Row(cards[match.pk], match.distance) for match in matches]
