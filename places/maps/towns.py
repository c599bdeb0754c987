"""Labels of a map: the largest towns of where was searched, then the largest round about, whose names find room."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, Q, Value, When

from ..choices import AreaKind
from ..models import Town
from .boxes import Rectangle, Space
from .frame import HEIGHT, WIDTH, Frame, Point
from .text_metrics import LETTERS, SMALL, width_of

#: How many towns are tried, and how many are named at most: in all, and of those round about.
_TRIED, _NAMED, _ROUND_ABOUT = 40, 12, 4
#: The same for the names in small letters, which are more where the map is wide.
_SMALL_TRIED, _SMALL_NAMED, _SMALL_ROUND_ABOUT = 120, 26, 8
#: Rows of GeoNames that are districts (High Peak, Mendip, Fylde, the old borough of Derry), or have the population of
#: one (St Peter's in Thanet, a Loughton in Shropshire): they would stand on a map in place of towns.
_NO_TOWNS = (8_299_617, 6_947_756, 2_648_970, 2_643_734, 2_638_703, 2_643_556)
#: The size of a dot from its middle, and the distance of a label from that, in units.
_DOT, _GAP = 2.5, 2.5
#: What a name grows by, as a share, where somebody has its letters spaced out (WCAG 1.4.12): it stays on the map.
_SPACED = 0.22
#: How far above or below its town a label that pins hide may stand, in units: two pins.
_FARTHEST = 60.0
#: The height of a label above and below its middle, padding included, as shares of its letters.
_UP, _DOWN = 0.55, 0.65


@dataclass(frozen=True)
class Label:
    """The label of a town: the middle of its height, and the SVG `text-anchor` of its x, in units."""

    name: str
    x: float
    y: float
    anchor: str
    #: Where the town is; None where a pin hides it.
    dot: tuple[float, float] | None
    #: Whether it is in small letters, for a wide map alone.
    is_small: bool = False

    @cached_property
    def with_dot(self) -> Rectangle:
        """The same with its dot."""
        if self.dot is None:
            return self.box
        (x, y), (left, top, right, bottom) = self.dot, self.box
        return (min(left, x - _DOT), min(top, y - _DOT), max(right, x + _DOT), max(bottom, y + _DOT))

    @cached_property
    def box(self) -> Rectangle:
        """The room that its letters take, whatever the font."""
        letters = SMALL if self.is_small else LETTERS
        width = width_of(self.name, letters)
        left = self.x - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        return (left, self.y - letters * _UP, left + width, self.y + letters * _DOWN)


def labels_of(
    frame: Frame,
    taken: Space,
    districts: Iterable[str] = (),
    is_inside: Callable[[Point], bool] = lambda point: False,
    with_small: bool = False,
) -> list[Label]:
    """Return the labels that fit, with one query; rectangles in `taken` stay free.

    Towns of some districts, by their GSS codes, come first, and those for whose point `is_inside`; of both the largest
    first. A town of Northern Ireland lies in no district. `with_small` adds names in small letters.
    """
    codes = frozenset(districts)
    towns = [(name, point, code in codes or is_inside(point)) for name, point, code in _towns(frame, codes)]
    towns.sort(key=lambda town: not town[2])
    passes = [(LETTERS, _TRIED, _NAMED, _ROUND_ABOUT), (SMALL, _SMALL_TRIED, _SMALL_NAMED, _SMALL_ROUND_ABOUT)]
    names = Space()
    labels: dict[str, Label] = {}
    round_about = 0
    for letters, tried, most, most_round_about in passes if with_small else passes[:1]:
        for name, point, is_in in towns[:tried]:
            if name not in labels and len(labels) < most and (is_in or round_about < most_round_about):
                label = _fit_label(name, *frame.place(point), taken, names, letters)
                if label is not None:
                    labels[name] = label
                    round_about += not is_in
    return list(labels.values())


def _towns(frame: Frame, codes: Collection[str]) -> list[tuple[str, Point, str]]:
    """Return (name, point, code of the district) of the largest towns, those of some districts first."""
    south, west, north, east = frame.box
    towns = Town.objects.exclude(geonames_id__in=_NO_TOWNS)
    towns = towns.filter(latitude__range=(south, north), longitude__range=(west, east))
    in_area = Q(district__gss_code__in=codes) | Q(district__kind=AreaKind.NATION)
    is_first = Case(When(in_area, then=Value(0)), default=Value(1)) if codes else Value(0)
    rows = towns.order_by(is_first, "-population", "name")
    columns = rows.values_list("name", "latitude", "longitude", "district__gss_code")[:_SMALL_TRIED]
    return [(name, (latitude, longitude), code or "") for name, latitude, longitude, code in columns]


def _fit_label(name: str, x: float, y: float, taken: Space, names: Space, letters: float) -> Label | None:
    """Return the label beside its dot, else above or below the dot or the pins that hide it; None if nothing fits."""
    hiding = taken.at(x, y)
    for label in _positions(name, x, y, hiding, taken, letters):
        left, top, right, bottom = label.box
        spaced = (right - left) * _SPACED
        is_on_map = left >= spaced and right <= WIDTH - spaced and top >= 0 and bottom <= HEIGHT
        if is_on_map and taken.is_free(label.box) and names.is_free(label.with_dot):
            names.take(label.with_dot)
            return label
    return None


def _positions(
    name: str, x: float, y: float, hiding: Rectangle | None, taken: Space, letters: float
) -> Iterator[Label]:
    is_small = letters == SMALL
    left, top, right, bottom = hiding or (x - _DOT, y - _DOT, x + _DOT, y + _DOT)
    dot = None if hiding else (x, y)
    yield Label(name, round(right + _GAP, 1), y, "start", dot, is_small)
    yield Label(name, round(left - _GAP, 1), y, "end", dot, is_small)
    for is_up in (True, False):
        edge = top if is_up else bottom
        while abs(edge - y) < _FARTHEST:
            middle = edge - letters * _DOWN if is_up else edge + letters * _UP
            label = Label(name, x, round(middle, 1), "middle", dot, is_small)
            yield label
            over = taken.first_over(label.box) if hiding else None
            if over is None:
                break
            # Pins stand beside each other: the name stands above them all.
            edge = min(edge - 1, over[1]) if is_up else max(edge + 1, over[3])
