"""Pins of a map, with the numbers of a list; markers too close to tell apart share a pin. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, combinations, pairwise

from .boxes import Rectangle, overlap
from .frame import HEIGHT, WIDTH, Frame, Point

#: The height of a line of a pin, the width of a character, and the padding, in units.
_LINE, _LETTER, _RIM = 15.0, 8.6, 5.0
#: The most characters in a line of a pin.
_LETTERS = 9


@dataclass(frozen=True)
class Marker:
    """An item of a list at a point; `is_about` where only its town or sector may be shown."""

    number: int
    point: Point
    is_about: bool = False


@dataclass(frozen=True)
class Pin:
    """A drawn pin for one or several markers: its middle, its lines of text, and whether any is approximate."""

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
        """Return (y of the baseline, text) for each line."""
        first = self.y - self.height / 2 + _RIM + _LINE - 4.5
        return [(round(first + number * _LINE, 1), line) for number, line in enumerate(self.lines)]


def pins_of(frame: Frame, markers: Iterable[Marker]) -> list[Pin]:
    """Return the pins of the markers in the frame, merged until none overlap, ordered by number."""
    pins = [_pin(frame, marker) for marker in markers if frame.holds(marker.point)]
    while pair := _first_overlap(pins):
        pins = [pin for pin in pins if pin not in pair] + [_merged(frame, *pair)]
    return sorted(pins, key=lambda pin: pin.numbers)


def ranges(numbers: Iterable[int]) -> list[str]:
    """Return numbers in order as text, runs of three or more as ranges: ["1–3", "7", "8"]."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [
        word for run in runs for word in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else [str(number) for number in run])
    ]


def _pin(frame: Frame, marker: Marker) -> Pin:
    return _fitted(frame, *frame.place(marker.point), (marker.number,), marker.is_about)


def _merged(frame: Frame, first: Pin, second: Pin) -> Pin:
    share = len(first.numbers) / (len(first.numbers) + len(second.numbers))
    return _fitted(
        frame,
        first.x * share + second.x * (1 - share),
        first.y * share + second.y * (1 - share),
        tuple(sorted({*first.numbers, *second.numbers})),
        first.is_about or second.is_about,
    )


def _fitted(frame: Frame, x: float, y: float, numbers: tuple[int, ...], is_about: bool) -> Pin:
    """Return a pin moved so that all of it is on the map."""
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


def _first_overlap(pins: list[Pin]) -> tuple[Pin, Pin] | None:
    """Return two pins that overlap, or None. Neighbours in order are tried first, being the likeliest."""
    ordered = sorted(pins, key=lambda pin: pin.box)
    pairs = chain(pairwise(ordered), combinations(ordered, 2))
    return next((pair for pair in pairs if overlap(pair[0].box, pair[1].box)), None)
