"""Telephone numbers that Ofcom reserves for drama, so that they ring nowhere. Pure."""

import random

#: `(prefix, number of random digits)`. Source: Ofcom, "Telephone numbers for use in TV and radio drama programmes".
_LANDLINE, _MOBILE, _FREEPHONE = ("01632 960", 3), ("07700 900", 3), ("0808 157 0", 3)
_LONDON = ("020 7946 0", 3)


def telephone(rng: random.Random, *, london: bool = False) -> str:
    """Return a number for calls."""
    ranges = [_LONDON if london else _LANDLINE, _MOBILE, _FREEPHONE]
    return _number(rng, rng.choices(ranges, [6, 3, 1])[0])


def mobile(rng: random.Random) -> str:
    """Return a mobile number."""
    return _number(rng, _MOBILE)


def _number(rng: random.Random, of: tuple[str, int]) -> str:
    beginning, digits = of
    return f"{beginning}{rng.randrange(10**digits):0{digits}}"
