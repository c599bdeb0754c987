"""How far apart two places are. Pure arithmetic: no database."""

from math import asin, cos, degrees, radians, sin, sqrt
from typing import NamedTuple

#: The Earth's mean radius (IUGG), in statute miles.
EARTH_RADIUS_MILES = 3958.7613


class Box(NamedTuple):
    """A range of latitudes and of longitudes, in WGS 84 degrees."""

    south: float
    west: float
    north: float
    east: float


def distance_miles(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The great-circle distance between two points given in WGS 84 degrees, in statute miles: as the crow flies.

    The Earth is taken for a sphere, which is right to half a per cent: 50 metres in six miles.
    """
    phi1, phi2 = radians(lat1), radians(lat2)
    half_chord = sin((phi2 - phi1) / 2) ** 2 + cos(phi1) * cos(phi2) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_MILES * asin(min(1.0, sqrt(half_chord)))


def bounding_box(latitude: float, longitude: float, miles: float) -> Box:
    """The smallest box that holds every point within so many miles of a point, so that far ones need no arithmetic.

    Degrees in and out, for places that are nowhere near a pole or the 180th meridian; the United Kingdom is neither.
    Raises ValueError for a negative distance.
    """
    if miles < 0:
        raise ValueError("A distance cannot be negative.")
    angle = miles / EARTH_RADIUS_MILES
    height = degrees(angle)
    # The circle is widest a little nearer the pole than its middle, so this is more than height / cos(latitude).
    width = degrees(asin(min(1.0, sin(angle) / cos(radians(latitude)))))
    return Box(latitude - height, longitude - width, latitude + height, longitude + width)
