"""What a map marks: numbers that match a list; those too near each other to tell apart share a pin. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from .boxes import Rectangle, meet
from .frame import HEIGHT, WIDTH, Frame, Point

#: How high a pin's line of words is, how wide one letter, and how wide the rim around them, in units.
_LINE, _LETTER, _RIM = 15.0, 8.6, 5.0
#: The most letters in a line of a pin.
_LETTERS = 9


@dataclass(frozen=True)
class Mark:
    """Something at a place, with its number in a list; `is_about` where only its town or sector may be known."""

    number: int
    point: Point
    is_about: bool = False


@dataclass(frozen=True)
class Pin:
    """One or several marks on the map: the middle of the pin, what it says in lines, and whether it is only about."""

    x: float
    y: float
    lines: tuple[str, ...]
    is_about: bool
    numbers: tuple[int, ...]

    @property
    def box(self) -> Rectangle:
        return (self.x - self.width / 2, self.y - self.height / 2, self.x + self.width / 2, self.y + self.height / 2)

    @property
    def width(self) -> float:
        return max(self.height, max(map(len, self.lines)) * _LETTER + 2 * _RIM)

    @property
    def height(self) -> float:
        return len(self.lines) * _LINE + 2 * _RIM - 2

    @property
    def left(self) -> float:
        return round(self.x - self.width / 2, 1)

    @property
    def top(self) -> float:
        return round(self.y - self.height / 2, 1)

    @property
    def rows(self) -> list[tuple[float, str]]:
        """Each line with the height of its foot."""
        first = self.y - self.height / 2 + _RIM + _LINE - 4.5
        return [(round(first + number * _LINE, 1), line) for number, line in enumerate(self.lines)]


def pins_of(frame: Frame, marks: Iterable[Mark]) -> list[Pin]:
    """The pins of a map: marks on one spot share one, and so do pins that would stand on each other."""
    pins = [_pin(frame, mark) for mark in marks if frame.holds(mark.point)]
    while pair := _first_that_meet(pins):
        one, other = pair
        pins = [pin for pin in pins if pin not in pair] + [_merged(frame, one, other)]
    return sorted(pins, key=lambda pin: pin.numbers)


def ranges(numbers: Iterable[int]) -> list[str]:
    """Numbers in order, runs of three or more shortened: ["1–3", "7", "8"]."""
    said: list[list[int]] = []
    for number in sorted(numbers):
        if said and number == said[-1][-1] + 1:
            said[-1].append(number)
        else:
            said.append([number])
    return [
        word for run in said for word in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else [str(number) for number in run])
    ]


def _pin(frame: Frame, mark: Mark) -> Pin:
    return _fitted(frame, *frame.place(mark.point), (mark.number,), mark.is_about)


def _merged(frame: Frame, one: Pin, other: Pin) -> Pin:
    share = len(one.numbers) / (len(one.numbers) + len(other.numbers))
    return _fitted(
        frame,
        one.x * share + other.x * (1 - share),
        one.y * share + other.y * (1 - share),
        tuple(sorted({*one.numbers, *other.numbers})),
        one.is_about or other.is_about,
    )


def _fitted(frame: Frame, x: float, y: float, numbers: tuple[int, ...], is_about: bool) -> Pin:
    """A pin all of which is on the map."""
    pin = Pin(x, y, _lines(numbers), is_about, numbers)
    x = min(max(x, pin.width / 2 + 1), WIDTH - pin.width / 2 - 1)
    y = min(max(y, pin.height / 2 + 1), HEIGHT - pin.height / 2 - 1)
    return Pin(round(x, 1), round(y, 1), pin.lines, is_about, numbers)


def _lines(numbers: tuple[int, ...]) -> tuple[str, ...]:
    lines = [""]
    for word in ranges(numbers):
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= _LETTERS:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _first_that_meet(pins: list[Pin]) -> tuple[Pin, Pin] | None:
    by_place = sorted(pins, key=lambda pin: pin.box)
    for one, other in pairwise(by_place):
        if meet(one.box, other.box):
            return one, other
    return next(
        ((one, other) for at, one in enumerate(by_place) for other in by_place[at + 1 :] if meet(one.box, other.box)),
        None,
    )
