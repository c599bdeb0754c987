"""The grid that postcodes are counted in: cells in tiles, at several levels. Pure arithmetic."""

import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator
from math import floor

#: The corner that cells are counted from, and the size of a cell at level 0, in WGS 84 degrees.
SOUTH, WEST = 49.0, -9.0
CELL_HEIGHT, CELL_WIDTH = 0.002, 0.0032
#: Cells of a tile, each way; and how many levels there are, the coarsest with cells of about 28 km.
TILE = 32
LEVELS = 8
_MOST = 0xFFFF

#: A level, and a row and a column in tiles or in cells.
Key = tuple[int, int, int]


def cell_at(latitude: float, longitude: float, level: int) -> tuple[int, int]:
    """The row and column of the cell that a point lies in."""
    return (
        floor((latitude - SOUTH) / (CELL_HEIGHT * 2**level)),
        floor((longitude - WEST) / (CELL_WIDTH * 2**level)),
    )


class Counts:
    """How many points lie in each cell, of every level."""

    def __init__(self) -> None:
        self._tiles: dict[tuple[int, int], array] = {}

    def add(self, postcodes: Iterable[tuple[str, float, float, int]]) -> None:
        """Count postcodes, each given with its latitude and longitude in the middle."""
        tiles = self._tiles
        for _, latitude, longitude, _ in postcodes:
            row, column = int((latitude - SOUTH) / CELL_HEIGHT), int((longitude - WEST) / CELL_WIDTH)
            key = row // TILE, column // TILE
            if key not in tiles:
                tiles[key] = _empty()
            tiles[key][row % TILE * TILE + column % TILE] += 1

    def tiles(self) -> Iterator[tuple[Key, bytes]]:
        """Every tile that is not empty, each level made from the one below it."""
        tiles = self._tiles
        for level in range(LEVELS):
            for (row, column), counts in sorted(tiles.items()):
                yield (level, row, column), packed(counts)
            tiles = _coarser(tiles)


def packed(counts: array) -> bytes:
    """A tile as it is stored."""
    return zlib.compress(_swapped_on_big_endian(counts).tobytes(), 9)


def unpacked(stored: bytes) -> array:
    """The counts of a stored tile."""
    counts = array("H")
    counts.frombytes(zlib.decompress(stored))
    return _swapped_on_big_endian(counts)


def cells(tiles: Iterable[tuple[int, int, bytes]]) -> Iterator[tuple[int, int, int]]:
    """Row, column and count of every cell that is not empty, of stored tiles of one level given by row and column."""
    for tile_row, tile_column, stored in tiles:
        for place, count in enumerate(unpacked(stored)):
            if count:
                yield tile_row * TILE + place // TILE, tile_column * TILE + place % TILE, count


def _coarser(tiles: dict[tuple[int, int], array]) -> dict[tuple[int, int], array]:
    found: dict[tuple[int, int], array] = {}
    for (row, column), counts in tiles.items():
        above = found.setdefault((row // 2, column // 2), _empty())
        corner = row % 2 * (TILE // 2) * TILE + column % 2 * (TILE // 2)
        for place, count in enumerate(counts):
            if count:
                at = corner + place // TILE // 2 * TILE + place % TILE // 2
                above[at] = min(_MOST, above[at] + count)
    return found


def _empty() -> array:
    return array("H", bytes(2 * TILE * TILE))


def _swapped_on_big_endian(counts: array) -> array:
    if sys.byteorder == "big":
        counts = array("H", counts)
        counts.byteswap()
    return counts
