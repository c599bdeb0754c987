"""Locates places in pieces of a sentence, only where they are sure: exact names, aliases and postcodes."""

from collections.abc import Iterable

from .names import first_answer, names_in
from .points import fetch
from .postcodes import find_postcode
from .readings import readings_of
from .results import LocatedPlace

#: The most characters of a piece.
LONGEST = 60


def locate_exactly(pieces: Iterable[str]) -> dict[str, LocatedPlace]:
    """Return the place of each piece of a text that is the name or the postcode of one, and is sure.

    Nothing is corrected, no words around a name are taken away, and what has several likely places is left out. Three
    queries for all names together, a few more for aliases and for names with the place they are in, and one or two for
    each piece with a digit. The `population` of a place tells whether "hope" is likelier a word than the village.
    """
    located: dict[str, LocatedPlace] = {}
    by_piece = {}
    for piece in dict.fromkeys(pieces):
        if len(piece) > LONGEST:
            continue
        if any(char.isdigit() for char in piece):
            # A number alone is somebody's age, and no slip for a postcode: "17" would be L7.
            found = find_postcode(piece) if any(char.isalpha() for char in piece) else None
            if isinstance(found, LocatedPlace):
                located[piece] = found
        elif readings := [reading for reading in readings_of(piece) if not reading.reversed]:
            by_piece[piece] = readings
    named = fetch({name for readings in by_piece.values() for name in names_in(readings)}) if by_piece else None
    for piece, readings in by_piece.items():
        answer = first_answer(piece, readings, named) if named else None
        if isinstance(answer, LocatedPlace):
            located[piece] = answer
    return located
