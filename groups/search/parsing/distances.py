"""Parses distances: "within 5 miles of Taunton". Pure."""

import re

from ..query import MILES

_NUMBERS = {"half a": 0.5, "a": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0}
_NUMBERS |= {"eight": 8.0, "ten": 10.0, "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0, "thirty": 30.0, "fifty": 50.0}
_MILES_IN_KILOMETRE = 0.62
_DISTANCE = rf"(\d{{1,3}}(?:\.\d)?|{'|'.join(_NUMBERS)})[ -]?(miles?|kms?|kilomet(?:re|er)s?)\b(?: radius)?"
#: With a word before or after it that says so: "a 5 mile walk" is how far people walk.
_WITHIN = re.compile(
    rf"\b(?:with)?in (?:a )?{_DISTANCE}(?: (?:of|from|around))?"
    rf"|\b(?:up to|less than|no more than|under) (?:a )?{_DISTANCE}(?: away)?(?: (?:of|from|around))?"
    rf"|\b(?:a )?{_DISTANCE}(?: away)? (?:of|from|around)\b"
    rf"|\b(?:a )?{_DISTANCE}(?<=radius)",
    re.IGNORECASE,
)


def without_distance(text: str) -> tuple[str, int | None]:
    """Return a text with "near" in the place of a distance, and that in miles; None without one.

    The miles are the least choice of the form that is no less.
    """
    match = _WITHIN.search(text)
    if match is None:
        return text, None
    number, unit = [group for group in match.groups() if group]
    miles = _NUMBERS.get(number.lower()) or float(number)
    if unit.lower().startswith("k"):
        miles *= _MILES_IN_KILOMETRE
    rest = " ".join(f"{text[: match.start()]} near {text[match.end() :]}".split())
    return rest, next((choice for choice in MILES if choice >= miles), MILES[-1])
