"""What is where on a map, so that nothing stands on anything else."""

#: Left, top, right, bottom, in units.
Rectangle = tuple[float, float, float, float]


def meet(one: Rectangle, other: Rectangle) -> bool:
    """Whether two rectangles share any room."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


class Space:
    """The rectangles of a map that are taken."""

    def __init__(self) -> None:
        self._taken: list[Rectangle] = []

    def take(self, box: Rectangle) -> None:
        self._taken.append(box)

    def is_free(self, box: Rectangle) -> bool:
        return not any(meet(box, taken) for taken in self._taken)

    def at(self, x: float, y: float) -> Rectangle | None:
        """What stands on a spot, if anything does."""
        return next((box for box in self._taken if box[0] <= x <= box[2] and box[1] <= y <= box[3]), None)
