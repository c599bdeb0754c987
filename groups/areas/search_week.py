"""Template context for the meetings of the groups that match a search, in the seven days from today."""

import datetime
from dataclasses import dataclass, replace

from common.dates import format_date_range

from ..models import SupportGroup
from ..search.index.meeting_filter import MeetingFilter
from ..search.query import Query
from ..search.service import index_query
from ..search.snapshot.snapshot import DirectorySnapshot
from ..timetable.meetings import LONDON, Meeting
from .whats_on import TOO_MANY, Day, days_of


@dataclass(frozen=True)
class SearchWeek:
    """The meetings of seven days. `days` is None if too many groups match."""

    query: Query
    first: datetime.date
    days: list[Day] | None

    @property
    def title(self) -> str:
        """The title of the page. Like that of the results it has the name of the place alone (ADR 24)."""
        return f"{self.query.title}: this week"

    @property
    def heading(self) -> str:
        return f"{self.query.heading}: this week"

    @property
    def range(self) -> str:
        return format_date_range(self.first, self.first + datetime.timedelta(days=6))

    @property
    def days_with_meetings(self) -> list[Day]:
        return [day for day in self.days or [] if day.occasions]


def search_week(query: Query, snapshot: DirectorySnapshot, now: datetime.datetime) -> SearchWeek:
    """Return the meetings that match a search in the seven days from today, in a fixed number of queries.

    Each meeting matches the chosen days, times of day and "how soon" by itself.
    """
    first = now.astimezone(LONDON).date()
    choices = dict(query.choices)
    choices["soon"] = query.chosen("soon") or ("this week",)
    indexed = index_query(replace(query, choices=tuple(choices.items())), snapshot, now)
    found = snapshot.index.matching(indexed, now)
    if found.bit_count() > TOO_MANY:
        return SearchWeek(query, first, None)
    keys = snapshot.index.pks(found)
    groups = SupportGroup.objects.listed(first).filter(pk__in=keys).with_last_check().for_cards() if keys else []
    chosen = MeetingFilter.of_choices(choices, now)

    def fits(meeting: Meeting) -> bool:
        begins = datetime.datetime.combine(meeting.date, meeting.starts_at or datetime.time.max)
        return chosen.has_date(meeting.date) and chosen.has_time(begins)

    return SearchWeek(query, first, days_of(list(groups), first, now, fits))
