"""Locates towns, localities and areas by name, in English or Welsh, or by alias."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .options import options_of
from .points import Named, fetch
from .qualifiers import are_known, narrowed
from .readings import Reading, readings_of
from .results import LocatedPlace, PlaceChoices, PlaceNotFound

Answer = LocatedPlace | PlaceChoices | PlaceNotFound

#: The most places offered for a name that is known, but not in the place it is said to be in.
_MOST_ELSEWHERE = 4
_IN_SECTOR = re.compile(r"[^,0-9]+, ([A-Z]{1,2}[0-9][A-Z0-9]? [0-9])")

ELSEWHERE_REASON = (
    "We do not know a place called {name} in {qualifier}. Perhaps you mean one of these. "
    "Or type a larger town near by, or a postcode."
)


def find_name(text: str) -> Answer | None:
    """Return the place or places of the name in the text; None if there are none."""
    readings = readings_of(text)
    return first_answer(text, readings, fetch(names_in(readings)))


def find_name_in_sector(text: str) -> LocatedPlace | None:
    """Return the place of our own links to the smaller of two of one name in a district: "Newton, IV2 7"."""
    match = _IN_SECTOR.fullmatch(text)
    found = find_name(text) if match else None
    return found if match and isinstance(found, LocatedPlace) and found.sector == match[1] else None


def names_in(readings: Iterable[Reading]) -> set[str]:
    """Return the names and the qualifiers of readings, which are looked up."""
    return {name for reading in readings for name in (reading.name, *reading.qualifiers)}


def first_answer(text: str, readings: Sequence[Reading], named: Named) -> Answer | None:
    """Return the answer to the first reading that has one, given the places of its names; None if none has."""
    elsewhere: PlaceNotFound | None = None
    # Qualifiers after a comma that are no places are left out, but only if nothing else can be made of them.
    whole = [(reading, reading) for reading in readings]
    in_part = [(reading, _known_part(reading, named)) for reading in readings if reading.comma]
    for reading, tried in [*whole, *((reading, part) for reading, part in in_part if part != reading)]:
        if tried.name not in named or not are_known(tried, named):
            continue
        found = answer(text, tried, named)
        if found is not None and not isinstance(found, PlaceNotFound):
            return found
        if found is not None and (reading.comma or not reading.reversed):
            elsewhere = elsewhere or found
    return elsewhere


def answer(text: str, reading: Reading, named: Named) -> Answer | None:
    """Return the place of a reading, given the places of its names; None if its last words name no place around it."""
    namesakes = [] if reading.only_area else named.points[reading.name]
    points, areas = namesakes, named.areas[reading.name]
    for qualifier in reading.qualifiers:
        points, areas = narrowed(points, areas, qualifier, named)
        if not (points or areas):
            return _elsewhere(text, reading, qualifier, named)
    options = options_of(reading.name, points, areas, namesakes)
    if options.is_sure:
        return replace(options.places[0], also=options.beside_first)
    return PlaceChoices(text, options.places)


def _known_part(reading: Reading, named: Named) -> Reading:
    """Return a reading with those of its qualifiers that are names of places."""
    return replace(reading, qualifiers=tuple(name for name in reading.qualifiers if name in named))


def _elsewhere(text: str, reading: Reading, qualifier: str, named: Named) -> PlaceNotFound | None:
    """Return that the name is known elsewhere; None if the other words are no area, and no comma sets them apart."""
    is_area = bool(named.areas.get(qualifier))
    if reading.reversed or not (is_area or reading.comma):
        return None
    places = options_of(reading.name, named.points[reading.name], named.areas[reading.name]).places
    around = options_of(qualifier, named.points[qualifier], named.areas[qualifier]).places
    if not (places and around):
        return None
    reason = ELSEWHERE_REASON.format(name=places[0].name.partition(",")[0], qualifier=around[0].name)
    return PlaceNotFound(text, reason, (*places[:_MOST_ELSEWHERE], around[0]))
