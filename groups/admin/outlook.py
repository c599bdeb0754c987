"""What follows from a group's regular times and changes, for staff: of those saved, or of those only typed."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..models import Schedule, ScheduleChange, SupportGroup
from ..models.meets_on_dates import off_words, what_is_different
from ..timetable import LONDON, Timetable, clashes, clock, day_name, days_off, next_meetings
from .group_form import GroupForm

#: How many of a group's next dates its page shows to staff.
DATES_SHOWN = 6
#: How far ahead clashes are looked for.
_A_YEAR = datetime.timedelta(days=366)


@dataclass(frozen=True)
class Outlook:
    """A group's patterns in sentences, its next dates, the days off among them, and what does not fit together.

    `mistaken`: rows were typed that cannot be right, so that nothing is said of any.
    """

    sentences: list[str]
    dates: list[str]
    days_off: list[str]
    odd: list[str]
    mistaken: bool = False

    @property
    def as_html(self) -> SafeString:
        """All of it as it stands on a page."""
        if self.mistaken:
            return format_html("<p>{}</p>", "Put right what is marked in the rows above, and the dates can be shown.")
        if not self.sentences and not self.dates:
            return format_html(
                "<p>{}</p>", "“Day and time: ask the organiser.” Add the regular times, if you know them."
            )
        return format_html(
            "{}<p>{}</p>{}{}{}",
            _listed("staff-sentences", self.sentences),
            "The next dates:" if self.dates else "No date follows from this.",
            _listed("staff-dates", self.dates),
            _listed("staff-days-off", self.days_off),
            _listed("staff-warning", self.odd),
        )


def outlook_of(group: SupportGroup, now: datetime.datetime) -> Outlook:
    """Of a group as it is saved."""
    schedules, changes = list(group.schedules.all()), list(group.schedule_changes.all())
    return _outlook(group, group.timetable, schedules, changes, now)


def typed_outlook(form: GroupForm, formsets: Iterable, now: datetime.datetime) -> Outlook:
    """Of a group as somebody has typed it, whether or not it could be saved."""
    rows = {formset.model: formset for formset in formsets if formset.model in (Schedule, ScheduleChange)}
    if not all(formset.is_valid() for formset in rows.values()):
        return Outlook([], [], [], [], mistaken=True)
    schedules, changes = _typed(rows.get(Schedule)), _typed(rows.get(ScheduleChange))
    group, areas = form.instance, form.cleaned_data.get("areas_served", [])
    return _outlook(group, group.timetable_of(schedules, changes, areas), schedules, changes, now)


def _typed(formset) -> list:
    """The rows that saving a formset would leave."""
    if formset is None:
        return []
    filled = [*formset.initial_forms, *(form for form in formset.extra_forms if form.has_changed())]
    return [form.instance for form in filled if form not in formset.deleted_forms]


def _outlook(
    group: SupportGroup, timetable: Timetable, schedules: list, changes: list, now: datetime.datetime
) -> Outlook:
    today = now.astimezone(LONDON).date()
    venues = {row.venue_id: row.venue for row in (*schedules, *changes)}
    to_come = next_meetings(timetable, now, DATES_SHOWN)
    dates = []
    for meeting in to_come:
        day = (
            f"{day_name(meeting.date, today)}, {clock(meeting.starts_at) if meeting.starts_at else 'ask for the time'}."
        )
        different = what_is_different(meeting, today, venues.get(meeting.venue), group.venue_id)
        dates.append(f"{day} {different}".strip())
    off = days_off(timetable, today, to_come[-1].date) if to_come else []
    return Outlook(
        sentences=[schedule.sentence for schedule in schedules],
        dates=dates,
        days_off=[off_words(one, today) for one in off],
        odd=clashes(timetable, today, today + _A_YEAR),
    )


def _listed(kind: str, lines: list[str]) -> SafeString | str:
    if not lines:
        return ""
    return format_html('<ul class="{}">{}</ul>', kind, format_html_join("", "<li>{}</li>", ((line,) for line in lines)))
