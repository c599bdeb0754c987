"""Simplifies lines to what can be seen (Douglas and Peucker). Pure arithmetic."""

from array import array


def simplified(points: "array[int]", tolerance: float) -> "array[int]":
    """Return a line of x and y alternately with fewer points, none of those left out farther off than the tolerance.

    Its ends stay, so that lines which meet go on meeting. The tolerance is in the units of the points.
    """
    count = len(points) // 2
    if count <= 2:
        return points
    xs, ys = points[::2].tolist(), points[1::2].tolist()
    stays = bytearray(count)
    stays[0] = stays[-1] = 1
    spans = [(0, count - 1)]
    limit = tolerance * tolerance
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        at, off = _farthest(xs, ys, first, last)
        if off > limit:
            stays[at] = 1
            spans += [(first, at), (at, last)]
    return array(points.typecode, [value for at in range(count) if stays[at] for value in (xs[at], ys[at])])


def _farthest(xs: list[int], ys: list[int], first: int, last: int) -> tuple[int, float]:
    """Return the index of the point farthest from the chord of a span, and the square of its distance."""
    x, y = xs[first], ys[first]
    across, up = xs[last] - x, ys[last] - y
    span = range(first + 1, last)
    length = across * across + up * up
    if not length:
        # A ring begins where it ends.
        squares = [(xs[at] - x) ** 2 + (ys[at] - y) ** 2 for at in span]
        most = max(squares)
        return first + 1 + squares.index(most), most
    products = [abs((xs[at] - x) * up - (ys[at] - y) * across) for at in span]
    highest = max(products)
    return first + 1 + products.index(highest), highest * highest / length
