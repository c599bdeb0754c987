"""Results that are not on the page: as dots, or, where there are many, counted by square. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from ..distance import Box
from .boxes import Rectangle, Space
from .frame import HEIGHT, WIDTH, Frame, Point

#: The most that are shown each as a dot.
MOST_DOTS = 200
#: The side of a square in which more are counted, in units.
SQUARE = 40
_COLUMNS, _ROWS = int(WIDTH) // SQUARE, int(HEIGHT) // SQUARE


#: The room that the number of a square takes, and how far it may move from the middle, in units.
_WIDE, _HIGH = 26.0, 13.0
_MOVES = [(0, 0), *((x, y) for y in (-12, 12, 0) for x in (-6, 6, 0))]
#: How dark squares are, from those with few to those with most, and the shares of the most that part them.
_SHADES = ((0.1, "0.08"), (0.4, "0.18"), (1.0, "0.3"))


@dataclass(frozen=True)
class Square:
    """A square of the map, by its row and column, and how many results lie in it."""

    row: int
    column: int
    count: int
    shade: str

    @property
    def left(self) -> int:
        """The left edge, in units. It is drawn a little smaller than it is."""
        return self.column * SQUARE + 1

    @property
    def top(self) -> int:
        return self.row * SQUARE + 1

    def number_at(self, pins: Space, names: Space) -> tuple[int, int] | None:
        """Return the x and y of its number: off pins, and off names too if it can; None where pins fill the square."""
        x, y = self.column * SQUARE + SQUARE // 2, self.row * SQUARE + SQUARE // 2
        places = [(x + across, y + down) for across, down in _MOVES]
        free = [place for place in places if pins.is_free(room_of_number(*place))]
        return next((place for place in free if names.is_free(room_of_number(*place))), free[0] if free else None)


def room_of_number(x: float, y: float) -> Rectangle:
    """Return the room that the number of a square takes, about its middle."""
    return (x - _WIDE / 2, y - _HIGH / 2, x + _WIDE / 2, y + _HIGH / 2)


@dataclass(frozen=True)
class Others:
    """Results beside those that have pins: dots and rings, or squares."""

    #: An SVG path of lines without length, which round ends make dots; "" for none.
    dots: str = ""
    #: The middle of each place that is only roughly known, however many results are there.
    rings: tuple[tuple[int, int], ...] = ()
    squares: tuple[Square, ...] = ()
    #: How many results are shown so.
    total: int = 0


@runtime_checkable
class CountedPlaces(Protocol):
    """Places that can be counted without a look at each of them."""

    def by_square(self, box: Box, columns: int, rows: int) -> Counter[tuple[int, int]]:
        """Return how many lie in each square of a box, by column from the west and row from the north."""


def others_of(frame: Frame, places: Iterable[tuple[Point, bool]], pinned: Iterable[Point] = ()) -> Others:
    """Return how to show results, given as (point, whether it is only roughly known), that lie in the frame.

    A rough place among `pinned`, which has a pin already, has no ring.
    """
    counts = places.by_square(frame.box, _COLUMNS, _ROWS) if isinstance(places, CountedPlaces) else None
    if counts is None or counts.total() <= MOST_DOTS:
        shown = [row for row in places if frame.holds(row[0])]
        counts = counts or _by_square(frame.box, (point for point, _ in shown))
    if counts.total() > MOST_DOTS:
        most = max(counts.values())
        squares = tuple(
            Square(row, column, number, next(shade for share, shade in _SHADES if number <= most * share))
            for (column, row), number in sorted(counts.items())
        )
        return Others(squares=squares, total=counts.total())
    has_pin = set(pinned)
    exact = sorted({_rounded(frame, point) for point, is_about in shown if not is_about})
    rough = sorted({_rounded(frame, point) for point, is_about in shown if is_about and point not in has_pin})
    return Others("".join(f"M{x} {y}h0" for x, y in exact), tuple(rough), total=len(shown))


def _by_square(box: Box, points: Iterable[Point]) -> Counter[tuple[int, int]]:
    south, west, north, east = box
    across, down = _COLUMNS / (east - west), _ROWS / (north - south)
    return Counter(
        (min(int((longitude - west) * across), _COLUMNS - 1), min(int((north - latitude) * down), _ROWS - 1))
        for latitude, longitude in points
    )


def _rounded(frame: Frame, point: Point) -> tuple[int, int]:
    x, y = frame.place(point)
    return round(x), round(y)
