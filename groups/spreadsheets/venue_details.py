"""Details of a venue in a feed besides its address. The sheet of groups has no columns for them.

They are set on venues that the import adds. An existing venue is never changed: others may meet there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from common.text import fold

from ..models import AccessFeature, Venue
from .cells import is_blank_marker

GETTING_THERE, FEATURES, ACCESS_NOTE, POSITION = "Getting there", "Access features", "More about access", "Position"
OPENING_HOURS = "Opening hours"
VENUE_DETAILS = (GETTING_THERE, FEATURES, ACCESS_NOTE, POSITION, OPENING_HOURS)
#: The most degrees between a position and its postcode: one farther away is a mistake, or another place.
_FARTHEST = 0.1
_REASON = "From a feed of Open Referral UK."
_DEGREES = 5


@dataclass
class VenueDetails:
    """The details of the venues of one file."""

    #: The features of new venues, to be linked when they have primary keys.
    features: list[tuple[Venue, list[AccessFeature]]] = field(default_factory=list)
    #: (venue, sentence) for each contradiction of an existing venue.
    differing: dict[tuple[Venue, str], None] = field(default_factory=dict)
    _filled: set[int] = field(default_factory=set)
    _known: dict[str, AccessFeature] = field(default_factory=dict)

    def load(self, rows: Iterable[Mapping[str, str]]) -> None:
        """Load the features that venues may have, if a row names one."""
        if any(row.get(FEATURES) for row in rows):
            for feature in AccessFeature.objects.all():
                names = (feature.name, *feature.other_words)
                self._known |= {fold(name): feature for name in names}

    def assign(self, venue: Venue, cells: Mapping[str, str]) -> None:
        """Set the details of a new venue, once; note where the cells contradict an existing one."""
        given = {title: text for title in VENUE_DETAILS if (text := cells.get(title)) and not is_blank_marker(text)}
        if not given:
            return
        if not venue._state.adding:
            self._compare(venue, given)
        elif id(venue) not in self._filled:
            self._filled.add(id(venue))
            self._fill(venue, given)

    def _fill(self, venue: Venue, given: Mapping[str, str]) -> None:
        venue.getting_there = given.get(GETTING_THERE, "")
        # In the form that is stored: the reader of a feed has no other.
        venue.opening_hours = given.get(OPENING_HOURS, "")
        names = given.get(FEATURES, "").split("\n")
        known = [self._known[fold(name)] for name in names if fold(name) in self._known]
        # A feature that is none of ours is a sentence about access.
        unknown = [name for name in names if name and fold(name) not in self._known]
        venue.access_note = "\n".join(filter(None, [*unknown, given.get(ACCESS_NOTE, "")]))
        if known:
            self.features.append((venue, known))
        point = _point(given.get(POSITION, ""))
        if point is not None and venue.latitude is not None and venue.longitude is not None:
            distance = max(abs(venue.latitude - point[0]), abs(venue.longitude - point[1]))
            if 10**-_DEGREES < distance < _FARTHEST:
                venue.latitude, venue.longitude = point
                venue.position_is_by_hand, venue.position_reason = True, _REASON

    def _compare(self, venue: Venue, given: Mapping[str, str]) -> None:
        ours = {
            GETTING_THERE: venue.getting_there,
            ACCESS_NOTE: venue.access_note,
            OPENING_HOURS: venue.opening_hours,
        }
        for title, text in ours.items():
            if title in given and given[title].split() != text.split():
                self.differing[venue, f"{title}: {given[title]}"] = None


def _point(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude, as a cell has them with a space between; None for ""."""
    latitude, _, longitude = text.partition(" ")
    return (float(latitude), float(longitude)) if longitude else None
