"""What follows from a group's regular times and changes, for staff: of those saved, or of those only typed."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..choices import ChangeKind
from ..models import Schedule, ScheduleChange, SupportGroup
from ..models.meets_on_dates import notes_on, what_is_different
from ..timetable.clashes import clashes
from ..timetable.meetings import LONDON, Timetable
from ..timetable.next_dates import next_dates
from ..timetable.sentences import format_day, format_time
from .group_form import GroupForm
from .joining_notices import joining_notice

#: How many of a group's next dates its page shows to staff.
DATES_SHOWN = 6
#: How far ahead clashes are looked for.
_A_YEAR = datetime.timedelta(days=366)
_HOW_TO_CONFIRM = (
    f"Has the group told you that it meets on one of these days? Add a change, “{ChangeKind.ON.label}”, with its date."
)


@dataclass(frozen=True)
class SchedulePreview:
    """A group's patterns in sentences, its next dates, the days off beside them, and what does not fit together.

    `unsure`: some of the dates tell people to ask first. `joining` says what follows for how people join, or nothing.
    `mistaken`: rows were typed that cannot be right, so that nothing is said of any.
    """

    sentences: list[str]
    dates: list[str]
    days_off: list[str]
    odd: list[str]
    unsure: bool = False
    joining: str = ""
    mistaken: bool = False

    @property
    def as_html(self) -> SafeString:
        """All of it as it stands on a page."""
        if self.mistaken:
            return format_html("<p>{}</p>", "Put right what is marked in the rows above, and the dates can be shown.")
        joining = format_html('<p class="staff-warning">{}</p>', self.joining) if self.joining else ""
        if not self.sentences and not self.dates:
            return format_html(
                "<p>{}</p>{}", "“Day and time: ask the organiser.” Add the regular times, if you know them.", joining
            )
        return format_html(
            "{}<p>{}</p>{}{}{}{}{}",
            _listed("staff-sentences", self.sentences),
            "The next dates:" if self.dates else "No date follows from this.",
            _listed("staff-dates", self.dates),
            format_html("<p>{}</p>", _HOW_TO_CONFIRM) if self.unsure else "",
            _listed("staff-days-off", self.days_off),
            _listed("staff-warning", self.odd),
            joining,
        )


def schedule_preview(group: SupportGroup, now: datetime.datetime) -> SchedulePreview:
    """Of a group as it is saved."""
    schedules, changes = list(group.schedules.all()), list(group.schedule_changes.all())
    return _outlook(group, group.timetable, schedules, changes, now)


def typed_schedule_preview(form: GroupForm, formsets: Iterable, now: datetime.datetime) -> SchedulePreview:
    """Of a group as somebody has typed it, whether or not it could be saved."""
    rows = {formset.model: formset for formset in formsets if formset.model in (Schedule, ScheduleChange)}
    if not all(formset.is_valid() for formset in rows.values()):
        return SchedulePreview([], [], [], [], mistaken=True)
    schedules, changes = _typed(rows.get(Schedule)), _typed(rows.get(ScheduleChange))
    group, areas = form.instance, form.cleaned_data.get("areas_served", [])
    outlook = _outlook(group, group.timetable_of(schedules, changes, areas), schedules, changes, now)
    return replace(outlook, joining=joining_notice(group, schedules))


def _typed(formset) -> list:
    """The rows that saving a formset would leave."""
    if formset is None:
        return []
    filled = [*formset.initial_forms, *(form for form in formset.extra_forms if form.has_changed())]
    return [form.instance for form in filled if form not in formset.deleted_forms]


def _outlook(
    group: SupportGroup, timetable: Timetable, schedules: list, changes: list, now: datetime.datetime
) -> SchedulePreview:
    today = now.astimezone(LONDON).date()
    venues = {row.venue_id: row.venue for row in (*schedules, *changes)}
    to_come = next_dates(timetable, now, DATES_SHOWN, with_all_changes=True)
    dates = []
    for meeting in to_come.meetings:
        starts = format_time(meeting.starts_at) if meeting.starts_at else "ask for the time"
        day = ", ".join(filter(None, [format_day(meeting.date, today), starts, meeting.caution]))
        different = what_is_different(meeting, today, venues.get(meeting.venue), group.venue_id)
        dates.append(f"{day}. {different}".strip())
    return SchedulePreview(
        sentences=[schedule.sentence for schedule in schedules],
        dates=dates,
        days_off=notes_on(to_come, today),
        unsure=any(meeting.caution for meeting in to_come.meetings),
        odd=clashes(timetable, today, today + _A_YEAR),
    )


def _listed(kind: str, lines: list[str]) -> SafeString | str:
    if not lines:
        return ""
    return format_html('<ul class="{}">{}</ul>', kind, format_html_join("", "<li>{}</li>", ((line,) for line in lines)))
