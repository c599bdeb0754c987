"""Special dates of a feed, of groups that the import adds. The sheet of groups has no column for them."""

import datetime
from collections.abc import Collection, Mapping
from copy import copy
from dataclasses import dataclass, field

import msgspec
from django.core.exceptions import ValidationError

from ..choices import ChangeKind
from ..models import ScheduleChange, Venue
from .constraints import violations
from .row_state import RowState

#: The title of an internal cell with all such dates of a group as JSON.
DATES = "Dates that are not as usual"


class FeedDate(msgspec.Struct, frozen=True, omit_defaults=True):
    """A date as a feed has it: off, off until a day, extra, or moved."""

    kind: str
    date: datetime.date
    until: datetime.date | None = None
    new_date: datetime.date | None = None
    starts_at: datetime.time | None = None
    ends_at: datetime.time | None = None
    words: str = ""
    #: The name of a place among the other places of its row; "" for the group's own.
    place: str = ""


def dates_cell(dates: Collection[FeedDate]) -> str:
    """Return the cell of some dates; "" for none."""
    return msgspec.json.encode([*dates]).decode() if dates else ""


@dataclass
class FeedDates:
    """The dates of the new groups of one file."""

    new: list[ScheduleChange] = field(default_factory=list)

    def assign(self, state: RowState, cells: Mapping[str, str], venues: Mapping[str, Venue]) -> None:
        """Add the dates of a new group, whose other places are `venues`. Existing groups keep theirs.

        A date at a place that could not be read is left out: the note for staff has the place.
        """
        text = cells.get(DATES, "")
        if not state.is_new or not text.startswith("["):
            return
        seen = set()
        for given in msgspec.json.decode(text, type=list[FeedDate]):
            fields = msgspec.structs.asdict(given)
            if (place := fields.pop("place")) and place not in venues:
                continue
            change = ScheduleChange(group=state.group, venue=venues.get(place), **fields)
            key = (change.kind, change.date, change.starts_at)
            if key not in seen and _is_valid(change):
                seen.add(key)
                self.new.append(change)


def _is_valid(change: ScheduleChange) -> bool:
    try:
        change.clean_fields(exclude=["group", "venue"])
    except ValidationError:
        return False
    rows = copy(change)
    if change.venue is not None:
        # A new venue has no primary key yet.
        rows.venue_id = change.venue.pk or -1
    return change.kind in ChangeKind.values and not violations(rows)
