"""Clips lines and rings to a box. Pure arithmetic."""

from collections.abc import Callable, Iterable, Iterator

from .topology import GridBox

Place = tuple[float, float]


def clipped_ring(points: list[Place], box: GridBox) -> list[Place]:
    """Return the part of a closed ring that is in a box (Sutherland and Hodgman); it may run along the box's edge.

    The first point is not repeated at the end.
    """
    edges = ((0, box.left, True), (0, box.right, False), (1, box.bottom, True), (1, box.top, False))
    for axis, limit, keeps_above in edges:
        if not points:
            return []
        points = list(_cut(points, axis, limit, keeps_above))
    return points


def _cut(points: list[Place], axis: int, limit: float, keeps_above: bool) -> Iterator[Place]:
    last = points[-1]
    was_in = (last[axis] >= limit) is keeps_above or last[axis] == limit
    for point in points:
        is_in = (point[axis] >= limit) is keeps_above or point[axis] == limit
        if is_in is not was_in:
            share = (limit - last[axis]) / (point[axis] - last[axis])
            other = last[1 - axis] + (point[1 - axis] - last[1 - axis]) * share
            yield (limit, other) if axis == 0 else (other, limit)
        if is_in:
            yield point
        last, was_in = point, is_in


def runs_inside(points: Iterable[Place], box: GridBox) -> list[list[Place]]:
    """Return the runs of a line whose segments may touch a box: a run reaches over the edge by one point at most."""
    zone = _zones(box)
    runs: list[list[Place]] = []
    last, last_zone, is_open = None, 0, False
    for point in points:
        next_zone = zone(point)
        if last is not None:
            if next_zone & last_zone:
                is_open = False
            else:
                if not is_open:
                    runs.append([last])
                runs[-1].append(point)
                is_open = True
        last, last_zone = point, next_zone
    return runs


def _zones(box: GridBox) -> Callable[[Place], int]:
    """Return a function for the sides of the box that a point is beyond, as bits (Cohen and Sutherland)."""
    left, bottom, right, top = box

    def zone(point: Place) -> int:
        x, y = point
        return (1 if x < left else 2 if x > right else 0) | (4 if y < bottom else 8 if y > top else 0)

    return zone
