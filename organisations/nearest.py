"""Orders what serves areas (roles, training, contacts) by how near those are to the place that somebody typed."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict

from common.pagination import PER_PAGE
from places.distance import format_distance
from places.location.area_distances import AreaDistance, distances_to_areas
from places.location.results import LocatedPlace
from places.models import Area

from .models import Contact

#: The areas of a listing; where it names none, those of its organisation.
LISTING_AREAS = ("areas_served", "organisation__areas_served")
#: The areas of a contact.
CONTACT_AREAS = ("organisation__areas_served",)
#: The most areas that a card names.
MOST_AREAS = 3


@dataclass(frozen=True)
class NearbyOffer:
    """A listing or a contact, with the distance of its areas; None if no place was typed, or it names no area."""

    listing: Any
    distance: AreaDistance | None = None

    @property
    def section(self) -> str:
        """Where it is: "here" for an area that holds the place, "away" for others, "unsaid" for none."""
        if self.distance is None:
            return "unsaid"
        return "here" if self.distance.holds_place else "away"

    @property
    def areas(self) -> list[Area]:
        """The areas it serves itself; a contact has none but those of its organisation."""
        return [] if isinstance(self.listing, Contact) else list(self.listing.areas_served.all())

    @property
    def where(self) -> str:
        """The areas in words: "Thanet, Dover, Ashford and 4 more"; where it names none, those of its organisation."""
        areas = self.areas or list(self.listing.organisation.areas_served.all())
        names = ", ".join(area.name for area in areas[:MOST_AREAS])
        return names + (f" and {len(areas) - MOST_AREAS} more" if len(areas) > MOST_AREAS else "")

    @property
    def how_far(self) -> str:
        """The distance in words: "about 12 miles"; "" where it is near, or unknown."""
        if self.distance is None or self.distance.holds_place:
            return ""
        return format_distance(self.distance.miles, is_about=True)


def nearest_keys(
    rows: QuerySet[Any], place: LocatedPlace, paths: tuple[str, ...] = LISTING_AREAS
) -> list[tuple[int, AreaDistance | None]]:
    """Return (key, distance) of each row, nearest first; those that serve no area last. Equals keep their order.

    `paths` lead from a row to its areas: the first with any counts. Reads keys only, one query for each path, until
    every row has a distance.
    """
    distances = distances_to_areas(place)
    # Numbers are sorted and compared in a fifth of the time of distances.
    in_order: list[AreaDistance | None] = [*sorted({*distances.values()}), None]
    numbers, unknown = {distance: number for number, distance in enumerate(in_order)}, len(in_order) - 1
    number_of = {area: numbers[distance] for area, distance in distances.items()}
    nearest: dict[int, int] = {}
    for path in paths:
        found: dict[int, int] = {}
        for key, area in rows.values_list("pk", path):
            if nearest.get(key, unknown) == unknown:
                found[key] = min(number_of.get(area, unknown), found.get(key, unknown))
        nearest |= found
        if unknown not in nearest.values():
            break
    # Python's sort is stable.
    return [(key, in_order[nearest[key]]) for key in sorted(nearest, key=nearest.__getitem__)]


def first_offers(
    rows: QuerySet[Any],
    place: LocatedPlace | None,
    most: int,
    paths: tuple[str, ...] = LISTING_AREAS,
) -> list[NearbyOffer]:
    """Return the first of some rows, nearest first if there is a place."""
    if place is None:
        return [NearbyOffer(row) for row in rows[:most]]
    return _read(rows, nearest_keys(rows, place, paths)[:most])


def offers_page(
    rows: QuerySet[Any],
    place: LocatedPlace | None,
    parameters: QueryDict,
    paths: tuple[str, ...] = LISTING_AREAS,
) -> Page[Any]:
    """Return the page that a query string names, of `NearbyOffer`, nearest first if there is a place."""
    found: Any = rows if place is None else nearest_keys(rows, place, paths)
    page: Page[Any] = Paginator(found, PER_PAGE).get_page(parameters.get("page"))
    page.object_list = (
        [NearbyOffer(row) for row in page.object_list] if place is None else _read(rows, list(page.object_list))
    )
    return page


def _read(rows: QuerySet[Any], found: list[tuple[int, AreaDistance | None]]) -> list[NearbyOffer]:
    by_key = rows.in_bulk([key for key, _ in found]) if found else {}
    return [NearbyOffer(by_key[key], distance) for key, distance in found if key in by_key]
