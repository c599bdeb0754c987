import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from common.bank_holidays import holiday_nation
from common.dates import format_date, format_time, format_time_range, today
from common.models import related_rows
from common.nations import Nation
from organisations.choices import Freshness
from organisations.freshness import Checked
from places.models import Area

from ..choices import ChangeKind, Frequency
from ..timetable.cautions import day_name_at_christmas
from ..timetable.changes import Change, Pause
from ..timetable.meetings import LONDON, Meeting, Slot, Timetable, meetings, next_meetings
from ..timetable.next_dates import NextDates, next_dates, on_now
from ..timetable.regular_times import order_in_week, regular_times
from ..timetable.sentences import ASK, format_day
from .date_rows import DateRow, DatesToCome, date_notes, difference_sentence

#: How many meetings a group's own page shows, and how far ahead groups are asked about days at Christmas.
SHOWN = 8
ASKED_AHEAD = datetime.timedelta(weeks=8)
#: How far ahead a card says that a group does not meet on a day, or for some time.
CLOSING_AHEAD = datetime.timedelta(days=15)
NO_USUAL_DAY = "We do not know its usual day."
#: The sentence for a group whose times are not public.
WITHHELD = "Ask the group when it meets."
_IF_IT_STILL_MEETS = "if it still meets then"


class MeetsOnDates:
    """Mixin of the group's model: when it meets, in sentences and as dates.

    Costs a query each for `schedules`, `schedule_changes` and their venues, unless the queryset prefetched them with
    `for_cards()`.
    """

    if TYPE_CHECKING:
        # Attributes of the group's model.
        schedules: Any
        schedule_changes: Any
        areas_served: Any
        venue: Any
        venue_id: Any
        paused_until: Any
        times_are_withheld: Any
        stands_for_several: Any

        @property
        def can_be_visited(self) -> bool: ...

        @property
        def is_paused(self) -> bool: ...

        @property
        def is_forming(self) -> bool: ...

        @property
        def district(self) -> Area | None: ...

        @property
        def freshness(self) -> Checked: ...

    @property
    def when(self) -> list[str]:
        """The public sentences on when it meets; none for a closed or ended group."""
        if not self.can_be_visited:
            return []
        if self.times_are_withheld:
            return [WITHHELD]
        day = today()
        times = [(schedule.pattern, schedule.note) for schedule in self.schedules_in_force(day)]
        sentences = regular_times(times, day) or [ASK]
        if any(ASK in sentence for sentence in sentences) and self.has_single_dates_only(day):
            return [sentence.replace(ASK, NO_USUAL_DAY) for sentence in sentences]
        return sentences

    @property
    def areas(self) -> list[Area]:
        """The district it meets in, else every area it serves."""
        return [district] if (district := self.district) else [*related_rows(self, "areas_served")]

    @property
    def nation(self) -> Nation | None:
        """The nation it is in; None if that is not exactly one."""
        return Nation.shared_by(Area.objects.nations_of(self.areas))

    @property
    def holiday_nation(self) -> Nation:
        """The nation of its bank holidays: its district's, else that of every area it serves, else England."""
        return self._nation_among(self.areas)

    @property
    def shows_dates(self) -> bool:
        """Whether its dates are public. An entry that stands for several groups has no dates of its own."""
        return self.can_be_visited and not self.times_are_withheld and not self.stands_for_several

    def schedules_in_force(self, today: datetime.date) -> list[Any]:
        """Return its schedules that are not over, in the order of the week."""
        in_force = [schedule for schedule in self._schedules if not schedule.is_over(today)]
        if len(in_force) > 1:
            in_force.sort(key=lambda schedule: order_in_week(schedule.pattern))
        return in_force

    def has_single_dates_only(self, today: datetime.date) -> bool:
        """Return whether visitors learn of dates to come, and of no regular time."""
        if not self.shows_dates:
            return False
        if any(row.frequency != Frequency.ASK and not row.is_over(today) for row in self._schedules):
            return False
        return any(change.kind == ChangeKind.EXTRA and change.date >= today for change in self._changes)

    @property
    def timetable(self) -> Timetable:
        """The whole timetable, for staff."""
        return self.timetable_of(self._schedules, self._changes, self.areas)

    @property
    def public_timetable(self) -> Timetable:
        """The timetable for visitors: an empty one if its dates are not public."""
        return self.timetable if self.shows_dates else Timetable()

    @property
    def caution(self) -> str:
        """The caution for all of its dates; "" if it was checked recently."""
        if self.is_paused:
            return "if it is back by then"
        if self.is_forming:
            return "if it has started by then"
        is_checked = self.freshness.value in (Freshness.FRESH, Freshness.DUE)
        return "" if is_checked else _IF_IT_STILL_MEETS

    def only_date(self, begins: datetime.datetime) -> Meeting | None:
        """Return its meeting that begins at a moment, if a card says nothing else of its dates; else None.

        So it is where no meeting can be off, or at another venue. Without a known time it begins at the end of its day.
        """
        if self.is_paused or not self.shows_dates or any(self._changes):
            return None
        day, starts_at = begins.date(), None if begins.time() == datetime.time.max else begins.time()
        patterns = [row.pattern for row in self._schedules if not row.venue_id]
        if len(patterns) < len([*self._schedules]) or any(pattern.skips_bank_holidays for pattern in patterns):
            return None
        found = [pattern for pattern in patterns if pattern.starts_at == starts_at and pattern.falls_on(day)]
        return Meeting(day, starts_at, term_time_only=found[0].term_time_only) if len(found) == 1 else None

    def card_dates(self, begins: datetime.datetime | None = None) -> DatesToCome:
        """Return the meeting that begins at a moment (None: the next), with notes, for a card.

        The notes are of the days off before that meeting, and of those that an editor has put in for the next days.
        """
        now = timezone.now()
        changes_until = now.astimezone(LONDON).date() + CLOSING_AHEAD
        return self.dates_to_come(now, 1, begins=begins, changes_until=changes_until)

    def next_beginning(self, now: datetime.datetime) -> datetime.datetime | None:
        """Return when its next meeting begins; None if that is not known, or its dates are not public."""
        return next((meeting.starts for meeting in next_meetings(self.public_timetable, now, 1)), None)

    @property
    def back(self) -> str:
        """When a group on a break returns: "Back on 5 January 2027."; "" for any other.

        That is its first meeting after the break, or the day after the break where its dates are not known or public.
        """
        if not self.is_paused:
            return ""
        if self.paused_until is None or self.paused_until < today():
            return "Ask when it is back."
        meetings_after = self.card_dates().rows
        day = meetings_after[0].meeting.date if meetings_after else self.paused_until + datetime.timedelta(days=1)
        return f"Back on {format_date(day)}."

    def timetable_of(self, schedules: Iterable[Any], changes: Iterable[Any], areas: Iterable[Any]) -> Timetable:
        """Return the timetable that it would have with the given schedules, changes and served areas."""
        nation = self._nation_among(areas)
        slots = (schedule.slot(nation) for schedule in schedules)
        return timetable_of(slots, (change.change for change in changes), self.is_paused, self.paused_until)

    def dates_to_come(
        self,
        now: datetime.datetime,
        count: int,
        until: datetime.date | None = None,
        *,
        begins: datetime.datetime | None = None,
        changes_until: datetime.date | None = None,
    ) -> DatesToCome:
        """Return the next `count` meetings, with notes on the days off up to the last of them, or to `until`.

        Meetings before the one that begins at the moment `begins` are left out. Days off that an editor has put in are
        noted up to `changes_until`, however early the last of the meetings is.

        If no more meetings follow, the notes reach to the last day of its schedules. Empty if its dates are not public.
        """
        today = now.astimezone(LONDON).date()
        timetable = self.public_timetable
        dates = next_dates(timetable, now, count, until, begins=begins, changes_until=changes_until)
        rows = [self.date_row(meeting, today) for meeting in dates.meetings]
        return DatesToCome(rows, date_notes(dates, today) + _christmas_notes(timetable, dates, today, until))

    def page_dates(self, now: datetime.datetime) -> DatesToCome:
        """Return the meeting that is on now and the next `SHOWN`, with all days off that an editor has entered."""
        dates = self.dates_to_come(now, SHOWN, changes_until=datetime.date.max)
        meeting = on_now(self.public_timetable, now)
        if meeting is None or meeting.ends_at is None:
            return dates
        row = self.date_row(meeting, now.astimezone(LONDON).date())
        on_now_row = row._replace(day="On now", time=f"until {format_time(meeting.ends_at)}")
        return dates._replace(on_now=on_now_row)

    def days_to_confirm(self, now: datetime.datetime) -> list[datetime.date]:
        """Return the dates at Christmas and New Year within `ASKED_AHEAD` that the group has not confirmed."""
        today = now.astimezone(LONDON).date()
        coming = meetings(self.public_timetable, today, today + ASKED_AHEAD)
        days = (meeting.date for meeting in coming if meeting.caution and day_name_at_christmas(meeting.date))
        return list(dict.fromkeys(days))

    def dates_between(self, first: datetime.date, last: datetime.date, today: datetime.date) -> list[DateRow]:
        """Return its meetings from the first to the last day, for visitors."""
        return [self.date_row(meeting, today) for meeting in meetings(self.public_timetable, first, last)]

    def date_row(self, meeting: Meeting, today: datetime.date) -> DateRow:
        return DateRow(
            meeting=meeting,
            day=format_day(meeting.date, today),
            time=format_time_range(meeting.starts_at, meeting.ends_at) or "ask for the time",
            starts=format_time(meeting.starts_at) if meeting.starts_at else "ask for the time",
            different=difference_sentence(meeting, today, self.venue_of(meeting), self.venue_id),
            caution=self.caution,
            day_caution=meeting.caution,
        )

    def public_venues(self, today: datetime.date) -> set[Any]:
        """Return the keys of the venues of which visitors learn that it meets there, confidential ones too."""
        if not self.can_be_visited:
            return set()
        if not self.shows_dates:
            return {self.venue_id} - {None}
        changes = (change for change in self._changes if (change.new_date or change.date) >= today)
        return {self.venue_id, *(row.venue_id for row in (*self.schedules_in_force(today), *changes))} - {None}

    def venue_of(self, meeting: Meeting) -> Any:
        """Return the venue of a meeting: its own, else the group's."""
        if meeting.venue is None:
            return self.venue
        return next((venue for venue in self.other_venues if venue.pk == meeting.venue), self.venue)

    @property
    def other_venues(self) -> list[Any]:
        """The venues of schedules and changes that differ from the group's own."""
        rows = [*self._schedules, *self._changes]
        return [row.venue for row in rows if row.venue_id]

    @property
    def _schedules(self) -> Iterable[Any]:
        return related_rows(self, "schedules")

    @property
    def _changes(self) -> Iterable[Any]:
        return related_rows(self, "schedule_changes")

    def _nation_among(self, areas: Iterable[Any]) -> Nation:
        district = self.district
        return holiday_nation(Nation.of_code(area.gss_code) for area in ([district] if district else areas))


def _christmas_notes(
    timetable: Timetable, dates: NextDates, today: datetime.date, until: datetime.date | None
) -> list[str]:
    """Return the cautions of days at Christmas after the shown dates, up to `until`, for printed lists."""
    if until is None or not dates.meetings:
        return []
    later = meetings(timetable, dates.meetings[-1].date + datetime.timedelta(days=1), until)
    cautions = {
        meeting.date: meeting.caution for meeting in later if meeting.caution and day_name_at_christmas(meeting.date)
    }
    return [f"{format_day(day, today)}, {caution}." for day, caution in cautions.items()]


def timetable_of(
    slots: Iterable[Slot], changes: Iterable[Change], is_paused: bool, until: datetime.date | None
) -> Timetable:
    """Return the timetable of a group, with its break, until a day if that is known.

    A break counts from the present on, even if it is only announced.
    """
    return Timetable(tuple(slots), tuple(changes), Pause(None, until) if is_paused else None)
