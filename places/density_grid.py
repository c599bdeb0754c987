"""Density grid of postcodes: counts of cells, stored in tiles, at several zoom levels. Pure arithmetic."""

import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator
from math import floor

#: The origin of the grid, and the size of a cell at level 0, in WGS 84 degrees.
SOUTH, WEST = 49.0, -9.0
CELL_HEIGHT, CELL_WIDTH = 0.002, 0.0032
#: The side of a tile in cells, and the number of levels; cells of the coarsest level are about 28 km.
TILE = 32
LEVELS = 8
_MAX_COUNT = 0xFFFF

#: (level, row, column); row and column of a tile.
Key = tuple[int, int, int]


def cell_at(latitude: float, longitude: float, level: int) -> tuple[int, int]:
    """Return the row and column of the cell with a point."""
    return (
        floor((latitude - SOUTH) / (CELL_HEIGHT * 2**level)),
        floor((longitude - WEST) / (CELL_WIDTH * 2**level)),
    )


class Counts:
    """Counts points in the cells of every level."""

    def __init__(self) -> None:
        self._tiles: dict[tuple[int, int], array[int]] = {}

    def add(self, postcodes: Iterable[tuple[str, float, float, int]]) -> None:
        """Count postcodes, given as (postcode, latitude, longitude, district pk)."""
        tiles = self._tiles
        for _, latitude, longitude, _ in postcodes:
            row, column = int((latitude - SOUTH) / CELL_HEIGHT), int((longitude - WEST) / CELL_WIDTH)
            key = row // TILE, column // TILE
            if key not in tiles:
                tiles[key] = _empty()
            tiles[key][row % TILE * TILE + column % TILE] += 1

    def tiles(self) -> Iterator[tuple[Key, bytes]]:
        """Yield the key and stored form of every tile that is not empty, level by level."""
        tiles = self._tiles
        for level in range(LEVELS):
            for (row, column), counts in sorted(tiles.items()):
                yield (level, row, column), packed(counts)
            tiles = _coarser(tiles)


def packed(counts: "array[int]") -> bytes:
    """Return the stored form of a tile: zlib-compressed little-endian 16-bit counts."""
    return zlib.compress(_swapped_on_big_endian(counts).tobytes(), 9)


def unpacked(stored: bytes | memoryview) -> "array[int]":
    """Return the counts of a stored tile."""
    counts = array("H")
    counts.frombytes(zlib.decompress(stored))
    return _swapped_on_big_endian(counts)


def cells(tiles: Iterable[tuple[int, int, bytes | memoryview]]) -> Iterator[tuple[int, int, int]]:
    """Yield (row, column, count) of the non-empty cells of (row, column, stored form) tiles of one level."""
    for tile_row, tile_column, stored in tiles:
        for index, count in enumerate(unpacked(stored)):
            if count:
                yield tile_row * TILE + index // TILE, tile_column * TILE + index % TILE, count


def _coarser(tiles: "dict[tuple[int, int], array[int]]") -> "dict[tuple[int, int], array[int]]":
    coarser: dict[tuple[int, int], array[int]] = {}
    for (row, column), counts in tiles.items():
        parent = coarser.setdefault((row // 2, column // 2), _empty())
        corner = row % 2 * (TILE // 2) * TILE + column % 2 * (TILE // 2)
        for index, count in enumerate(counts):
            if count:
                target = corner + index // TILE // 2 * TILE + index % TILE // 2
                parent[target] = min(_MAX_COUNT, parent[target] + count)
    return coarser


def _empty() -> "array[int]":
    return array("H", bytes(2 * TILE * TILE))


def _swapped_on_big_endian(counts: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        counts = array("H", counts)
        counts.byteswap()
    return counts
