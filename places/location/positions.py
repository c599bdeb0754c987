"""Locates coordinates from the browser's geolocation."""

import re
from typing import TypeVar

from django.db.models import QuerySet

from ..choices import LocationKind
from ..distance import bounding_box, distance_miles
from ..models import PostcodeSector, Town
from .results import LocatedPlace, PlaceNotFound

#: Coordinates are rounded to two decimals, about 1.1 km by 0.7 km: a part of a town, not a home.
DECIMALS = 2

#: Calais is 21 miles from the nearest postcode of Great Britain, so farther than this is another country.
FARTHEST_MILES = 20

_POSITION = re.compile(r"([+-]?[0-9]{1,3}\.[0-9]+)(?: ?, ?| )([+-]?[0-9]{1,3}\.[0-9]+)")

ELSEWHERE_REASON = (
    "That position is not in the United Kingdom, as far as we can tell. Type a town, such as Margate, or a postcode."
)

_Point = TypeVar("_Point", PostcodeSector, Town)


def find_position(text: str) -> LocatedPlace | PlaceNotFound | None:
    """Return the place at coordinates in WGS 84 degrees, such as "51.38,1.39"; None if the text has another form.

    They are rounded to two decimals first, for privacy.
    """
    typed = _POSITION.fullmatch(text)
    if typed is None:
        return None
    latitude, longitude = (round(float(degrees), DECIMALS) for degrees in typed.groups())
    town, miles_to_town = _nearest(Town.objects.select_related("district"), latitude, longitude)
    sector, miles_to_sector = _nearest(PostcodeSector.objects.select_related("district"), latitude, longitude)
    # Northern Ireland's postcodes are not known; there a town without a sector says where one is.
    if town is not None and town.sector_id is None and miles_to_town < miles_to_sector:
        sector = None
    nearest = sector or town
    if nearest is None:
        return PlaceNotFound(text, ELSEWHERE_REASON)
    return LocatedPlace(
        name="where you are",
        kind=LocationKind.POSITION,
        latitude=latitude,
        longitude=longitude,
        area=nearest.district,
        sector=sector.sector if sector else "",
        outward_code=sector.outward_code if sector else "",
        query=f"{latitude:.{DECIMALS}f},{longitude:.{DECIMALS}f}",
        label=f"where you are, near {town.name}" if town else "where you are",
    )


def _nearest(points: QuerySet[_Point], latitude: float, longitude: float) -> tuple[_Point | None, float]:
    """Return the nearest point and its distance in miles; (None, infinity) if none is within `FARTHEST_MILES`."""
    for miles in (3, FARTHEST_MILES):
        box = bounding_box(latitude, longitude, miles)
        inside = points.filter(latitude__range=(box.south, box.north), longitude__range=(box.west, box.east))
        distances = [(distance_miles(latitude, longitude, point.latitude, point.longitude), point) for point in inside]
        nearest = min(distances, key=lambda pair: (pair[0], pair[1].pk), default=None)
        if nearest is not None and nearest[0] <= miles:
            return nearest[1], nearest[0]
    return None, float("inf")
