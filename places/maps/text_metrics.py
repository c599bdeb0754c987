"""How large the letters of a map are, and how much room words need: nobody knows which font a device has. Pure."""

#: How high the letters are, in units: on a phone of 320 pixels a map is about 0.8 pixels to a unit.
LETTERS = 14.0
#: The width of letters as shares of their height, as in DejaVu Sans, the widest of the fonts that devices have for
#: their own words. What is named in no row is no wider than a small "b".
_NARROW, _NARROW_LETTERS = 0.42, frozenset("fijlrtIJ .,'’-")
_USUAL = 0.64
_CAPITAL, _CAPITALS = 0.82, frozenset("ABCDGHKNOQRUVXZw")
_WIDEST, _WIDEST_LETTERS = 0.99, frozenset("mWM")
#: The rim that keeps words from the ground, on both sides.
_RIM = 2.0
_WIDTHS = {
    **dict.fromkeys(_NARROW_LETTERS, _NARROW),
    **dict.fromkeys(_CAPITALS, _CAPITAL),
    **dict.fromkeys(_WIDEST_LETTERS, _WIDEST),
}


def width_of(words: str) -> float:
    """The most room that words take beside each other, in units."""
    return sum(_WIDTHS.get(letter, _USUAL) for letter in words) * LETTERS + _RIM
