"""Locates the place that a visitor typed: the entry point of this package."""

import unicodedata
from dataclasses import replace

from .among_words import find_among_words
from .elsewhere import find_eircode, find_elsewhere, find_misspelt_elsewhere, find_number
from .fuzzy import find_misspelt
from .names import Answer, find_name, find_name_in_sector
from .nearly_postcodes import find_nearly_postcode
from .positions import find_position
from .postcodes import find_postcode
from .readings import expanded, folded, without_light_words, without_prepositions, without_side
from .results import LocatedPlace, PlaceChoices, PlaceNotFound

__all__ = ["PlaceChoices", "LocatedPlace", "PlaceNotFound", "locate"]

#: The least population of what is left of "central X", "X station" and the like, and of "north X".
CENTRE_PEOPLE, SIDE_PEOPLE = 1_000, 20_000

#: The most characters of a text; longer ones are rejected.
LONGEST = 100

EMPTY_REASON = "You have not said where. Type a town, such as Margate, or a postcode."
TOO_LONG_REASON = "That is too long for us to read. Type only a town, such as Margate, or only a postcode."
UNREADABLE_REASON = "We could not read a place there. Type a town, such as Margate, or a postcode."
UNKNOWN_REASON = (
    "We do not know a place called that. Check the spelling, or try a larger town near by, or a postcode. "
    "Some small villages are not in our list."
)


def locate(text: str) -> LocatedPlace | PlaceChoices | PlaceNotFound:
    """Return the place in the United Kingdom that a text names.

    Accepts postcodes, sectors ("CT9 1") and outward codes ("CT9") of Great Britain, the names of towns, localities and
    areas in English or Welsh, alone, with the place they are in ("Newport, Isle of Wight") or with words around them
    ("near Margate", "Leeds city centre"), names that are nearly right ("Guisbro"), and positions in degrees
    ("51.38,1.39"). Makes a few indexed queries, stores nothing of the text, and raises for no text.
    """
    typed = _visible(text)
    if not typed:
        return PlaceNotFound("", EMPTY_REASON)
    if len(typed) > LONGEST:
        return PlaceNotFound(typed[:LONGEST], TOO_LONG_REASON)
    found: Answer | None = None
    # Without a digit nothing is a postcode: "ill" and "Looe" are no slips for L11 and L00 of anywhere.
    if any(char.isdigit() for char in typed):
        found = find_position(typed) or find_number(typed) or find_eircode(typed)
        found = found or find_name_in_sector(typed) or find_postcode(typed)
        if found is None or (isinstance(found, PlaceNotFound) and found.is_unknown_postcode and not found.suggestions):
            found = find_nearly_postcode(typed, is_unknown=found is not None) or found or find_among_words(typed)
    found = found or _find_by_name(typed)
    if found is None:
        readable = any(char.isalnum() for char in typed)
        return PlaceNotFound(typed, UNKNOWN_REASON if readable else UNREADABLE_REASON)
    return found if isinstance(found, LocatedPlace) else replace(found, text=typed)


def _find_by_name(typed: str) -> Answer | None:
    """Return the place of a name; if there is none, of the name without the words around it; else of one near it."""
    found = find_elsewhere(typed) or find_name(typed)
    if found is not None and not (isinstance(found, PlaceNotFound) and found.suggestions):
        return found
    whole = folded(typed)
    name = without_prepositions(whole)
    centre = without_light_words(name)
    tried = {whole}
    for text, least in ((name, 0), (expanded(name), 0), (centre, CENTRE_PEOPLE)):
        place = find_elsewhere(text) or find_name(text) if text not in tried else None
        tried.add(text)
        if place is not None and (least == 0 or _is_of(place, least)):
            return place
    city = find_name(without_side(centre)) if without_side(centre) != centre else None
    if isinstance(city, LocatedPlace) and not city.is_area and _is_of(city, SIDE_PEOPLE):
        return replace(city, corrected_from=typed)
    return found or find_misspelt_elsewhere(name) or _find_misspelt(name, centre, typed)


def _find_misspelt(name: str, centre: str, typed: str) -> Answer | None:
    """Return the place of a misspelt name; if it is not sure, of what is left of it without "city centre" and so on."""
    found = find_misspelt(name, typed)
    if isinstance(found, LocatedPlace | PlaceChoices) or centre == name:
        return found
    surer = find_misspelt(centre, typed)
    return surer if isinstance(surer, LocatedPlace | PlaceChoices) else found


def _is_of(place: Answer, people: int) -> bool:
    """Return whether a place was found, and if it is a point, has at least so many people."""
    if isinstance(place, PlaceNotFound):
        return False
    options = place.options if isinstance(place, PlaceChoices) else (place,)
    return any(option.is_area or option.population >= people for option in options)


def _visible(text: str) -> str:
    """Return the start of the text without invisible characters, with single spaces."""
    beginning = text.strip()[: 4 * LONGEST]
    visible = (char for char in beginning if unicodedata.category(char) != "Cf")
    return " ".join("".join(char if char.isprintable() else " " for char in visible).split())
