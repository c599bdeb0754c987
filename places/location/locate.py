"""Locates the place that a visitor typed: the entry point of this package."""

import unicodedata
from dataclasses import replace

from .among_words import find_among_words
from .elsewhere import find_eircode, find_elsewhere, find_misspelt_elsewhere, find_number
from .fuzzy import find_misspelt
from .names import find_name
from .positions import find_position
from .postcodes import find_postcode
from .results import LocatedPlace, PlaceChoices, PlaceNotFound

__all__ = ["PlaceChoices", "LocatedPlace", "PlaceNotFound", "locate"]

#: The most characters of a text; longer ones are rejected.
LONGEST = 100

EMPTY_REASON = "You have not said where. Type a town, such as Margate, or a postcode."
TOO_LONG_REASON = "That is too long for us to read. Type only a town, such as Margate, or only a postcode."
UNREADABLE_REASON = "We could not read a place there. Type a town, such as Margate, or a postcode."
UNKNOWN_REASON = (
    "We do not know a place called that. Check the spelling, or try a larger town near by, or a postcode. "
    "Very small villages are not in our list."
)


def locate(text: str) -> LocatedPlace | PlaceChoices | PlaceNotFound:
    """Return the place in the United Kingdom that a text names.

    Accepts postcodes, sectors ("CT9 1") and outward codes ("CT9") of Great Britain, the names of towns and areas in
    English or Welsh, alone or with the place they are in ("Newport, Isle of Wight"), names that are nearly right
    ("Guisbro"), and positions in degrees ("51.38,1.39"). Makes a few indexed queries, stores nothing of
    the text, and raises for no text.
    """
    typed = _visible(text)
    if not typed:
        return PlaceNotFound("", EMPTY_REASON)
    if len(typed) > LONGEST:
        return PlaceNotFound(typed[:LONGEST], TOO_LONG_REASON)
    found: LocatedPlace | PlaceChoices | PlaceNotFound | None
    if any(char.isdigit() for char in typed):
        found = find_position(typed) or find_number(typed) or find_eircode(typed)
        found = found or find_postcode(typed) or find_among_words(typed)
        found = found or find_elsewhere(typed) or find_name(typed) or find_misspelt(typed)
    else:
        # Without a digit nothing is a postcode: "ill" and "Looe" are no slips for L11 and L00 of anywhere.
        found = find_elsewhere(typed) or find_name(typed) or find_misspelt_elsewhere(typed) or find_misspelt(typed)
    if found is None:
        readable = any(char.isalnum() for char in typed)
        return PlaceNotFound(typed, UNKNOWN_REASON if readable else UNREADABLE_REASON)
    return found if isinstance(found, LocatedPlace) else replace(found, text=typed)


def _visible(text: str) -> str:
    """Return the start of the text without invisible characters, with single spaces."""
    beginning = text.strip()[: 4 * LONGEST]
    visible = (char for char in beginning if unicodedata.category(char) != "Cf")
    return " ".join("".join(char if char.isprintable() else " " for char in visible).split())
