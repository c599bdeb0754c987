"""Other places of a group in a feed, with the times there, of groups that the import adds.

The sheet of groups has no columns for them. A matching venue of our list is used, and never changed.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import msgspec
from django.core.exceptions import ValidationError

from ..models import Venue
from .row_state import RowState
from .schedule_column import schedules_of_lines
from .venue_columns import POSTCODE, TOWN, VENUE, VenueResolver
from .venue_details import VenueDetails

#: The title of an internal cell with all such places of a group as JSON.
OTHER_PLACES = "Other places"


class FeedPlace(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place as a feed has it: the cells of its venue, and regular times there, a sentence in each line."""

    cells: dict[str, str]
    lines: str = ""

    @property
    def name(self) -> str:
        """The name by which a date refers to it."""
        return f"{self.cells.get(VENUE, '')}, {self.cells.get(POSTCODE, '') or self.cells.get(TOWN, '')}"


def places_cell(places: Collection[FeedPlace]) -> str:
    """Return the cell of some places; "" for none."""
    return msgspec.json.encode([*places]).decode() if places else ""


def read_places(cells: Mapping[str, str]) -> list[FeedPlace]:
    """Return the places in the cells of a row; [] for none."""
    text = cells.get(OTHER_PLACES, "")
    return msgspec.json.decode(text, type=list[FeedPlace]) if text.startswith("[") else []


def cells_of_places(rows: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return the cells of the venues of all other places of some rows."""
    return [place.cells for row in rows for place in read_places(row)]


@dataclass
class FeedPlaces:
    """The other places of the new groups of one file."""

    venues: VenueResolver
    details: VenueDetails

    def assign(self, state: RowState, cells: Mapping[str, str]) -> dict[str, Venue]:
        """Add the times of a new group at other places. Return `{name: venue}` of those places.

        Staff find what cannot be read in a note. Existing groups keep their times.
        """
        found: dict[str, Venue] = {}
        for place in read_places(cells) if state.is_new else ():
            try:
                venue = self.venues.find_or_add(place.cells)
                schedules = schedules_of_lines(place.lines)
            except (ValidationError, ValueError) as error:
                reason = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
                _leave_to_staff(state, place, reason)
                continue
            self.details.assign(venue, place.cells)
            found[place.name] = venue
            for schedule in schedules:
                schedule.venue = venue
            state.relations.schedules += schedules
        return found


def _leave_to_staff(state: RowState, place: FeedPlace, reason: str) -> None:
    words = ": ".join(filter(None, [place.name, "; ".join(place.lines.split("\n"))]))
    state.group.staff_note = "\n".join(filter(None, [state.group.staff_note, f"Also at {words}"]))
    state.remarks = [*state.remarks, f"“{place.name}” is put into the note for staff. {reason}"]
