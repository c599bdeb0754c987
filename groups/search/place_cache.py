"""A cache of located places in the snapshot, for queries that are only the name of a place."""

import re

from common.text import fold_name
from places.choices import LocationKind
from places.location.locate import locate
from places.location.results import LocatedPlace, PlaceChoices, PlaceNotFound

from .snapshot.snapshot import DirectorySnapshot

#: Letters, and the separators within a name.
_NAMES = re.compile(r"[^\W\d_](?:[^\W\d_]|[ '’.&-])*")
#: Words between a name and others, which need not be names of places: "Margate near my school" is not cached.
_BETWEEN = re.compile(r"[ -](?:near|nr|close|next|by|outside|in)[ -]", re.IGNORECASE)
#: The most places cached in a snapshot, of 4 KB each.
MAX_PLACES = 500


def locate_cached(text: str, snapshot: DirectorySnapshot) -> LocatedPlace | PlaceChoices | PlaceNotFound:
    """Return what `places.location.locate` does, from the cache if possible.

    For privacy, only names of towns and areas as the gazetteer has them, and postcode sectors, are cached: never a
    whole postcode, a position, or any other text that a visitor typed.
    """
    cache = snapshot.cached(("places",), dict)
    name = text.casefold()
    if name in cache:
        return cache[name]
    found = locate(text)
    if len(cache) < MAX_PLACES and _is_name(text, found):
        cache[name] = found
    return found


def _is_name(text: str, found: LocatedPlace | PlaceChoices | PlaceNotFound) -> bool:
    """Return whether a text is only the name of the place found, or of each of several."""
    if isinstance(found, PlaceChoices):
        return all(fold_name(option.query.partition(",")[0]) == fold_name(text) for option in found.options)
    if isinstance(found, PlaceNotFound) or found.kind == LocationKind.POSITION:
        return False
    # Without a digit, a comma or a correction, the text is only names of places: "Hull", "Newport Wales".
    is_all_names = found.kind in (LocationKind.TOWN, LocationKind.AREA) and not found.corrected_from
    return found.query.casefold() == text.casefold() or (
        is_all_names and _NAMES.fullmatch(text) is not None and not _BETWEEN.search(text)
    )
