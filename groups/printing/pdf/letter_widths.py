"""Widths of words in DejaVu Sans, and where lines of them end: what Typst will find, without asking it."""

import unicodedata
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

#: A text, or its pieces, between which a line may break (serialise.py).
Text = str | list[str]

#: Of the letters from the space to the tilde, in thousandths of an em.
_REGULAR = (
    *(318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337),
    *(636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531),
    *(1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787),
    *(603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500),
    *(500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612),
    *(635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838),
)
_BOLD = (
    *(348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365),
    *(696, 696, 696, 696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580),
    *(1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775, 637, 995, 837, 850),
    *(733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 500),
    *(500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687),
    *(716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838),
)
#: Letters that are not in these tables, each with one that is as wide, or little wider.
_ALIKE = str.maketrans("’‘“”–£·\N{NO-BREAK SPACE}", ',,""*0, ')
#: Of all other letters.
_WIDEST = 1100
_OF_LETTERS = tuple({chr(32 + place): width for place, width in enumerate(widths)} for widths in (_REGULAR, _BOLD))


# For words that most lists have. It is small, for it must not grow with what somebody chose.
@lru_cache(maxsize=4096)
def width_of(words: str, bold: bool = False) -> float:
    """Return the width of words in em, not narrower than they are printed."""
    if not words.isascii():
        letters = unicodedata.normalize("NFD", words.translate(_ALIKE))
        words = "".join(letter for letter in letters if not unicodedata.combining(letter))
    of_letters = _OF_LETTERS[bold]
    return sum(of_letters.get(letter, _WIDEST) for letter in words) / 1000


_SPACE = width_of(" ")
#: Lines of a word that is too wide for one: its letters must be smaller.
_TOO_MANY = 99


class _WidthsWithSpace(dict[str, float]):
    """The width of each word with a space after it, in em: of the words that most lists have."""

    #: It is small, for it must not grow with what somebody chose.
    MOST = 4096

    def __init__(self, bold: bool) -> None:
        self._bold = bold

    def __missing__(self, word: str) -> float:
        if len(self) >= self.MOST:
            self.clear()
        width = self[word] = width_of(word, self._bold) + width_of(" ", self._bold)
        return width


_WITH_SPACE = _WidthsWithSpace(bold=False), _WidthsWithSpace(bold=True)


class Measured(NamedTuple):
    """A text in em, measured once, whose lines can be found for any width."""

    #: Where each piece ends if all are one line, with the space at its end.
    after: list[float]
    #: The same of a piece that ends its line, and what of each is a space that needs no room there.
    needed: list[float]
    space: float

    def ends(self, width: float, start: float = 0) -> list[int]:
        """Return how many pieces there are up to the end of each line. The first line begins at `start`."""
        after, needed, space = self
        count, begin, width = len(needed), 0, width + space
        if not needed or needed[-1] <= width - start:
            return [count]
        ends: list[int] = []
        # `begin` is the first piece of a line, and `before` what is left of it if all were one line.
        before = -start
        while (number := bisect_right(needed, width + before, begin)) < count:
            before = after[number - 1] if number else 0
            if needed[number] - before > width:
                ends += [number] * _TOO_MANY
                before = after[number]
                number += 1
                if number == count:
                    break
            ends.append(number)
            begin = number
        return [*ends, count]

    def lines(self, width: float, start: float = 0) -> int:
        """Return the number of lines."""
        _, needed, space = self
        return 1 if not needed or needed[-1] <= width + space - start else len(self.ends(width, start))


def measured(text: Text, bold: bool = False) -> Measured:
    """Return a text measured in DejaVu Sans."""
    if isinstance(text, str):
        after = list(accumulate(map(_WITH_SPACE[bold].__getitem__, text.split(" "))))
        return Measured(after, after, width_of(" ", bold))
    after = list(accumulate(width_of(piece, bold) for piece in text))
    needed = [place - _SPACE if piece.endswith(" ") else place for place, piece in zip(after, text, strict=True)]
    return Measured(after, needed, 0)


# A text is asked for at several sizes, one after the other. It is small, for it must not grow with what somebody chose.
@lru_cache(maxsize=256)
def _measured_once(text: str | tuple[str, ...], bold: bool) -> Measured:
    return measured(text if isinstance(text, str) else list(text), bold)


def line_ends(text: Text, width: float, start: float = 0, bold: bool = False) -> list[int]:
    """Return how many pieces of a text there are up to the end of each of its lines.

    `width` is that of a line in em. The first line begins at `start`.
    """
    return _measured_once(text if isinstance(text, str) else tuple(text), bold).ends(width, start)


def pieces_of(text: Text) -> list[str]:
    """Return the words of a text, each with its space, or the pieces that it is in."""
    return [f"{word} " for word in text.split(" ")] if isinstance(text, str) else text


def joined(*texts: Text, end: str = "") -> Text:
    """Return texts one after the other, each with its `end`, without empty ones."""
    if all(isinstance(text, str) for text in texts):
        return " ".join(f"{text}{end}" for text in texts if text)
    return [piece for text in texts if text for piece in (*pieces_of(text), f"{end} ")]
