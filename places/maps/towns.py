"""Which towns a map names: the largest that find room, so that somebody sees where they are."""

from dataclasses import dataclass

from ..models import Town
from .boxes import Space
from .frame import HEIGHT, WIDTH, Frame
from .text_metrics import LETTERS, width_of

#: So many of the largest towns are tried, and so many are named.
_TRIED, _NAMED = 80, 9
#: How far the words stand from the town's dot, in units.
_GAP = 5.0
#: How far words reach up and down from their middle, with the rim that keeps them from the ground.
_UP, _DOWN = LETTERS * 0.55, LETTERS * 0.65


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
    names = Space()
    for name, latitude, longitude in rows:
        if name not in found and len(found) < _NAMED:
            label = _with_room(name, *frame.place((latitude, longitude)), taken, names)
            if label is not None:
                found[name] = label
    return list(found.values())


def _with_room(name: str, x: float, y: float, taken: Space, names: Space) -> Label | None:
    """The label of a town on one side of its dot, else under or over the pin that hides the dot; None without room.

    Under another name it would seem to be of that name's dot.
    """
    width = width_of(name)
    beside = [
        (Label(name, x, y, "start"), (x - 3, y - _UP, x + _GAP + width, y + _DOWN)),
        (Label(name, x, y, "end"), (x - _GAP - width, y - _UP, x + 3, y + _DOWN)),
    ]
    on_it = taken.at(x, y)
    if on_it is not None:
        for middle in (on_it[3] + _UP, on_it[1] - _DOWN):
            around = (x - width / 2, middle - _UP, x + width / 2, middle + _DOWN)
            beside.append((Label(name, x, round(middle, 1), "middle"), around))
    for label, box in beside:
        is_inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= HEIGHT
        if is_inside and taken.is_free(box) and names.is_free(box):
            names.take(box)
            return label
    return None
