"""Pins of a map, with the numbers of a list. A pin that would stand on another moves aside. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from math import ceil, cos, hypot, pi, sin

from .boxes import Rectangle, Space
from .frame import HEIGHT, WIDTH, Frame, Point

#: The side of the square of a number, in units: 24 pixels on the smallest phone, which a finger hits (WCAG 2.5.8).
SIZE = 30
#: The width of a digit, and the room beside them, in units: a number of three digits has a wider pin.
_DIGIT, _RIM = 10.5, 9.0
#: The most numbers beside each other in a pin.
_ACROSS = 4
#: The directions that a pin may move to, and the distance between places that are tried, in units.
_WAYS, _STRIDE = 12, 8.0
#: How far a pin may be off without a line, in units.
_NEAR = 3.0


@dataclass(frozen=True)
class Marker:
    """An item of a list at a point; `is_about` where only its town or district may be shown."""

    number: int
    point: Point
    is_about: bool = False
    #: Where its pin leads, in a page; and what it is called. Both may be "".
    url: str = ""
    name: str = ""


@dataclass(frozen=True)
class Pin:
    """A drawn pin: its middle, the place that it stands for, both in units, and its markers in order.

    One of a place that is only roughly known has all markers of that place; any other has one.
    """

    x: int
    y: int
    place: tuple[float, float]
    is_about: bool
    markers: tuple[Marker, ...]

    @property
    def box(self) -> Rectangle:
        return _box(self.x, self.y, *_extent(self.markers))

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(marker.number for marker in self.markers)

    @property
    def width(self) -> int:
        return _extent(self.markers)[0]

    @property
    def height(self) -> int:
        return _extent(self.markers)[1]

    @property
    def left(self) -> int:
        """The left edge, from the middle; and so the top."""
        return -(self.width // 2)

    @property
    def top(self) -> int:
        return -(self.height // 2)

    @property
    def is_moved(self) -> bool:
        """Whether a line must say where it belongs. Beneath a pin at its place none is seen."""
        return max(abs(self.x - self.place[0]), abs(self.y - self.place[1])) > _NEAR

    @property
    def leader(self) -> str:
        """An SVG path from its place to its middle; "" for one that was not moved."""
        return f"M{self.place[0]:g} {self.place[1]:g}L{self.x} {self.y}" if self.is_moved else ""

    @property
    def cells(self) -> list[tuple[int, int, Marker]]:
        """(x, y, marker) of the middle of each number, from the middle of the pin."""
        across, wide = min(_ACROSS, len(self.markers)), self.cell_width
        return [
            (self.left + wide * (at % across) + wide // 2, self.top + SIZE * (at // across) + SIZE // 2, marker)
            for at, marker in enumerate(self.markers)
        ]

    @property
    def cell_width(self) -> int:
        return _cell_width(self.markers)

    @property
    def cell_left(self) -> int:
        """The left edge of the room of a number, from its middle."""
        return -(self.cell_width // 2)


def pins_of(frame: Frame, markers: Iterable[Marker]) -> list[Pin]:
    """Return the pins of the markers in the frame, in order of their numbers.

    Exact places are pinned first. A place that is only roughly known has one pin for all of its markers, whose numbers
    stand in it: it can give way without saying anything wrong.
    """
    shown = sorted((marker for marker in markers if frame.holds(marker.point)), key=lambda marker: marker.number)
    exact = [(marker.point, [marker]) for marker in shown if not marker.is_about]
    rough: dict[Point, list[Marker]] = {}
    for marker in shown:
        if marker.is_about:
            rough.setdefault(marker.point, []).append(marker)
    space = Space()
    pins = []
    for point, members in [*exact, *rough.items()]:
        place = frame.place(point)
        wide, high = _extent(members)
        x, y = next(_free(place, wide, high, space))
        pin = Pin(x, y, place, members[0].is_about, tuple(members))
        space.take(pin.box)
        pins.append(pin)
    return sorted(pins, key=lambda pin: pin.numbers)


def _cell_width(markers: Sequence[Marker]) -> int:
    """Return the width of the room of each number, in units; even, so that its middle is a whole number."""
    digits = max(len(str(marker.number)) for marker in markers)
    return max(SIZE, 2 * ceil((_DIGIT * digits + _RIM) / 2))


def _extent(markers: Sequence[Marker]) -> tuple[int, int]:
    """Return the width and the height of the pin of some markers, in units."""
    return _cell_width(markers) * min(_ACROSS, len(markers)), SIZE * ceil(len(markers) / _ACROSS)


def _box(x: float, y: float, wide: float, high: float) -> Rectangle:
    return (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def _free(place: tuple[float, float], wide: float, high: float, space: Space) -> Iterator[tuple[int, int]]:
    """Yield places for a pin that are whole on the map and free, the nearest first; on a full map, its own place."""
    own = _within(place[0], wide / 2, WIDTH), _within(place[1], high / 2, HEIGHT)
    for ring in count():
        for way in range(_WAYS if ring else 1):
            angle = 2 * pi * way / _WAYS
            x = _within(place[0] + ring * _STRIDE * cos(angle), wide / 2, WIDTH)
            y = _within(place[1] + ring * _STRIDE * sin(angle), high / 2, HEIGHT)
            if space.is_free(_box(x, y, wide, high)):
                yield x, y
        if ring * _STRIDE > hypot(WIDTH, HEIGHT):
            yield own


def _within(middle: float, half: float, length: float) -> int:
    return round(min(max(middle, half + 1), length - half - 1))
