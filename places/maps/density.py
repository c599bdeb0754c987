"""The background of a map: dots for the density of postcodes, which show coast, towns and valleys."""

from bisect import bisect_left
from dataclasses import dataclass
from math import ceil

from django.db.models import QuerySet

from ..density_grid import CELL_HEIGHT, CELL_WIDTH, LEVELS, SOUTH, TILE, WEST, cell_at, cells
from ..models import GroundTile
from .frame import HEIGHT, WIDTH, Frame

#: The most cells across a map, a limit on its size in bytes.
MOST_ACROSS = 112
#: The quantiles of the counts between the dot sizes; and the sizes, as shares of a cell.
_SHARES = (0.45, 0.75, 0.92)
SIZES = (0.34, 0.52, 0.7, 0.9)


@dataclass(frozen=True)
class Ground:
    """Dots in a grid of cells: (size, SVG path) pairs, in cells from the top left."""

    paths: tuple[tuple[float, str], ...]
    #: The corner of the grid and the size of a cell on the map, in units.
    left: float
    top: float
    cell_width: float
    cell_height: float


def ground_of(frame: Frame) -> Ground:
    """Return the background of a map, with one query."""
    level = _level_for(frame)
    south, west, north, east = frame.box
    (bottom, left), (top, right) = cell_at(south, west, level), cell_at(north, east, level)
    tiles = _tiles(level, bottom, left, top, right).values_list("row", "column", "counts")
    dots = [
        (top - row, column - left, count)
        for row, column, count in cells(tiles)
        if bottom <= row <= top and left <= column <= right
    ]
    height, width = CELL_HEIGHT * 2**level, CELL_WIDTH * 2**level
    corner = frame.place((SOUTH + (top + 1) * height, WEST + left * width))
    return Ground(
        paths=_paths(dots),
        left=corner[0],
        top=corner[1],
        cell_width=round(width / (east - west) * WIDTH, 3),
        cell_height=round(height / (north - south) * HEIGHT, 3),
    )


def _level_for(frame: Frame) -> int:
    """Return the finest level with at most `MOST_ACROSS` cells across the map."""
    across = (frame.box.east - frame.box.west) / CELL_WIDTH
    return next((level for level in range(LEVELS) if ceil(across / 2**level) <= MOST_ACROSS), LEVELS - 1)


def _tiles(level: int, bottom: int, left: int, top: int, right: int) -> QuerySet[GroundTile]:
    return GroundTile.objects.filter(
        level=level, row__range=(bottom // TILE, top // TILE), column__range=(left // TILE, right // TILE)
    )


def _paths(cell_counts: list[tuple[int, int, int]]) -> tuple[tuple[float, str], ...]:
    """Return (size, SVG path) pairs for (row, column, count) cells; a dot is a zero-length line with round caps."""
    counts = sorted(count for _, _, count in cell_counts)
    limits = [counts[int(len(counts) * share)] for share in _SHARES] if counts else []
    dots: list[list[tuple[int, int]]] = [[] for _ in SIZES]
    for row, column, count in sorted(cell_counts):
        dots[bisect_left(limits, count)].append((row, column))
    return tuple((size, _path(points)) for size, points in zip(SIZES, dots, strict=True) if points)


def _path(dots: list[tuple[int, int]]) -> str:
    steps, row, column = [], 0, 0
    for next_row, next_column in dots:
        steps.append(f"m{next_column - column} {next_row - row}h0")
        row, column = next_row, next_column
    return "".join(steps)
