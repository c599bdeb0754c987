"""Where somebody means, remembered while nothing changes, as far as it is no more than the name of a place."""

from places.choices import LocationKind
from places.location import Choices, Found, NotFound, locate

from .directory import Directory

#: So many places are remembered in each state of the directory.
MOST = 1000


def whereabouts(text: str, here: Directory) -> Found | Choices | NotFound:
    """The place that somebody means; as `places.location.locate`, but without a query for what is often asked.

    Remembered is only what our own links carry: the name of a town or area, or a sector. What tells more of a person,
    a whole postcode or their position, is kept nowhere, and neither is anything else that they typed.
    """
    known = here.beside(("whereabouts",), dict)
    name = text.casefold()
    if name in known:
        return known[name]
    found = locate(text)
    is_name = isinstance(found, Found) and found.query.casefold() == name
    if is_name and found.kind != LocationKind.POSITION and len(known) < MOST:
        known[name] = found
    return found
