"""Reads `places/data/outlines.topojson.xz`: coast and district outlines as arcs, each stored once and shared."""

import lzma
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from json import JSONDecoder
from pathlib import Path
from typing import Any, NamedTuple

from ..distance import Box

OUTLINES = Path(__file__).resolve().parent.parent / "data" / "outlines.topojson.xz"
_ARCS = '"arcs":['

#: Arcs by their index, end to end; `~index` is an arc that is walked backwards.
Ring = Sequence[int]
#: x and y in grid steps from the south-west, one after the other.
Points = "array[int]"


class GridBox(NamedTuple):
    """A box in grid steps."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: "GridBox") -> bool:
        """Return whether two boxes have a point in common."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.bottom <= other.top
            and other.bottom <= self.top
        )


@dataclass(frozen=True)
class Topology:
    """The outlines of districts, by their GSS codes, in steps of a grid over WGS 84."""

    #: Degrees of longitude and of latitude of a step, and of the corner of the grid.
    scale: tuple[float, float]
    corner: tuple[float, float]
    arcs: list["array[int]"]
    rings: dict[str, list["array[int]"]]
    #: The arcs that are a border with a country that is not in the file.
    land_border: frozenset[int] = frozenset()
    _boundaries: dict[frozenset[str], list["array[int]"]] = field(default_factory=dict)

    @cached_property
    def boxes(self) -> list[GridBox]:
        """The box of each arc."""
        return [GridBox(min(arc[::2]), min(arc[1::2]), max(arc[::2]), max(arc[1::2])) for arc in self.arcs]

    @cached_property
    def users(self) -> list[tuple[str, ...]]:
        """The codes of the districts that each arc bounds: two of an inland border, one of a coast."""
        users: list[list[str]] = [[] for _ in self.arcs]
        for code, rings in self.rings.items():
            for ring in rings:
                for index in ring:
                    users[index if index >= 0 else ~index].append(code)
        return [tuple(codes) for codes in users]

    @cached_property
    def box(self) -> Box:
        """The box round all districts, in degrees."""
        box = self.box_of(self.rings)
        assert box is not None
        return box

    def boundary(self, codes: Iterable[str]) -> list["array[int]"]:
        """Return the rings round some districts together, without the borders between them. Unknown codes have none."""
        wanted = frozenset(codes)
        if wanted not in self._boundaries:
            used = [index for code in sorted(wanted) for ring in self.rings.get(code, ()) for index in ring]
            uses = Counter(index if index >= 0 else ~index for index in used)
            once = [index for index in used if uses[index if index >= 0 else ~index] == 1]
            if len(self._boundaries) >= _MOST_BOUNDARIES:
                self._boundaries.clear()
            self._boundaries[wanted] = self._joined(once)
        return self._boundaries[wanted]

    def box_of(self, codes: Iterable[str]) -> Box | None:
        """Return the box round some districts, in degrees; None if none is known."""
        arcs = {index if index >= 0 else ~index for ring in self.boundary(codes) for index in ring}
        if not arcs:
            return None
        lefts, bottoms, rights, tops = zip(*(self.boxes[index] for index in arcs), strict=True)
        (west, south), (wide, high) = self.corner, self.scale
        return Box(
            south + min(bottoms) * high, west + min(lefts) * wide, south + max(tops) * high, west + max(rights) * wide
        )

    def holds(self, codes: Iterable[str], point: tuple[float, float]) -> bool:
        """Return whether a point (latitude, longitude) lies in one of some districts, as far as outlines can tell."""
        x, y = (point[1] - self.corner[0]) / self.scale[0], (point[0] - self.corner[1]) / self.scale[1]
        crossings = 0
        for ring in self.boundary(codes):
            for index in ring:
                arc = self.arcs[index if index >= 0 else ~index]
                box = self.boxes[index if index >= 0 else ~index]
                if box.left > x:
                    # Whatever its bends, the ends of an arc on the right say whether it is crossed oddly often.
                    crossings += (arc[1] > y) is not (arc[-1] > y)
                elif box.right > x and box.bottom <= y <= box.top:
                    crossings += _crossings(arc, x, y)
        return crossings % 2 == 1

    def _joined(self, arcs: list[int]) -> list["array[int]"]:
        """Return rings of arcs, given in any order, each of which ends where another begins."""
        leaving: dict[tuple[int, int], list[int]] = {}
        for index in reversed(arcs):
            leaving.setdefault(self._ends(index)[0], []).append(index)
        rings = []
        for first in arcs:
            ring = array("h")
            start, end = self._ends(first)
            if first not in leaving.get(start, ()):
                continue
            leaving[start].remove(first)
            ring.append(first)
            while end != start:
                index = leaving[end].pop()
                ring.append(index)
                end = self._ends(index)[1]
            rings.append(ring)
        return rings

    def _ends(self, index: int) -> tuple[tuple[int, int], tuple[int, int]]:
        arc = self.arcs[index if index >= 0 else ~index]
        ends = (arc[0], arc[1]), (arc[-2], arc[-1])
        return ends if index >= 0 else (ends[1], ends[0])


#: The most sets of districts whose boundary is kept.
_MOST_BOUNDARIES = 200


@cache
def topology() -> Topology:
    """Return the outlines of the United Kingdom, read once in a process."""
    return read_topology(lzma.decompress(OUTLINES.read_bytes()).decode())


def read_topology(text: str) -> Topology:
    """Return the outlines of a quantised TopoJSON whose last member is `arcs`. Raises `ValueError` for any other.

    The arcs are read one by one: all at once they would take ten times the memory that they need afterwards.
    """
    start = text.rindex(_ARCS)
    decode = JSONDecoder().raw_decode
    head: dict[str, Any] = decode(f"{text[:start].rstrip().rstrip(',')}}}")[0]
    arcs, position = [], start + len(_ARCS)
    while text[position] != "]":
        deltas, position = decode(text, position)
        arcs.append(_absolute(deltas))
        position += text[position] == ","
    rings = {
        row["id"]: [array("h", ring) for polygon in row["arcs"] for ring in polygon]
        for row in head["objects"]["districts"]["geometries"]
    }
    transform = head["transform"]
    return Topology(
        (transform["scale"][0], transform["scale"][1]),
        (transform["translate"][0], transform["translate"][1]),
        arcs,
        rings,
        frozenset(index if index >= 0 else ~index for index in head.get("land_border", ())),
    )


def _crossings(arc: "array[int]", x: float, y: float) -> int:
    """Return how often an arc crosses the line from a point to the right."""
    count, last_x, last_y = 0, arc[0], arc[1]
    for at in range(2, len(arc), 2):
        next_x, next_y = arc[at], arc[at + 1]
        if (last_y > y) is not (next_y > y) and last_x + (y - last_y) / (next_y - last_y) * (next_x - last_x) > x:
            count += 1
        last_x, last_y = next_x, next_y
    return count


def _absolute(deltas: list[list[int]]) -> "array[int]":
    x = y = 0
    points = array("H")
    for across, up in deltas:
        x, y = x + across, y + up
        points.extend((x, y))
    return points
