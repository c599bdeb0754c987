"""Dates of a feed that are not as usual, of groups that the import adds. A sheet of groups has no column for them."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import msgspec
from django.core.exceptions import ValidationError

from ..choices import ChangeKind
from ..models import ScheduleChange
from .constraints import violations
from .row_state import RowState

#: The cell of all such dates of a group, in JSON: it is not in a sheet.
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


def dates_cell(dates: Collection[FeedDate]) -> str:
    """Return the cell of some dates; "" for none."""
    return msgspec.json.encode([*dates]).decode() if dates else ""


@dataclass
class FeedDates:
    """The dates of the new groups of one file."""

    new: list[ScheduleChange] = field(default_factory=list)

    def assign(self, state: RowState, cells: Mapping[str, str]) -> None:
        """Add the dates of a new group. Those of a group that is here stay as they are."""
        text = cells.get(DATES, "")
        if not state.is_new or not text.startswith("["):
            return
        seen = set()
        for given in msgspec.json.decode(text, type=list[FeedDate]):
            change = ScheduleChange(group=state.group, **msgspec.structs.asdict(given))
            key = (change.kind, change.date, change.starts_at)
            if key not in seen and _is_valid(change):
                seen.add(key)
                self.new.append(change)


def _is_valid(change: ScheduleChange) -> bool:
    try:
        change.clean_fields(exclude=["group"])
    except ValidationError:
        return False
    return change.kind in ChangeKind.values and not violations(change)
