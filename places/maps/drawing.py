"""The context of `components/map.svg`."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from .boxes import Space
from .density import Ground, ground_of
from .frame import HEIGHT, WIDTH, Frame, Point, Scale
from .pins import Marker, Pin, pins_of
from .text_metrics import LETTERS, width_of
from .towns import Label, labels_of


@dataclass(frozen=True)
class Drawing:
    """A map of a frame with markers and, if `middle` is given, a circle of `miles` around it."""

    frame: Frame
    title: str
    markers: Sequence[Marker] = ()
    middle: Point | None = None
    miles: float = 0.0
    #: The description for people who cannot see it.
    words: str = ""

    width, height, letters = WIDTH, HEIGHT, LETTERS

    @cached_property
    def pins(self) -> list[Pin]:
        return pins_of(self.frame, self.markers)

    @cached_property
    def ground(self) -> Ground:
        return ground_of(self.frame)

    @cached_property
    def labels(self) -> list[Label]:
        """Return labels of towns that overlap neither pins, scale nor middle."""
        space = Space()
        for pin in self.pins:
            space.take(pin.box)
        across = max(self.scale.length, width_of(self.scale.words)) + 24
        space.take((0, self.height - 18 - LETTERS, across, self.height))
        if self.circle:
            x, y, _ = self.circle
            space.take((x - 7, y - 7, x + 7, y + 7))
        return labels_of(self.frame, space)

    @property
    def scale(self) -> Scale:
        return self.frame.scale

    @property
    def scale_top(self) -> float:
        return self.height - 13

    @property
    def scale_words_top(self) -> float:
        return self.height - 15

    @property
    def circle(self) -> tuple[float, float, float] | None:
        """Return the x, y and radius of the circle, in units; None without a middle."""
        if self.middle is None:
            return None
        return (*self.frame.place(self.middle), round(self.frame.length_of(self.miles), 1))
