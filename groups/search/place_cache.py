"""Located places in the cache of the process, for queries that are only the name of a place."""

import re

from common.bounded_cache import CACHE
from common.text import fold_name
from places.choices import LocationKind
from places.location.locate import locate
from places.location.results import LocatedPlace, PlaceChoices, PlaceNotFound

from .snapshot.hot_queries import state_of_request

#: Letters, and the separators within a name.
_NAMES = re.compile(r"[^\W\d_](?:[^\W\d_]|[ '’.&-])*")
#: Words between a name and others, which need not be names of places: "Margate near my school" is not cached.
_BETWEEN = re.compile(r"[ -](?:near|nr|close|next|by|outside|in)[ -]", re.IGNORECASE)
#: Roughly the bytes of a place in memory.
_PLACE_BYTES = 4000


def locate_cached(text: str) -> LocatedPlace | PlaceChoices | PlaceNotFound:
    """Return the result of `places.location.locate`, cached if allowed.

    For privacy, only names of towns and areas as the gazetteer has them, and postcode sectors, are cached: never a
    whole postcode, a position, or any other text that a visitor typed.
    """
    key = ("place", state_of_request().places, text.casefold())
    if (cached := CACHE.get(key)) is not None:
        located: LocatedPlace | PlaceChoices | PlaceNotFound = cached
        return located
    found = locate(text)
    if _is_name(text, found):
        CACHE.put(key, found, _PLACE_BYTES)
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
