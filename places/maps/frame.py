"""What a map shows, and how places on the Earth become places on it. Pure arithmetic."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from ..distance import EARTH_RADIUS_MILES, Box

#: Latitude and longitude, in WGS 84 degrees.
Point = tuple[float, float]

#: The size of every map, in units: a phone shows about one to a pixel. All are alike, so that a page can keep room.
WIDTH, HEIGHT = 360.0, 320.0
#: The smallest width that a map shows, in miles: nearer than this, it would point at doors.
LEAST_MILES = 2.5
#: How much room is left around what a map must show, as a share of its size, for pins at its edge.
_MARGIN = 0.09
_MILES_PER_DEGREE = radians(1) * EARTH_RADIUS_MILES
#: Lengths that a scale says, in miles.
_SCALES = (0.5, 1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True)
class Scale:
    """A bar that says how long some miles are on a map."""

    miles: float
    length: float

    @property
    def words(self) -> str:
        if self.miles < 1:
            return "half a mile"
        return "1 mile" if self.miles == 1 else f"{self.miles:g} miles"


@dataclass(frozen=True)
class Frame:
    """The part of the country that a map shows, with north at the top and the same scale each way."""

    box: Box

    @classmethod
    def around(cls, points: Iterable[Point], boxes: Iterable[Box] = ()) -> "Frame | None":
        """The frame that holds all of these with some room; None for nothing."""
        corners = [*points]
        for box in boxes:
            corners += [(box.south, box.west), (box.north, box.east)]
        if not corners:
            return None
        south, north = min(one[0] for one in corners), max(one[0] for one in corners)
        west, east = min(one[1] for one in corners), max(one[1] for one in corners)
        middle, centre = (south + north) / 2, (west + east) / 2
        squeeze = cos(radians(middle))
        # In degrees of latitude, so that both are of one length.
        wide, high = (east - west) * squeeze / (1 - 2 * _MARGIN), (north - south) / (1 - 2 * _MARGIN)
        wide = max(wide, high * WIDTH / HEIGHT, LEAST_MILES / _MILES_PER_DEGREE)
        high, wide = wide * HEIGHT / WIDTH, wide / squeeze
        return cls(Box(middle - high / 2, centre - wide / 2, middle + high / 2, centre + wide / 2))

    def place(self, point: Point) -> tuple[float, float]:
        """Where a point is on the map: units from the left and from the top."""
        south, west, north, east = self.box
        return (
            round((point[1] - west) / (east - west) * WIDTH, 1),
            round((north - point[0]) / (north - south) * HEIGHT, 1),
        )

    def holds(self, point: Point) -> bool:
        south, west, north, east = self.box
        return south <= point[0] <= north and west <= point[1] <= east

    def length_of(self, miles: float) -> float:
        """How long so many miles are on the map, in units."""
        return miles / _MILES_PER_DEGREE / (self.box.north - self.box.south) * HEIGHT

    @property
    def scale(self) -> Scale:
        """A bar of about a quarter of the map's width."""
        longest = WIDTH / 3
        miles = max((one for one in _SCALES if self.length_of(one) <= longest), default=_SCALES[0])
        return Scale(miles, round(self.length_of(miles), 1))
