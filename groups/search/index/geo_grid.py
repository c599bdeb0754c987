"""A grid index of points: radius and nearest-first queries without computing the distance to every point."""

from collections.abc import Iterator
from math import asin, cos, floor, hypot, radians, sin, sqrt
from typing import NamedTuple

from places.distance import EARTH_RADIUS_MILES, bounding_box, distance_miles

from .bitset import SlotSet, bits_of

#: A latitude and a longitude, in WGS 84 degrees.
Point = tuple[float, float]

#: The size of a cell in degrees: in Britain each side is about 7 miles.
HEIGHT, WIDTH = 0.1, 0.16
#: Miles in a degree of latitude: rounded down for lower bounds, and up for upper ones.
_LEAST_MILES_A_DEGREE, _MOST_MILES_A_DEGREE = 69.0, 69.1


class GridCell(NamedTuple):
    """The slots in one cell: as a bitset, and each with its x, y and z on the unit sphere."""

    bits: int = 0
    places: tuple[tuple[int, float, float, float], ...] = ()


class Grid:
    """Points by grid cell. Immutable: `with_changes` returns a copy, so that a concurrent search sees one state."""

    def __init__(self, points: dict[int, Point]) -> None:
        self._points = dict(points)
        self._cells: dict[tuple[int, int], GridCell] = {}
        by_cell: dict[tuple[int, int], list[int]] = {}
        for slot, point in points.items():
            by_cell.setdefault(_cell(*point), []).append(slot)
        for cell, slots in by_cell.items():
            self._cells[cell] = self._filled(slots)

    def with_changes(self, changed: dict[int, Point | None]) -> "Grid":
        """Return a copy with some slots moved, or, for None, removed."""
        grid = Grid({})
        grid._points = self._points | {slot: point for slot, point in changed.items() if point is not None}
        for slot in (slot for slot, point in changed.items() if point is None):
            grid._points.pop(slot, None)
        touched = {_cell(*point) for point in changed.values() if point is not None}
        touched |= {_cell(*self._points[slot]) for slot in changed if slot in self._points}
        grid._cells = self._cells.copy()
        for cell in touched:
            slots = {slot for slot, *_ in self._cells.get(cell, GridCell()).places} - set(changed)
            slots |= {slot for slot, point in changed.items() if point is not None and _cell(*point) == cell}
            grid._cells[cell] = grid._filled(sorted(slots))
        return grid

    def within(self, point: Point, miles: float) -> int:
        """Return the bitset of slots within a distance. In cells wholly inside no distance is computed."""
        a, b, c = _on_sphere(*point)
        # Compare cosines of the angle between: a dot product, and no root, power or arcsine for each point.
        least = 1 - 2 * sin(miles / EARTH_RADIUS_MILES / 2) ** 2
        whole, measured = 0, []
        for cell, at_least, at_most in self._cells_near(point, miles):
            if at_most <= miles:
                whole |= cell.bits
            elif at_least <= miles:
                measured += [slot for slot, x, y, z in cell.places if x * a + y * b + z * c >= least]
        return whole | bits_of(measured)

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
            pending += [
                (round(2 * EARTH_RADIUS_MILES * asin(sqrt((x - a) ** 2 + (y - b) ** 2 + (z - c) ** 2) / 2), 3), slot)
                for slot, x, y, z in cell.places
                if buffer[slot >> 3] >> (slot & 7) & 1
            ]
        yield from sorted(pending)

    def distance(self, point: Point, slot: int) -> float:
        """Return the miles from a point to a slot, rounded to about five feet."""
        return round(distance_miles(*point, *self._points[slot]), 3)

    def _filled(self, slots: list[int]) -> GridCell:
        return GridCell(bits_of(slots), tuple((slot, *_on_sphere(*self._points[slot])) for slot in slots))

    def _cells_near(self, point: Point, miles: float) -> Iterator[tuple[GridCell, float, float]]:
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
                cell = cells.get((row, column))
                if cell is not None and cell.bits:
                    at_least = max(low, left * narrowest) * _LEAST_MILES_A_DEGREE
                    yield cell, at_least, hypot(high, right * widest) * _MOST_MILES_A_DEGREE


def _range(start: float, end: float, value: float) -> tuple[float, float]:
    """Return the least and the greatest difference of a value from those between a start and an end."""
    return max(start - value, value - end, 0.0), max(end - value, value - start)


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return floor(latitude / HEIGHT), floor(longitude / WIDTH)


def _on_sphere(latitude: float, longitude: float) -> tuple[float, float, float]:
    phi, theta = radians(latitude), radians(longitude)
    return cos(phi) * cos(theta), cos(phi) * sin(theta), sin(phi)
