"""One group, as a calendar tells of it: only what anybody may read."""

import datetime
import uuid
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from ..timetable.meetings import Timetable


@dataclass(frozen=True)
class CalendarEntry:
    """A group's name, address, description and timetable, with the words for each of its places.

    `place` is where it meets as a rule; `places` has what differs, by the key of the venue. `is_certain`: somebody
    checked the group not long ago. `revision` counts its versions, of which the last is from `updated_at`.
    """

    public_id: uuid.UUID
    name: str
    timetable: Timetable
    url: str = ""
    about: str = ""
    place: str = ""
    places: Mapping[Hashable, str] = field(default_factory=dict)
    is_certain: bool = True
    revision: int = 0
    updated_at: datetime.datetime = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)

    def uid(self, kind: str, key: Hashable) -> str:
        """An identity that stays the same for ever, of one of its patterns or of one day."""
        return str(uuid.uuid5(self.public_id, f"{kind}/{key}"))

    def where(self, venue: Hashable) -> str:
        return self.places.get(venue, self.place)
