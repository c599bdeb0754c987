"""Where somebody means, remembered while nothing changes, as far as it is no more than the name of a place."""

import re

from common.text import fold_name
from places.choices import LocationKind
from places.location.locate import locate
from places.location.results import LocatedPlace, PlaceChoices, PlaceNotFound

from .snapshot.snapshot import DirectorySnapshot

#: Letters, and what stands between the words of a name.
_NAMES = re.compile(r"[^\W\d_](?:[^\W\d_]|[ '’.&-])*")
#: So many places are remembered in each state of the directory.
MOST = 1000


def locate_cached(text: str, here: DirectorySnapshot) -> LocatedPlace | PlaceChoices | PlaceNotFound:
    """The place that somebody means; as `places.location.locate`, but without a query for what is often asked.

    Remembered is only the name of a town or area as the gazetteer has it, or a sector. What tells more of a person, a
    whole postcode or their position, is kept nowhere, and neither is anything else that they typed.
    """
    known = here.cached(("whereabouts",), dict)
    name = text.casefold()
    if name in known:
        return known[name]
    found = locate(text)
    if len(known) < MOST and _is_name(text, found):
        known[name] = found
    return found


def _is_name(text: str, found: LocatedPlace | PlaceChoices | PlaceNotFound) -> bool:
    """Whether a text is no more than the name of a place: of the one that was found, or of each of several."""
    if isinstance(found, PlaceChoices):
        return all(fold_name(option.query.partition(",")[0]) == fold_name(text) for option in found.options)
    if isinstance(found, PlaceNotFound) or found.kind == LocationKind.POSITION:
        return False
    # What answers without a number, a comma or a correction is all names of places: "Hull", "Newport Wales".
    is_all_names = found.kind in (LocationKind.TOWN, LocationKind.AREA) and not found.corrected_from
    return found.query.casefold() == text.casefold() or (is_all_names and _NAMES.fullmatch(text) is not None)
