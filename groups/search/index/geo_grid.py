"""A grid index of points: radius and nearest-first queries without computing the distance to every point."""

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from functools import partial
from heapq import nlargest
from math import asin, cos, floor, hypot, isnan, nan, radians, sin, sqrt

from places.distance import EARTH_RADIUS_MILES, Box, bounding_box, distance_miles

from .bitset import SlotSet, bits_of, slots_of

#: A latitude and a longitude, in WGS 84 degrees.
Point = tuple[float, float]

#: The size of a cell in degrees: in Britain each side is about 7 miles.
HEIGHT, WIDTH = 0.1, 0.16
#: How far a point may seem to lie beyond its cell, in degrees, by the rounding of numbers.
_ROUNDING = 1e-9
#: Miles in a degree of latitude: rounded down for lower bounds, and up for upper ones.
_LEAST_MILES_A_DEGREE, _MOST_MILES_A_DEGREE = 69.0, 69.1


#: Of more slots than these, those outside the largest circle are left out before any is measured.
_MANY = 1000
#: Up to so many are measured one by one; of more, those in a circle are found by its cells.
_SPARSE = 300
#: Radii in miles of the circles in which the nearest of more are looked for: to measure all would take long.
_CIRCLES = (25, 50, 100)
#: Above the difference of two cosines whose distances round to the same, anywhere on Earth.
_TIE = 1e-6
#: A cell of more slots has a bitset, once one is asked for: it is as long as the directory.
_FEW = 32


class Grid:
    """Points by grid cell. Immutable: `with_changes` returns a copy, so that a concurrent search sees one state."""

    def __init__(self, points: Mapping[int, Point]) -> None:
        size = max(points, default=-1) + 1
        #: The latitude and longitude of each slot, and its x, y and z on the unit sphere.
        self._degrees = array("d", [nan]) * (2 * size)
        self._sphere = array("d", [nan]) * (3 * size)
        cells: dict[tuple[int, int], array[int]] = defaultdict(partial(array, "I"))
        for slot in sorted(points):
            self._put(slot, points[slot])
            cells[_cell(*points[slot])].append(slot)
        self._cells = dict(cells)
        self._bits: dict[tuple[int, int], int] = {}

    def with_changes(self, changed: Mapping[int, Point | None]) -> "Grid":
        """Return a copy with some slots moved, or, for None, removed."""
        grid = copy(self)
        grid._degrees, grid._sphere, grid._cells = self._degrees[:], self._sphere[:], self._cells.copy()
        added = max(0, max(changed, default=-1) + 1 - len(self._degrees) // 2)
        grid._degrees.extend([nan] * (2 * added))
        grid._sphere.extend([nan] * (3 * added))
        moved: dict[tuple[int, int], set[int]] = defaultdict(set)
        for slot, point in changed.items():
            if slot < len(self._degrees) // 2 and not isnan(self._degrees[2 * slot]):
                moved[_cell(*self._degrees[2 * slot : 2 * slot + 2])]
            if point is not None:
                moved[_cell(*point)].add(slot)
            grid._put(slot, point or (nan, nan))
        for cell, slots in moved.items():
            stay = {slot for slot in self._cells.get(cell, ()) if slot not in changed}
            grid._cells[cell] = array("I", sorted(stay | slots))
        grid._bits = {cell: bits for cell, bits in self._bits.items() if cell not in moved}
        return grid

    def within(self, point: Point, miles: float) -> int:
        """Return the bitset of slots within a distance. In cells wholly inside no distance is computed."""
        a, b, c = _on_sphere(*point)
        least = _least_cosine(miles)
        whole, slots, sphere = 0, list[int](), self._sphere
        for cell, at_least, at_most in self._cells_near(point, miles):
            if at_most <= miles:
                if len(self._cells[cell]) > _FEW:
                    whole |= self._bits_of(cell)
                else:
                    slots += self._cells[cell]
            elif at_least <= miles:
                slots += [
                    slot
                    for slot in self._cells[cell]
                    if sphere[3 * slot] * a + sphere[3 * slot + 1] * b + sphere[3 * slot + 2] * c >= least
                ]
        return whole | bits_of(slots)

    def among(self, members: int, point: Point, miles: float) -> int:
        """Return those of a bitset of slots with a point that lie within a distance. Few are measured one by one."""
        if members.bit_count() > _SPARSE:
            return members & self.within(point, miles)
        least = _least_cosine(miles)
        return bits_of([slot for slot, cosine in self._cosines(members, point).items() if cosine >= least])

    def closest(self, members: int, point: Point, count: int) -> list[int]:
        """Return the nearest few of a bitset of slots with a point, and any that may be as near as the last of them."""
        near = members
        if members.bit_count() > _SPARSE:
            circles = (members & self.within(point, miles) for miles in _CIRCLES)
            near = next((circle for circle in circles if circle.bit_count() >= count), members)
        cosines = self._cosines(near, point)
        least = min(nlargest(count, cosines.values()), default=0.0) - _TIE
        return [slot for slot, cosine in cosines.items() if cosine >= least]

    def counts_within(self, point: Point, radii: Sequence[float], among: int) -> list[int]:
        """Return how many slots of a bitset lie within each of some distances, which are ascending.

        Each slot is measured once, by the cosine of the angle, as in `within`.
        """
        if among.bit_count() > _MANY:
            among &= self.within(point, radii[-1])
        cosines = sorted(self._cosines(among, point).values())
        return [len(cosines) - bisect_left(cosines, _least_cosine(miles)) for miles in radii]

    def nearest(self, point: Point, miles: float, members: SlotSet) -> Iterator[tuple[float, int]]:
        """Yield (miles, slot) of the members within a distance, nearest first, one ring of cells after the other."""
        a, b, c = _on_sphere(*point)
        pending: list[tuple[float, int]] = []
        for cell, at_least, _ in sorted(self._cells_near(point, miles), key=lambda item: item[1]):
            pending.sort()
            ready = 0
            while ready < len(pending) and pending[ready][0] < at_least:
                yield pending[ready]
                ready += 1
            del pending[:ready]
            buffer = members.buffer
            for slot in self._cells[cell]:
                if buffer[slot >> 3] >> (slot & 7) & 1:
                    x, y, z = self._sphere[3 * slot : 3 * slot + 3]
                    chord = sqrt((x - a) ** 2 + (y - b) ** 2 + (z - c) ** 2)
                    pending.append((round(2 * EARTH_RADIUS_MILES * asin(chord / 2), 3), slot))
        yield from sorted(pending)

    def distance(self, point: Point, slot: int) -> float:
        """Return the miles from a point to a slot, rounded to about five feet."""
        return round(distance_miles(*point, *self._degrees[2 * slot : 2 * slot + 2]), 3)

    def corners(self, found: int) -> list[Point]:
        """Return the south-western and the north-eastern corner of the points of a bitset; [] for none."""
        slots = [*slots_of(found)]
        if not slots:
            return []
        latitudes, longitudes = ([self._degrees[2 * slot + axis] for slot in slots] for axis in (0, 1))
        return [(min(latitudes), min(longitudes)), (max(latitudes), max(longitudes))]

    def by_square(self, found: int, box: Box, columns: int, rows: int) -> Counter[tuple[int, int]]:
        """Return how many slots of a bitset lie in each square of a box, by column from the west, row from the north.

        Of a cell that lies wholly in one square no point is looked at.
        """
        buffer = SlotSet(found, len(self._degrees) // 2).buffer
        across, down = columns / (box.east - box.west), rows / (box.north - box.south)

        def square(latitude: float, longitude: float) -> tuple[int, int] | None:
            if not (box.south <= latitude <= box.north and box.west <= longitude <= box.east):
                return None
            return (
                min(int((longitude - box.west) * across), columns - 1),
                min(int((box.north - latitude) * down), rows - 1),
            )

        counts: Counter[tuple[int, int] | None] = Counter()
        for (row, column), slots in self._cells.items():
            listed = [slot for slot in slots if buffer[slot >> 3] >> (slot & 7) & 1]
            south, west = row * HEIGHT - _ROUNDING, column * WIDTH - _ROUNDING
            corner = square(south, west)
            if corner is not None and corner == square(south + HEIGHT + 2 * _ROUNDING, west + WIDTH + 2 * _ROUNDING):
                counts[corner] += len(listed)
            else:
                counts.update(square(self._degrees[2 * slot], self._degrees[2 * slot + 1]) for slot in listed)
        return Counter({place: count for place, count in counts.items() if place is not None and count})

    def _cosines(self, members: int, point: Point) -> dict[int, float]:
        """Return the cosine of the angle between a point and each of a bitset of slots."""
        a, b, c = _on_sphere(*point)
        sphere = self._sphere
        return {
            slot: sphere[3 * slot] * a + sphere[3 * slot + 1] * b + sphere[3 * slot + 2] * c
            for slot in slots_of(members)
        }

    def _put(self, slot: int, point: Point) -> None:
        self._degrees[2 * slot : 2 * slot + 2] = array("d", point)
        self._sphere[3 * slot : 3 * slot + 3] = array("d", _on_sphere(*point))

    def _bits_of(self, cell: tuple[int, int]) -> int:
        bits = self._bits.get(cell)
        if bits is None:
            bits = self._bits[cell] = bits_of(self._cells[cell])
        return bits

    def _cells_near(self, point: Point, miles: float) -> Iterator[tuple[tuple[int, int], float, float]]:
        """Yield the cells with slots that a circle may touch, with bounds in miles of how far they are.

        The bounds hold for every point of a cell. A line that is straight in degrees is no shorter than a great circle,
        and is measured with the widest degree of longitude on it; for the lower bound, with the narrowest.
        """
        latitude, longitude = point
        box = bounding_box(latitude, longitude, miles)
        (south, west), (north, east) = _cell(box.south, box.west), _cell(box.north, box.east)
        columns = [
            (column, *_range(column * WIDTH, column * WIDTH + WIDTH, longitude)) for column in range(west, east + 1)
        ]
        cells = self._cells
        for row in range(south, north + 1):
            bottom, top = row * HEIGHT, row * HEIGHT + HEIGHT
            low, high = _range(bottom, top, latitude)
            narrowest, widest = cos(radians(max(latitude, top))), cos(radians(min(latitude, bottom)))
            for column, left, right in columns:
                if cells.get((row, column)):
                    at_least = max(low, left * narrowest) * _LEAST_MILES_A_DEGREE
                    yield (row, column), at_least, hypot(high, right * widest) * _MOST_MILES_A_DEGREE


def _range(start: float, end: float, value: float) -> tuple[float, float]:
    """Return the least and the greatest difference of a value from those between a start and an end."""
    return max(start - value, value - end, 0.0), max(end - value, value - start)


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return floor(latitude / HEIGHT), floor(longitude / WIDTH)


def _least_cosine(miles: float) -> float:
    """Return the cosine of the angle between two points so far apart.

    It is compared with a dot product: no root, power or arcsine is computed for each point.
    """
    return 1 - 2 * sin(miles / EARTH_RADIUS_MILES / 2) ** 2


def _on_sphere(latitude: float, longitude: float) -> tuple[float, float, float]:
    phi, theta = radians(latitude), radians(longitude)
    return cos(phi) * cos(theta), cos(phi) * sin(theta), sin(phi)
