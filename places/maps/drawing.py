"""A whole map, ready for the template that writes it: `components/map.svg`."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from .boxes import Space
from .density import Ground, ground_of
from .frame import HEIGHT, WIDTH, Frame, Point, Scale
from .pins import Mark, Pin, pins_of
from .text_metrics import LETTERS, width_of
from .towns import Label, labels_of


@dataclass(frozen=True)
class Drawing:
    """A map of what a frame shows: marks on it, and perhaps a middle with a circle so many miles around it."""

    frame: Frame
    title: str
    marks: Sequence[Mark] = ()
    middle: Point | None = None
    miles: float = 0.0
    #: Anything else that it says of itself, for who cannot see it.
    words: str = ""

    width, height, letters = WIDTH, HEIGHT, LETTERS

    @cached_property
    def pins(self) -> list[Pin]:
        return pins_of(self.frame, self.marks)

    @cached_property
    def ground(self) -> Ground:
        return ground_of(self.frame)

    @cached_property
    def labels(self) -> list[Label]:
        """The names of towns that find room between the pins, the scale and the middle."""
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
        """The middle's place on the map, and how far the circle around it is from it; None without one."""
        if self.middle is None:
            return None
        return (*self.frame.place(self.middle), round(self.frame.length_of(self.miles), 1))
