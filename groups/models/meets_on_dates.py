import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from common.dates import format_date
from common.nations import Nation
from organisations.choices import Freshness
from organisations.freshness import Checked
from places.models import Area

from ..timetable.bank_holidays import holiday_nation
from ..timetable.cautions import day_name_at_christmas
from ..timetable.changes import Change, Pause
from ..timetable.meetings import LONDON, DayOff, Meeting, Slot, Timetable, meetings
from ..timetable.next_dates import NextDates, next_dates
from ..timetable.sentences import format_day, format_time, format_time_range

#: How many meetings a group's own page shows, and how far ahead groups are asked about days at Christmas.
SHOWN = 8
ASKED_AHEAD = datetime.timedelta(weeks=8)
_IF_IT_STILL_MEETS = "if it still meets then"
_NONE_TO_COME = "We know of no more meetings. Please ask the group."
ASK_WHERE = " Ask the group where."


@dataclass(frozen=True)
class DateRow:
    """A meeting as a visitor reads it.

    `caution` is that of the whole group: "" only if it was checked recently. `day_caution` is that of the day: "ask
    first: it is Christmas Eve", unless the group has confirmed that date.
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
        """The meeting in a line: "Thursday 26 November, 6.30pm, if it still meets then. At the library that day."."""
        date_and_time = ", ".join(filter(None, [self.day, self.starts, self.caution, self.day_caution]))
        return " ".join(filter(None, [f"{date_and_time}.", self.different]))


@dataclass(frozen=True)
class DatesToCome:
    """The next meetings of a group, and notes: on its days off, or that it has no more meetings."""

    rows: list[DateRow]
    notes: list[str]

    @property
    def lines(self) -> list[str]:
        """Meetings and notes, a line each."""
        return [*(row.words for row in self.rows), *self.notes]


class MeetsOnDates:
    """Mixin of the group's model: when it meets, in sentences and as dates.

    Costs a query each for `schedules`, `schedule_changes` and their venues, unless the queryset prefetched them with
    `for_cards()`.
    """

    if TYPE_CHECKING:
        # What the group's model has.
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
            return ["Ask the group when it meets."]
        today = timezone.localdate()
        sentences = [schedule.sentence_on(today) for schedule in self.schedules.all() if not schedule.is_over(today)]
        return sentences or ["Day and time: ask the organiser."]

    @property
    def week(self) -> list[tuple[str, bool]]:
        """The initials of the days from Monday on, each with whether it meets then; [] if its dates are not public."""
        if not self.shows_dates:
            return []
        today = timezone.localdate()
        days = {
            schedule.weekday
            for schedule in self.schedules.all()
            if schedule.is_on_weekdays and not schedule.is_over(today)
        }
        return [(letter, day in days) for day, letter in enumerate("MTWTFSS")] if days else []

    @property
    def areas(self) -> list[Area]:
        """The district it meets in, else every area it serves."""
        return [self.district] if self.district else list(self.areas_served.all())

    @property
    def nation(self) -> Nation | None:
        """The nation it is in; None if that is not exactly one."""
        return Nation.shared_by(Area.objects.nations_of(self.areas))

    @property
    def holiday_nation(self) -> Nation:
        """The nation of its bank holidays: its district's, else that of every area it serves, else England."""
        return self._nation_among(self.areas_served.all())

    @property
    def shows_dates(self) -> bool:
        """Whether its dates are public. An entry that stands for several groups has no dates of its own."""
        return self.can_be_visited and not self.times_are_withheld and not self.stands_for_several

    @property
    def timetable(self) -> Timetable:
        """The whole timetable, for staff."""
        return self.timetable_of(self.schedules.all(), self.schedule_changes.all(), self.areas_served.all())

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

    def card_dates(self, begins: datetime.datetime | None = None) -> DatesToCome:
        """Return the meeting that begins at a moment (None: the next), and the days off before it, for a card."""
        return self.dates_to_come(timezone.now(), 1, begins=begins)

    @property
    def back(self) -> str:
        """When a group on a break returns: "Back on 5 January 2027."; "" for any other.

        That is its first meeting after the break, or the day after the break where its dates are not known or public.
        """
        if not self.is_paused:
            return ""
        today = timezone.localdate()
        if self.paused_until is None or self.paused_until < today:
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
        with_all_changes: bool = False,
    ) -> DatesToCome:
        """Return the next `count` meetings, with notes on the days off up to the last of them, or to `until`.

        Meetings before the one that begins at the moment `begins` are left out.

        If no more meetings follow, the notes reach to the last day of its schedules. Empty if its dates are not public.
        """
        today = now.astimezone(LONDON).date()
        dates = next_dates(self.public_timetable, now, count, until, begins=begins, with_all_changes=with_all_changes)
        rows = [self.date_row(meeting, today) for meeting in dates.meetings]
        return DatesToCome(rows, date_notes(dates, today) + self._christmas_notes(dates, today, until))

    def _christmas_notes(self, dates: NextDates, today: datetime.date, until: datetime.date | None) -> list[str]:
        """Return the cautions of days at Christmas after the shown dates, up to `until`, for printed lists."""
        if until is None or not dates.meetings:
            return []
        later = meetings(self.public_timetable, dates.meetings[-1].date + datetime.timedelta(days=1), until)
        cautions = {
            meeting.date: meeting.caution
            for meeting in later
            if meeting.caution and day_name_at_christmas(meeting.date)
        }
        return [f"{format_day(day, today)}, {caution}." for day, caution in cautions.items()]

    def page_dates(self, now: datetime.datetime) -> DatesToCome:
        """Return the next `SHOWN` meetings, with all days off that an editor has entered."""
        return self.dates_to_come(now, SHOWN, with_all_changes=True)

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

    def venue_of(self, meeting: Meeting) -> Any:
        """Return the venue of a meeting: its own, else the group's."""
        return next((venue for venue in self.other_venues if venue.pk == meeting.venue), self.venue)

    @property
    def other_venues(self) -> list[Any]:
        """The venues of schedules and changes that differ from the group's own."""
        rows = [*self.schedules.all(), *self.schedule_changes.all()]
        return [row.venue for row in rows if row.venue_id]

    def _nation_among(self, areas: Iterable[Any]) -> Nation:
        return holiday_nation(Nation.of_code(area.gss_code) for area in ([self.district] if self.district else areas))


def timetable_of(
    slots: Iterable[Slot], changes: Iterable[Change], is_paused: bool, until: datetime.date | None
) -> Timetable:
    """Return the timetable of a group, with its break, until a day if that is known.

    A break counts from the present on, even if it is only announced.
    """
    return Timetable(tuple(slots), tuple(changes), Pause(None, until) if is_paused else None)


def date_notes(dates: NextDates, today: datetime.date) -> list[str]:
    """Return the notes on dates: a sentence for each day off, and whether there are no more meetings."""
    none_to_come = [_NONE_TO_COME] if dates.none_to_come else []
    return [*(day_off_sentence(off, today) for off in dates.days_off), *none_to_come]


def difference_sentence(meeting: Meeting, today: datetime.date, venue: Any, usual_venue_id: int | None) -> str:
    """Return what is not as usual: another day, an extra date, another venue than the usual one, an editor's words."""
    sentences = []
    if meeting.moved_from and meeting.moved_from != meeting.date:
        sentences.append(f"Instead of {format_day(meeting.moved_from, today)}.")
    if meeting.kind == "extra":
        sentences.append("An extra date.")
    if meeting.venue and meeting.venue != usual_venue_id:
        sentences.append(f"At {venue.public_words}.{ASK_WHERE * venue.is_confidential}")
    sentences.append(meeting.words)
    return " ".join(filter(None, sentences))


def day_off_sentence(off: DayOff, today: datetime.date) -> str:
    """Return on which day, or from when to when, a group does not meet as usual, and why."""
    if off.is_bank_holiday:
        return f"No meeting on {format_day(off.first, today)}: it is a bank holiday."
    if off.first == off.last:
        return f"No meeting on {format_day(off.first, today)}. {off.words}".strip()
    return f"No meetings from {format_day(off.first, today)} to {format_day(off.last, today)}. {off.words}".strip()
