"""Template context for the meetings of an area, day by day."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from common.dates import format_date_range
from places.models import Area

from ..group_reader import read_groups
from ..models import DateRow, SupportGroup
from ..search.snapshot.area_table import AreaRow
from ..search.snapshot.snapshot import DirectorySnapshot, current_snapshot
from ..timetable.meetings import LONDON, Meeting
from ..timetable.sentences import format_day
from .page import breadcrumbs

#: How many weeks ahead the page goes, and the most groups whose dates fit one page.
WEEKS, TOO_MANY = 8, 300
_WEEK = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Occasion:
    """A meeting of a group, in a list of meetings."""

    group: SupportGroup
    row: DateRow

    @property
    def where(self) -> str:
        """The public description of its place, in a line."""
        venue = self.group.venue_of(self.row.meeting) if self.row.meeting.venue else None
        return venue.public_words if venue else self.group.where


@dataclass(frozen=True)
class Day:
    """A day with its meetings in order of time, unknown times last."""

    date: datetime.date
    name: str
    occasions: list[Occasion]


@dataclass(frozen=True)
class WeekPage:
    """The meetings of seven days, `number - 1` weeks from today. `days` is None if the area has too many groups."""

    area: Area
    ancestors: list[AreaRow]
    number: int
    first: datetime.date
    days: list[Day] | None
    children: list[AreaRow]

    @property
    def trail(self) -> list[tuple[str, str]]:
        """Breadcrumbs, from the top down to the area itself, as (label, URL)."""
        return breadcrumbs(self.ancestors)

    @property
    def title(self) -> str:
        if self.number == 1:
            return f"What's on this week in {self.area.name}"
        return f"What's on in {self.area.name}, {self.range}"

    @property
    def range(self) -> str:
        return format_date_range(self.first, self.first + _WEEK - datetime.timedelta(days=1))

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < WEEKS else None

    @property
    def is_empty(self) -> bool:
        return not any(day.occasions for day in self.days or [])


def week_page(area: Area, week: int, now: datetime.datetime) -> WeekPage:
    """Return the meetings of an area in a week (1 starts today), in a fixed number of queries."""
    number = min(week, WEEKS)
    today = now.astimezone(LONDON).date()
    first = today + (number - 1) * _WEEK
    snapshot = current_snapshot()
    groups, areas = groups_of_area(area, snapshot), snapshot.lookups.areas
    return WeekPage(
        area=area,
        ancestors=[above for above in areas.lineage(area.pk) if not above.is_informal],
        number=number,
        first=first,
        days=None if groups is None else days_of(groups, first, now),
        children=[] if groups is not None or area.is_informal else areas.children(area.pk),
    )


def groups_of_area(area: Area, snapshot: DirectorySnapshot) -> list[SupportGroup] | None:
    """Return the listed groups that meet in an area or serve it; None if there are more than `TOO_MANY`."""
    # The snapshot knows at once whether there are too many, and which they are.
    found = snapshot.index.of_area(area.pk)
    if found.bit_count() > TOO_MANY:
        return None
    today = snapshot.index.today
    listed = SupportGroup.objects.listed(today).filter(pk__in=snapshot.index.pks(found)).ordered_for_display(today)
    in_order = list(listed.values_list("pk", flat=True))
    groups = read_groups(in_order)
    return [groups[pk] for pk in in_order if pk in groups]


def occasions_between(
    groups: list[SupportGroup], first: datetime.date, last: datetime.date, now: datetime.datetime
) -> list[Occasion]:
    """Return the meetings of groups from a day to a day, both included, that are to come at `now`, in order."""
    today = now.astimezone(LONDON).date()
    occasions = [
        Occasion(group, row)
        for group in groups
        for row in group.dates_between(first, last, today)
        if row.meeting.is_to_come(now)
    ]
    return sorted(occasions, key=lambda occasion: (occasion.row.meeting.order, occasion.group.name.casefold()))


def days_of(
    groups: list[SupportGroup], first: datetime.date, now: datetime.datetime, fits: Callable[[Meeting], bool] = bool
) -> list[Day]:
    """Return the seven days from `first` on with the meetings of groups that are to come at `now` and fit."""
    today = now.astimezone(LONDON).date()
    in_order = [
        occasion
        for occasion in occasions_between(groups, first, first + _WEEK - datetime.timedelta(days=1), now)
        if fits(occasion.row.meeting)
    ]
    by_day = {day: list(found) for day, found in groupby(in_order, key=lambda occasion: occasion.row.meeting.date)}
    days = [first + datetime.timedelta(days=number) for number in range(7)]
    return [Day(day, format_day(day, today), by_day.get(day, [])) for day in days]
