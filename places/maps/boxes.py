"""Rectangles of a map, for placing labels and pins without overlaps."""

#: Left, top, right, bottom, in units.
Rectangle = tuple[float, float, float, float]


def overlap(first: Rectangle, second: Rectangle) -> bool:
    """Return whether two rectangles overlap."""
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]


class Space:
    """The occupied rectangles of a map."""

    def __init__(self) -> None:
        self._taken: list[Rectangle] = []

    def take(self, box: Rectangle) -> None:
        self._taken.append(box)

    def is_free(self, box: Rectangle) -> bool:
        return self.first_over(box) is None

    def first_over(self, box: Rectangle) -> Rectangle | None:
        """Return the first occupied rectangle that overlaps one, or None."""
        # Written out, since a map asks some thousand times.
        left, top, right, bottom = box
        for taken in self._taken:
            if left < taken[2] and taken[0] < right and top < taken[3] and taken[1] < bottom:
                return taken
        return None

    def at(self, x: float, y: float) -> Rectangle | None:
        """Return the occupied rectangle at a point, or None."""
        return next((box for box in self._taken if box[0] <= x <= box[2] and box[1] <= y <= box[3]), None)
