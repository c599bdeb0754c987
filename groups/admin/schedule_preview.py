"""Preview the dates of a group's schedules and changes for staff, saved or unsaved."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.dates import format_time

from ..choices import ChangeKind
from ..joining_notices import joining_notice
from ..models import Schedule, ScheduleChange, SupportGroup
from ..models.date_rows import date_notes, difference_sentence
from ..timetable.clashes import clashes
from ..timetable.meetings import LONDON, Timetable
from ..timetable.next_dates import next_dates
from ..timetable.sentences import format_day
from .group_form import GroupForm

#: The number of next dates that staff see.
DATES_SHOWN = 6
#: How far ahead clashes are detected.
_A_YEAR = datetime.timedelta(days=366)
_HOW_TO_CONFIRM = (
    f"Has the group told you that it meets on one of these days? Add a change, “{ChangeKind.ON.label}”, with its date."
)


@dataclass(frozen=True)
class SchedulePreview:
    """The sentences of a group's schedules, its next dates, its days off, and the clashes among them.

    `has_cautions`: some of the dates tell people to ask first. `joining`: the notice on how people join, or "".
    `has_errors`: the rows are invalid, so that there is no preview.
    """

    sentences: list[str]
    dates: list[str]
    days_off: list[str]
    clash_sentences: list[str]
    has_cautions: bool = False
    joining: str = ""
    has_errors: bool = False

    @property
    def as_html(self) -> SafeString:
        """The preview as HTML."""
        if self.has_errors:
            return format_html("<p>{}</p>", "Put right what is marked in the rows above, and the dates can be shown.")
        joining = format_html('<p class="staff-warning">{}</p>', self.joining) if self.joining else ""
        if not self.sentences and not self.dates:
            return format_html(
                "<p>{}</p>{}", "“Day and time: ask the organiser.” Add the regular times, if you know them.", joining
            )
        return format_html(
            "{}<p>{}</p>{}{}{}{}{}",
            _html_list("staff-sentences", self.sentences),
            "The next dates:" if self.dates else "No date follows from this.",
            _html_list("staff-dates", self.dates),
            format_html("<p>{}</p>", _HOW_TO_CONFIRM) if self.has_cautions else "",
            _html_list("staff-days-off", self.days_off),
            _html_list("staff-warning", self.clash_sentences),
            joining,
        )


def schedule_preview(group: SupportGroup, now: datetime.datetime) -> SchedulePreview:
    """Return the preview of a saved group."""
    schedules, changes = list(group.schedules.all()), list(group.schedule_changes.all())
    return _preview(group, group.timetable, schedules, changes, now)


def typed_schedule_preview(form: GroupForm, formsets: Iterable[Any], now: datetime.datetime) -> SchedulePreview:
    """Return the preview of unsaved forms, whether or not they could be saved."""
    rows = {formset.model: formset for formset in formsets if formset.model in (Schedule, ScheduleChange)}
    if not all(formset.is_valid() for formset in rows.values()):
        return SchedulePreview([], [], [], [], has_errors=True)
    schedules, changes = _unsaved_rows(rows.get(Schedule)), _unsaved_rows(rows.get(ScheduleChange))
    group, areas = form.instance, form.cleaned_data.get("areas_served", [])
    preview = _preview(group, group.timetable_of(schedules, changes, areas), schedules, changes, now)
    return replace(preview, joining=joining_notice(group, schedules))


def _unsaved_rows(formset: Any) -> list[Any]:
    """Return the instances that would exist after saving a formset."""
    if formset is None:
        return []
    filled = [*formset.initial_forms, *(form for form in formset.extra_forms if form.has_changed())]
    return [form.instance for form in filled if form not in formset.deleted_forms]


def _preview(
    group: SupportGroup, timetable: Timetable, schedules: list[Any], changes: list[Any], now: datetime.datetime
) -> SchedulePreview:
    today = now.astimezone(LONDON).date()
    venues = {row.venue_id: row.venue for row in (*schedules, *changes)}
    to_come = next_dates(timetable, now, DATES_SHOWN, changes_until=datetime.date.max)
    dates = []
    for meeting in to_come.meetings:
        starts = format_time(meeting.starts_at) if meeting.starts_at else "ask for the time"
        day = ", ".join(filter(None, [format_day(meeting.date, today), starts, meeting.caution]))
        different = difference_sentence(meeting, today, venues.get(meeting.venue), group.venue_id)
        dates.append(f"{day}. {different}".strip())
    return SchedulePreview(
        sentences=[schedule.sentence for schedule in schedules],
        dates=dates,
        days_off=date_notes(to_come, today),
        has_cautions=any(meeting.caution for meeting in to_come.meetings),
        clash_sentences=clashes(timetable, today, today + _A_YEAR),
    )


def _html_list(kind: str, lines: list[str]) -> SafeString | str:
    if not lines:
        return ""
    return format_html('<ul class="{}">{}</ul>', kind, format_html_join("", "<li>{}</li>", ((line,) for line in lines)))
