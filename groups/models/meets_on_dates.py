import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from common.nations import Nation
from organisations.choices import Freshness
from places.models import Area

from ..timetable.bank_holidays import holiday_nation
from ..timetable.cautions import day_name_at_christmas
from ..timetable.changes import Change, Pause
from ..timetable.meetings import LONDON, DayOff, Meeting, Slot, Timetable, meetings
from ..timetable.next_dates import NextDates, next_dates
from ..timetable.sentences import format_day, format_time, format_time_range

#: How many meetings a group's own page tells of, and how far ahead groups are asked about days at Christmas.
SHOWN = 8
ASKED_AHEAD = datetime.timedelta(weeks=8)
_IF_IT_STILL_MEETS = "if it still meets then"
_NONE_TO_COME = "We know of no more meetings. Please ask the group."
ASK_WHERE = " Ask the group where."


@dataclass(frozen=True)
class DateRow:
    """A meeting as a visitor reads it.

    `caution` is that of the whole group: "" only where somebody checked it not long ago. `day_caution` is that of the
    day: "ask first: it is Christmas Eve", until the group has spoken of that very date.
    """

    meeting: Meeting
    day: str
    time: str
    starts: str
    different: str
    caution: str
    day_caution: str

    @property
    def words(self) -> str:
        """In a line: "Thursday 26 November, 6.30pm, if it still meets then. At the library that day."."""
        said = ", ".join(filter(None, [self.day, self.starts, self.caution, self.day_caution]))
        return " ".join(filter(None, [f"{said}.", self.different]))


@dataclass(frozen=True)
class DatesToCome:
    """The next meetings of a group, and sentences on the days off beside them, or that no meeting is to come."""

    rows: list[DateRow]
    notes: list[str]

    @property
    def lines(self) -> list[str]:
        """All of it, a line for each."""
        return [*(row.words for row in self.rows), *self.notes]


class MeetsOnDates:
    """When a group meets: in sentences, and on which days. For the group's model, which knows the rest.

    Costs a query each for `schedules`, `schedule_changes` and their venues unless the queryset said `for_cards()`.
    """

    @property
    def when(self) -> list[str]:
        """When it meets, in sentences that anybody may read; for a closed or ended group, none."""
        if not self.can_be_visited:
            return []
        if self.times_are_withheld:
            return ["Ask the group when it meets."]
        today = timezone.localdate()
        sentences = [one.sentence_on(today) for one in self.schedules.all() if not one.is_over(today)]
        return sentences or ["Day and time: ask the organiser."]

    @property
    def week(self) -> list[tuple[str, bool]]:
        """The letters of the days from Monday on, each with whether it regularly meets then; [] if nobody may know."""
        if not self.shows_dates:
            return []
        today = timezone.localdate()
        days = {one.weekday for one in self.schedules.all() if one.is_on_weekdays and not one.is_over(today)}
        return [(letter, day in days) for day, letter in enumerate("MTWTFSS")] if days else []

    @property
    def areas(self) -> list[Area]:
        """The district it meets in, else every area it serves."""
        return [self.district] if self.district else list(self.areas_served.all())

    @property
    def nation(self) -> Nation | None:
        """The nation it is in; None for a group of several, or of no known place."""
        return Nation.shared_by(Area.objects.nations_of(self.areas))

    @property
    def holiday_nation(self) -> Nation:
        """The nation whose bank holidays it keeps: its district's, else that of every area it serves, else England."""
        return self._nation_among(self.areas_served.all())

    @property
    def shows_dates(self) -> bool:
        """Whether anybody may see on which days it meets. What stands for several groups is not one meeting."""
        return self.can_be_visited and not self.times_are_withheld and not self.stands_for_several

    @property
    def timetable(self) -> Timetable:
        """All that staff know of when it meets."""
        return self.timetable_of(self.schedules.all(), self.schedule_changes.all(), self.areas_served.all())

    @property
    def public_timetable(self) -> Timetable:
        """What anybody may see of when it meets: an empty one where the dates must not be known."""
        return self.timetable if self.shows_dates else Timetable()

    @property
    def caution(self) -> str:
        """What must be said with every date of it; nothing where somebody checked it not long ago."""
        if self.is_paused:
            return "if it is back by then"
        if self.is_forming:
            return "if it has started by then"
        is_checked = self.freshness.value in (Freshness.FRESH, Freshness.DUE)
        return "" if is_checked else _IF_IT_STILL_MEETS

    @property
    def card_dates(self) -> DatesToCome:
        """Its next meeting, and the days off before it, as a card says them."""
        return self.dates_to_come(timezone.now(), 1)

    def timetable_of(self, schedules: Iterable, changes: Iterable, areas: Iterable) -> Timetable:
        """All that there would be to know if it had these patterns and changes, and served these areas."""
        nation = self._nation_among(areas)
        slots, different = (schedule.slot(nation) for schedule in schedules), (change.change for change in changes)
        return timetable_of(slots, different, self.is_paused, self.paused_until)

    def dates_to_come(
        self,
        now: datetime.datetime,
        count: int,
        until: datetime.date | None = None,
        *,
        with_all_changes: bool = False,
    ) -> DatesToCome:
        """Return its next meetings from a moment on, with notes on the days off up to the last of them, or to `until`.

        Where no more meetings follow, on those up to the last day of its patterns. Both are empty where nobody may
        know its dates.
        """
        today = now.astimezone(LONDON).date()
        found = next_dates(self.public_timetable, now, count, until, with_all_changes=with_all_changes)
        rows = [self.date_row(meeting, today) for meeting in found.meetings]
        return DatesToCome(rows, notes_on(found, today) + self._later_doubts(found, today, until))

    def _later_doubts(self, found: NextDates, today: datetime.date, until: datetime.date | None) -> list[str]:
        """Say of the days at Christmas after the dates that are shown, up to a day, to ask first: paper is kept."""
        if until is None or not found.meetings:
            return []
        later = meetings(self.public_timetable, found.meetings[-1].date + datetime.timedelta(days=1), until)
        doubtful = {one.date: one.caution for one in later if one.caution and day_name_at_christmas(one.date)}
        return [f"{format_day(day, today)}, {caution}." for day, caution in doubtful.items()]

    def page_dates(self, now: datetime.datetime) -> DatesToCome:
        """Return its next meetings as its own page has them, with every day off that an editor has put in."""
        return self.dates_to_come(now, SHOWN, with_all_changes=True)

    def days_to_confirm(self, now: datetime.datetime) -> list[datetime.date]:
        """Return the days at Christmas and New Year, in the next weeks, of which the group has not said if it meets."""
        today = now.astimezone(LONDON).date()
        found = meetings(self.public_timetable, today, today + ASKED_AHEAD)
        days = (meeting.date for meeting in found if meeting.caution and day_name_at_christmas(meeting.date))
        return list(dict.fromkeys(days))

    def dates_between(self, first: datetime.date, last: datetime.date, today: datetime.date) -> list[DateRow]:
        """Its meetings from one day to another, as a visitor reads them."""
        return [self.date_row(meeting, today) for meeting in meetings(self.public_timetable, first, last)]

    def date_row(self, meeting: Meeting, today: datetime.date) -> DateRow:
        return DateRow(
            meeting=meeting,
            day=format_day(meeting.date, today),
            time=format_time_range(meeting.starts_at, meeting.ends_at) or "ask for the time",
            starts=format_time(meeting.starts_at) if meeting.starts_at else "ask for the time",
            different=what_is_different(meeting, today, self.venue_of(meeting), self.venue_id),
            caution=self.caution,
            day_caution=meeting.caution,
        )

    def venue_of(self, meeting: Meeting):
        """Where a meeting is: a venue of its own, or the group's."""
        return next((venue for venue in self.other_venues if venue.pk == meeting.venue), self.venue)

    @property
    def other_venues(self) -> list:
        """The venues that only one of its patterns, or one day, has."""
        rows = [*self.schedules.all(), *self.schedule_changes.all()]
        return [row.venue for row in rows if row.venue_id]

    def _nation_among(self, areas: Iterable) -> Nation:
        return holiday_nation(Nation.of_code(area.gss_code) for area in ([self.district] if self.district else areas))


def timetable_of(
    slots: Iterable[Slot], changes: Iterable[Change], is_paused: bool, until: datetime.date | None
) -> Timetable:
    """All that is known of when a group meets that may be in a break, until a day if that is known.

    Nobody promises a meeting before a break that is already announced.
    """
    return Timetable(tuple(slots), tuple(changes), Pause(None, until) if is_paused else None)


def notes_on(dates: NextDates, today: datetime.date) -> list[str]:
    """Return the sentences that belong beside some dates: each day off, and that there are no more meetings."""
    none_to_come = [_NONE_TO_COME] if dates.none_to_come else []
    return [*(off_words(off, today) for off in dates.days_off), *none_to_come]


def what_is_different(meeting: Meeting, today: datetime.date, venue, usual: int | None) -> str:
    """What is not as usual: another day, an extra one, another venue than the usual (its key), an editor's words."""
    said = []
    if meeting.moved_from and meeting.moved_from != meeting.date:
        said.append(f"Instead of {format_day(meeting.moved_from, today)}.")
    if meeting.kind == "extra":
        said.append("An extra date.")
    if meeting.venue and meeting.venue != usual:
        said.append(f"At {venue.public_words}.{ASK_WHERE * venue.is_confidential}")
    said.append(meeting.words)
    return " ".join(filter(None, said))


def off_words(off: DayOff, today: datetime.date) -> str:
    """On which day, or from when to when, a group does not meet, though it would, and why."""
    if off.is_bank_holiday:
        return f"No meeting on {format_day(off.first, today)}: it is a bank holiday."
    if off.first == off.last:
        return f"No meeting on {format_day(off.first, today)}. {off.words}".strip()
    return f"No meetings from {format_day(off.first, today)} to {format_day(off.last, today)}. {off.words}".strip()
