"""The grid that postcodes are counted in."""

from hypothesis import given
from hypothesis import strategies as st

from places.density_grid import LEVELS, Counts, cell_at, cells

POINTS = st.lists(st.tuples(st.floats(49.8, 60.9), st.floats(-8.7, 1.8)), max_size=60)


def counted(points: list[tuple[float, float]]) -> dict[int, dict[tuple[int, int], int]]:
    """For each level the cells that are not empty, by row and column."""
    counts = Counts()
    counts.add(("", latitude, longitude, 0) for latitude, longitude in points)
    found: dict[int, dict[tuple[int, int], int]] = {level: {} for level in range(LEVELS)}
    for (level, row, column), stored in counts.tiles():
        found[level] |= {(at, across): count for at, across, count in cells([(row, column, stored)])}
    return found


@given(points=POINTS)
def test_every_point_is_counted_in_its_cell_at_every_level(points):
    found = counted(points)

    for level in range(LEVELS):
        expected: dict[tuple[int, int], int] = {}
        for point in points:
            cell = cell_at(*point, level)
            expected[cell] = expected.get(cell, 0) + 1
        assert found[level] == expected


def test_cells_one_step_apart_are_two_cells_and_one_at_the_level_above():
    found = counted([(51.0001, -1.0), (51.0021, -1.0)])

    assert [len(found[level]) for level in (0, 1)] == [2, 1]
    assert list(found[1].values()) == [2]
