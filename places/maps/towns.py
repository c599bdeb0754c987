"""Which towns a map names: the largest that find room, so that somebody sees where they are."""

from dataclasses import dataclass

from ..models import Town
from .boxes import Space
from .frame import HEIGHT, WIDTH, Frame

#: So many of the largest towns are tried, and so many are named.
_TRIED, _NAMED = 80, 12
#: How large the letters are, how wide one is on average, and how far the words stand from the town's dot, in units.
_SIZE, _LETTER, _GAP = 11.0, 5.9, 5.0


@dataclass(frozen=True)
class Label:
    """A town's name: after its dot, before it, or in the middle with no dot, as SVG says where text is anchored."""

    name: str
    dot_x: float
    y: float
    anchor: str

    @property
    def has_dot(self) -> bool:
        return self.anchor != "middle"

    @property
    def x(self) -> float:
        """Where its words begin, end, or have their middle."""
        return round(self.dot_x + {"start": _GAP, "middle": 0, "end": -_GAP}[self.anchor], 1)


def labels_of(frame: Frame, taken: Space) -> list[Label]:
    """The names that find room, largest town first, in one query. What is taken stays free of them."""
    south, west, north, east = frame.box
    towns = Town.objects.filter(latitude__range=(south, north), longitude__range=(west, east))
    rows = towns.order_by("-population", "name").values_list("name", "latitude", "longitude")[:_TRIED]
    found: dict[str, Label] = {}
    for name, latitude, longitude in rows:
        if name not in found and len(found) < _NAMED:
            label = _with_room(name, *frame.place((latitude, longitude)), taken)
            if label is not None:
                found[name] = label
    return list(found.values())


def _with_room(name: str, x: float, y: float, taken: Space) -> Label | None:
    """The label of a town on one side of its dot, else under or over what stands on the dot; None without room."""
    width = len(name) * _LETTER
    beside = [
        (Label(name, x, y, "start"), (x - 3, y - _SIZE / 2, x + _GAP + width, y + _SIZE / 2)),
        (Label(name, x, y, "end"), (x - _GAP - width, y - _SIZE / 2, x + 3, y + _SIZE / 2)),
    ]
    on_it = taken.at(x, y)
    if on_it is not None:
        for middle in (on_it[3] + _SIZE / 2 + 1, on_it[1] - _SIZE / 2 - 1):
            around = (x - width / 2, middle - _SIZE / 2, x + width / 2, middle + _SIZE / 2)
            beside.append((Label(name, x, middle, "middle"), around))
    for label, box in beside:
        is_inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= HEIGHT
        if is_inside and taken.is_free(box):
            taken.take(box)
            return label
    return None
