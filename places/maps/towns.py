"""Labels of a map: the largest towns whose names find room."""

from dataclasses import dataclass

from ..models import Town
from .boxes import Space
from .frame import HEIGHT, WIDTH, Frame
from .text_metrics import LETTERS, width_of

#: How many of the largest towns are tried, and how many are named at most.
_TRIED, _NAMED = 80, 9
#: The distance of a label from its dot, in units.
_GAP = 5.0
#: The height of a label above and below its middle, padding included.
_UP, _DOWN = LETTERS * 0.55, LETTERS * 0.65


@dataclass(frozen=True)
class Label:
    """The label of a town. `anchor` is the SVG `text-anchor`: start and end have a dot, middle has none."""

    name: str
    dot_x: float
    y: float
    anchor: str

    @property
    def has_dot(self) -> bool:
        return self.anchor != "middle"

    @property
    def x(self) -> float:
        """Return the x of the anchor of the text."""
        return round(self.dot_x + {"start": _GAP, "middle": 0, "end": -_GAP}[self.anchor], 1)


def labels_of(frame: Frame, taken: Space) -> list[Label]:
    """Return the labels that fit, largest town first, with one query. Rectangles in `taken` stay free."""
    south, west, north, east = frame.box
    towns = Town.objects.filter(latitude__range=(south, north), longitude__range=(west, east))
    rows = towns.order_by("-population", "name").values_list("name", "latitude", "longitude")[:_TRIED]
    labels: dict[str, Label] = {}
    names = Space()
    for name, latitude, longitude in rows:
        if name not in labels and len(labels) < _NAMED:
            label = _fit_label(name, *frame.place((latitude, longitude)), taken, names)
            if label is not None:
                labels[name] = label
    return list(labels.values())


def _fit_label(name: str, x: float, y: float, taken: Space, names: Space) -> Label | None:
    """Return the label beside its dot, else below or above the pin that hides the dot; None if nothing fits.

    A label never stands below another one, where it would seem to belong to that dot.
    """
    width = width_of(name)
    candidates = [
        (Label(name, x, y, "start"), (x - 3, y - _UP, x + _GAP + width, y + _DOWN)),
        (Label(name, x, y, "end"), (x - _GAP - width, y - _UP, x + 3, y + _DOWN)),
    ]
    pin_box = taken.at(x, y)
    if pin_box is not None:
        for middle in (pin_box[3] + _UP, pin_box[1] - _DOWN):
            box = (x - width / 2, middle - _UP, x + width / 2, middle + _DOWN)
            candidates.append((Label(name, x, round(middle, 1), "middle"), box))
    for label, box in candidates:
        is_inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= HEIGHT
        if is_inside and taken.is_free(box) and names.is_free(box):
            names.take(box)
            return label
    return None
