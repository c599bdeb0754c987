"""The context of `components/map_shapes.jinja`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..distance import distance_miles
from .boxes import Space
from .dots import Others, Square, others_of, room_of_number
from .frame import HEIGHT, WIDTH, Frame, Point, Scale
from .outlines import Outlines, cached_outlines_of, outlines_of
from .pins import Marker, Pin, pins_of
from .style import style
from .text_metrics import LETTERS, width_of
from .topology import topology
from .towns import Label, labels_of


@dataclass(frozen=True)
class Drawing:
    """A map of a frame with markers, and other results beside them.

    `area` are the GSS codes of the districts of the area searched, which is outlined. If `middle` is given, a circle of
    `miles` is drawn around it.
    """

    frame: Frame
    title: str
    markers: Sequence[Marker] = ()
    #: (point, whether it is only roughly known) of results without a marker.
    others_at: Iterable[tuple[Point, bool]] = ()
    area: frozenset[str] = frozenset()
    middle: Point | None = None
    miles: float = 0.0
    #: The description for people who cannot see it.
    words: str = ""
    #: Whether it is part of a page: then pins are links, and a wide screen has more names.
    is_in_page: bool = False

    width, height, letters = int(WIDTH), int(HEIGHT), int(LETTERS)

    @cached_property
    def pins(self) -> list[Pin]:
        return pins_of(self.frame, self.markers)

    @property
    def has_rough_places(self) -> bool:
        """Whether anything stands for a place that is only roughly known."""
        return bool(self.others.rings) or any(pin.is_about for pin in self.pins)

    @cached_property
    def others(self) -> Others:
        return others_of(self.frame, self.others_at, (marker.point for marker in self.markers if marker.is_about))

    @cached_property
    def outlines(self) -> Outlines:
        draw = cached_outlines_of if self.middle is None else outlines_of
        return draw(self.frame, self.area)

    @property
    def style(self) -> str:
        """The style sheet of a picture, which can read none of the site's."""
        return style()

    @cached_property
    def labels(self) -> list[Label]:
        """Return labels of towns that overlap neither pins, scale, middle nor the numbers of squares."""
        numbers = Space()
        for _, place in self.squares:
            if place is not None:
                numbers.take(room_of_number(*place))
        return [label for label in self._all_labels if numbers.is_free(label.box)]

    @cached_property
    def _all_labels(self) -> list[Label]:
        return labels_of(self.frame, self._space, self.area, self._is_inside, with_small=self.is_in_page)

    @cached_property
    def squares(self) -> list[tuple[Square, tuple[int, int] | None]]:
        """Return the squares that count other results, with the place of each number; None where pins fill a square."""
        pins, names = self._space, Space()
        for label in self._all_labels:
            names.take(label.box)
        return [(square, square.number_at(pins, names)) for square in self.others.squares]

    @property
    def _space(self) -> Space:
        """The room that is taken by pins, scale and middle."""
        space = Space()
        for pin in self.pins:
            space.take(pin.box)
        across = max(self.scale.length, width_of(self.scale.words)) + 24
        space.take((0, self.height - 18 - LETTERS, across, self.height))
        if self.circle:
            x, y, _ = self.circle
            space.take((x - 7, y - 7, x + 7, y + 7))
        return space

    def _is_inside(self, point: Point) -> bool:
        """Return whether a town of no district is inside the circle or the area; on a map without either, all are."""
        if self.middle is not None:
            return distance_miles(*self.middle, *point) <= self.miles
        # Only in Northern Ireland do districts not say it.
        is_of_no_district = any(code.startswith("N") for code in self.area)
        return is_of_no_district and topology().holds(self.area, point) if self.area else True

    @property
    def scale(self) -> Scale:
        return self.frame.scale

    @property
    def scale_top(self) -> int:
        return self.height - 13

    @property
    def scale_words_top(self) -> int:
        return self.height - 15

    @property
    def circle(self) -> tuple[float, float, float] | None:
        """Return the x, y and radius of the circle, in units; None without a middle."""
        if self.middle is None:
            return None
        return (*self.frame.place(self.middle), round(self.frame.length_of(self.miles), 1))
