"""The public facts of a group that its calendar is built from."""

import datetime
import uuid
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from ..timetable.meetings import Timetable


@dataclass(frozen=True)
class CalendarEntry:
    """A group's name, URL, description and timetable, with a text for each of its places.

    `place` is where it usually meets; `places` maps the keys of other venues to their texts. `is_certain` is whether
    the group was checked recently. `revision` is the number of its last revision, saved at `updated_at`.
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
        """Return the stable UID of a schedule or of a single day: a UUID5 of the group's public id."""
        return str(uuid.uuid5(self.public_id, f"{kind}/{key}"))

    def where(self, venue: Hashable) -> str:
        return self.places.get(venue, self.place)
