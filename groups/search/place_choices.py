"""The possible places of an ambiguous name, each with its location and the number of groups there."""

from dataclasses import replace
from typing import NamedTuple

from django.utils import timezone

from places.location.results import LocatedPlace

from .query import Query, miles_in_words
from .service import index_query
from .snapshot.snapshot import DirectorySnapshot


class PlaceChoice(NamedTuple):
    """A place that may be meant: its label, the URL of the same search there, and its number of groups in words."""

    label: str
    url: str
    groups: str


def choice_of(place: LocatedPlace, url: str, query: Query, snapshot: DirectorySnapshot) -> PlaceChoice:
    """Return the choice of a place, with the number of groups that the query has there."""
    now = timezone.now()
    indexed = index_query(replace(query, place=place, area=None, place_is_unknown=False), snapshot, now)
    total = snapshot.index.total(indexed, now)
    groups = f"{total or 'no'} group{'' if total == 1 else 's'}"
    within = "" if place.is_area else f" within {miles_in_words(query.within)}"
    return PlaceChoice(place.label_in_full, url, groups + within)
