"""The frame of a map, and the projection of coordinates onto it. Pure arithmetic."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from ..distance import EARTH_RADIUS_MILES, Box

#: Latitude and longitude, in WGS 84 degrees.
Point = tuple[float, float]

#: The size of every map, in units of about a pixel on a phone. It is fixed, so that pages can reserve the space.
WIDTH, HEIGHT = 360.0, 320.0
#: The smallest width of a frame, in miles: a closer one would point at doors.
LEAST_MILES = 2.5
#: The margin around what a map must show, as a share of its size, for pins at the edge.
_MARGIN = 0.09
_MILES_PER_DEGREE = radians(1) * EARTH_RADIUS_MILES
#: Lengths of scale bars, in miles.
_SCALES = (0.5, 1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True)
class Scale:
    """A scale bar: `length` in units stands for `miles`."""

    miles: float
    length: float

    @property
    def words(self) -> str:
        if self.miles < 1:
            return "half a mile"
        return "1 mile" if self.miles == 1 else f"{self.miles:g} miles"


@dataclass(frozen=True)
class Frame:
    """The box that a map shows, in an equirectangular projection with north at the top."""

    box: Box

    @classmethod
    def around(cls, points: Iterable[Point], boxes: Iterable[Box] = ()) -> "Frame | None":
        """Return the frame that holds all points and boxes with a margin; None if there are none."""
        corners = [*points]
        for box in boxes:
            corners += [(box.south, box.west), (box.north, box.east)]
        if not corners:
            return None
        latitudes, longitudes = zip(*corners, strict=True)
        south, north, west, east = min(latitudes), max(latitudes), min(longitudes), max(longitudes)
        middle, centre = (south + north) / 2, (west + east) / 2
        squeeze = cos(radians(middle))
        # In degrees of latitude, so that both are of one length.
        wide, high = (east - west) * squeeze / (1 - 2 * _MARGIN), (north - south) / (1 - 2 * _MARGIN)
        wide = max(wide, high * WIDTH / HEIGHT, LEAST_MILES / _MILES_PER_DEGREE)
        high, wide = wide * HEIGHT / WIDTH, wide / squeeze
        return cls(Box(middle - high / 2, centre - wide / 2, middle + high / 2, centre + wide / 2))

    def place(self, point: Point) -> tuple[float, float]:
        """Return the x and y of a point on the map, in units from the top left."""
        south, west, north, east = self.box
        return (
            round((point[1] - west) / (east - west) * WIDTH, 1),
            round((north - point[0]) / (north - south) * HEIGHT, 1),
        )

    def holds(self, point: Point) -> bool:
        south, west, north, east = self.box
        return south <= point[0] <= north and west <= point[1] <= east

    def length_of(self, miles: float) -> float:
        """Return the length of a number of miles on the map, in units."""
        return miles / _MILES_PER_DEGREE / (self.box.north - self.box.south) * HEIGHT

    @property
    def miles_across(self) -> float:
        """Return the width of the map, in miles."""
        return WIDTH / self.length_of(1)

    @property
    def scale(self) -> Scale:
        """Return the longest scale bar within a third of the width of the map."""
        longest = WIDTH / 3
        miles = max((length for length in _SCALES if self.length_of(length) <= longest), default=_SCALES[0])
        return Scale(miles, round(self.length_of(miles), 1))
