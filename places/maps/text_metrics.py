"""Upper bounds of text widths on a map, whatever font a device has. Pure."""

from functools import lru_cache

#: The font size, in units: on a phone of 320 pixels a unit is about 0.8 pixels.
LETTERS = 14.0
#: The font size of names that are shown on a wide map only, where every name has it (static/css/map_drawing.css).
SMALL = 8.5
#: The widths of characters as shares of the font size in DejaVu Sans, the widest system font. Characters in no set
#: are no wider than a small "b".
_NARROW, _NARROW_LETTERS = 0.42, frozenset("fijlrtIJ .,'’-")
_USUAL = 0.64
_CAPITAL, _CAPITALS = 0.82, frozenset("ABCDGHKNOQRUVXZw")
_WIDEST, _WIDEST_LETTERS = 0.99, frozenset("mWM")
#: The padding on both sides together.
_RIM = 2.0
_WIDTHS = {
    **dict.fromkeys(_NARROW_LETTERS, _NARROW),
    **dict.fromkeys(_CAPITALS, _CAPITAL),
    **dict.fromkeys(_WIDEST_LETTERS, _WIDEST),
}


@lru_cache(maxsize=4096)
def width_of(words: str, letters: float = LETTERS) -> float:
    """Return an upper bound of the width of a text at a font size, in units."""
    return sum(_WIDTHS.get(letter, _USUAL) for letter in words) * letters + _RIM
