"""Which town of a name is meant at a postcode, and what to say where a town and a postcode disagree. Pure."""

from collections.abc import Collection

from ..distance import distance_miles, format_distance
from ..models import Postcode, Town

#: A postal town may lie beyond the border of the district, but not further from the postcode than this.
MOST_MILES = 10


def town_at(towns: Collection[Town], postcode: Postcode) -> Town | None:
    """Return the town of the postcode's district, else the nearest within `MOST_MILES`; None if there is neither."""
    inside = [town for town in towns if town.district_id == postcode.district_id]
    nearest = min(inside or towns, key=lambda town: (miles_between(town, postcode), town.pk), default=None)
    if nearest is None or (not inside and miles_between(nearest, postcode) > MOST_MILES):
        return None
    return nearest


def miles_between(town: Town, postcode: Postcode) -> float:
    return distance_miles(town.latitude, town.longitude, postcode.latitude, postcode.longitude)


def disagreement(town: Town, postcode: Postcode) -> str:
    """Return a sentence that says where a town and a postcode lie, if that is in two districts; else ""."""
    if town.district_id == postcode.district_id:
        return ""
    distance = format_distance(miles_between(town, postcode), is_about=True)
    return f"{postcode} is in {postcode.district.name}, and {town.name} in {town.district.name}, {distance} away."
