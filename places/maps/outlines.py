"""Land and sea, borders and the outline of an area, as SVG paths for a frame."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log2

from .clipping import Place, clipped_ring, runs_inside
from .frame import HEIGHT, WIDTH, Frame
from .simplification import simplified
from .topology import GridBox, Ring, topology

#: The steps in which paths are drawn, in a unit: half a unit is a pixel where the map is widest.
STEPS = 2
#: How far a simplified line may be off, in units.
_TOLERANCE = 0.9
#: The most characters of all paths of a map: a longer coast is drawn more coarsely, so that a page with it stays light.
_MOST_LENGTH = 4000
#: How many times its lines are made twice as coarse, before borders are left out.
_COARSER = 2
#: The smallest island that is drawn, in units.
_LEAST = 2.5
#: What is drawn beyond the edge, in units, so that no line shows where land is cut off.
_EDGE = 6.0
#: On a wider map, in miles, only the borders of nations are drawn.
DISTRICTS_UP_TO = 230.0
#: With more borders than this on the map, those outside the area searched are left out.
MOST_BORDERS = 40


@dataclass(frozen=True)
class Outlines:
    """SVG paths, in half units. Each may be ""."""

    #: Closed, for filling with the rule "evenodd".
    land: str
    borders: str
    #: A border with a country that is not drawn: land goes on there.
    land_border: str
    #: The outline of the area searched; closed, like land.
    area: str

    @property
    def length(self) -> int:
        """Return the number of characters of all paths."""
        return len(self.land) + len(self.borders) + len(self.land_border) + len(self.area)


def outlines_of(frame: Frame, area: Iterable[str] = ()) -> Outlines:
    """Return the outlines in a frame, and that of the districts of an area, given by their GSS codes."""
    view, codes = _View.of(frame), frozenset(area)
    for level in range(view.level, view.level + _COARSER + 1):
        outlines = _drawn(replace(view, level=level), codes)
        if outlines.length <= _MOST_LENGTH:
            return outlines
    # Round a large city there are more borders than anybody can tell apart.
    return replace(outlines, borders="")


#: For frames that no typed place is the middle of: those tell where somebody looked, and nothing typed is remembered.
cached_outlines_of = lru_cache(maxsize=64)(outlines_of)


def _drawn(view: "_View", area: frozenset[str]) -> Outlines:
    shapes = topology()
    round_area = shapes.boundary(area)
    edge = {index if index >= 0 else ~index for ring in round_area for index in ring}
    borders = (_nation_borders if view.is_wide else _district_borders)()
    shown = [index for index in sorted(view.arcs) if index in borders and index not in edge]
    if len(shown) > MOST_BORDERS and edge:
        shown = [index for index in shown if area.issuperset(shapes.users[index])]
    return Outlines(
        land=view.rings(shapes.boundary(shapes.rings)),
        borders=view.lines(shown),
        land_border=view.lines(sorted(view.arcs & shapes.land_border)),
        area=view.rings(round_area),
    )


@lru_cache(maxsize=1)
def _district_borders() -> frozenset[int]:
    return frozenset(index for index, codes in enumerate(topology().users) if len(codes) > 1)


@lru_cache(maxsize=1)
def _nation_borders() -> frozenset[int]:
    """The borders between districts whose codes begin with the letters of two nations."""
    return frozenset(index for index, codes in enumerate(topology().users) if len({code[0] for code in codes}) > 1)


@lru_cache(maxsize=12_000)
def _simplified_arc(index: int, level: int) -> "array[int]":
    return simplified(topology().arcs[index], 2.0**level)


def _arc(index: int, level: int) -> list[Place]:
    """Return the points of an arc, simplified by 2^level grid steps; for level 0 as it was read."""
    points = _simplified_arc(index, level) if level else topology().arcs[index]
    return list(zip(points[::2], points[1::2], strict=True))


@dataclass(frozen=True)
class _View:
    """What a map shows of the outlines, and the projection from grid steps to steps of a path."""

    box: GridBox
    #: The arcs that may be in the box.
    arcs: frozenset[int]
    #: Whether only the borders of nations are drawn.
    is_wide: bool
    level: int
    #: Steps of a path in a grid step, to the right and upwards.
    across: float
    up: float
    #: The top left corner of the map, in grid steps.
    left: float
    top: float

    @classmethod
    def of(cls, frame: Frame) -> "_View":
        (wide, high), (corner_x, corner_y) = topology().scale, topology().corner
        left, right = (frame.box.west - corner_x) / wide, (frame.box.east - corner_x) / wide
        bottom, top = (frame.box.south - corner_y) / high, (frame.box.north - corner_y) / high
        unit = (top - bottom) / HEIGHT
        edge_x, edge_y = _EDGE * (right - left) / WIDTH, _EDGE * unit
        box = GridBox(left - edge_x, bottom - edge_y, right + edge_x, top + edge_y)
        return cls(
            box,
            frozenset(
                index
                for index, (west, south, east, north) in enumerate(topology().boxes)
                if west <= box.right and box.left <= east and south <= box.top and box.bottom <= north
            ),
            frame.miles_across > DISTRICTS_UP_TO,
            max(0, int(log2(max(1.0, unit * _TOLERANCE)))),
            WIDTH * STEPS / (right - left),
            HEIGHT * STEPS / (top - bottom),
            left,
            top,
        )

    def rings(self, rings: Iterable[Ring]) -> str:
        return "".join(map(self._ring, rings))

    def _ring(self, ring: Ring) -> str:
        """Return the path of a ring; "" if it is not on the map, or too small to see.

        An arc beside the box is drawn straight: whatever its bends, it passes the box on that side.
        """
        box, arcs = self.box, topology().arcs
        points: list[Place] = []
        for signed in ring:
            index = signed if signed >= 0 else ~signed
            if index in self.arcs:
                arc = _arc(index, self.level)
                points += arc[:-1] if signed >= 0 else arc[:0:-1]
            else:
                whole = arcs[index]
                points.append((whole[0], whole[1]) if signed >= 0 else (whole[-2], whole[-1]))
        xs, ys = [x for x, _ in points], [y for _, y in points]
        extent = GridBox(min(xs), min(ys), max(xs), max(ys))
        if not extent.meets(box):
            return ""
        least = _LEAST * STEPS
        if (extent.right - extent.left) * self.across < least and (extent.top - extent.bottom) * self.up < least:
            return ""
        is_inside = (
            extent.left >= box.left
            and extent.right <= box.right
            and extent.bottom >= box.bottom
            and extent.top <= box.top
        )
        path = self._path(points if is_inside else clipped_ring(points, box))
        return f"{path}z" if path else ""

    def lines(self, arcs: Iterable[int]) -> str:
        return "".join(self._path(run) for index in arcs for run in runs_inside(_arc(index, self.level), self.box))

    def _path(self, points: Iterable[Place]) -> str:
        """Return a path without what repeats: "M1 2l3-4 5 6"; "" for a single point."""
        left, top, across, up = self.left, self.top, self.across, self.up
        steps: list[str] = []
        start = None
        x = y = 0
        for gx, gy in points:
            next_x, next_y = round((gx - left) * across), round((top - gy) * up)
            if start is None:
                start = f"M{next_x} {next_y}l"
            elif next_x != x or next_y != y:
                dx, dy = next_x - x, next_y - y
                steps.append(f"{dx}{dy}" if dy < 0 else f"{dx} {dy}")
            x, y = next_x, next_y
        return f"{start}{_joined(steps)}" if steps and start else ""


def _joined(steps: list[str]) -> str:
    """Join numbers with a space, which a minus sign makes needless."""
    return "".join([steps[0], *(step if step[0] == "-" else f" {step}" for step in steps[1:])])
