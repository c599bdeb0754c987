"""Where the groups of a bitset are: each, or counted by squares of a map without a look at most of them."""

from collections import Counter
from collections.abc import Iterator

from places.distance import Box

from .bitset import slots_of
from .document_table import DocumentTable
from .geo_grid import Grid, Point


class Places:
    """The points of the groups of a bitset, all of which have one. Immutable."""

    def __init__(self, found: int, documents: DocumentTable, grid: Grid) -> None:
        self._found, self._documents, self._grid = found, documents, grid

    def __iter__(self) -> Iterator[tuple[Point, bool]]:
        """Yield each point, and whether it is only roughly known."""
        for document in map(self._documents.__getitem__, slots_of(self._found)):
            if document.point:
                yield document.point, document.is_about

    def __len__(self) -> int:
        return self._found.bit_count()

    def without(self, groups: set[int]) -> "Places":
        """Return the places of all but some groups, by primary key."""
        slots = (slot for slot in map(self._documents.slot_of, groups) if slot is not None)
        others = self._found
        for slot in slots:
            others &= ~(1 << slot)
        return Places(others, self._documents, self._grid)

    def corners(self) -> list[Point]:
        """Return the south-western and the north-eastern corner of all; [] for none."""
        return self._grid.corners(self._found)

    def by_square(self, box: Box, columns: int, rows: int) -> Counter[tuple[int, int]]:
        """Return how many lie in each square of a box, by column from the west and row from the north."""
        return self._grid.by_square(self._found, box, columns, rows)
