"""What groups answer, for the plain reference: of each facet, as far as anybody may know."""

import datetime

from groups.choices import Focus, Frequency, Joining, Weekday
from groups.models import SupportGroup
from groups.timetable.meetings import next_meetings


def answers_of(group: SupportGroup, now: datetime.datetime) -> dict[str, set]:
    """What a group answers of each facet, as far as anybody may know."""
    hidden = group.place_is_hidden
    times = _times(group, now.date())
    focus = {Focus.TALKING: {"talking"}, Focus.DOING: {"doing"}, Focus.BOTH: {"talking", "doing"}}
    answers = {
        "focus": focus.get(group.focus, set()),
        "joining": {_joining(group, now.date())},
        "led": {group.led_by},
        "stage": {group.stage},
        "format": {name for name in ("in_person", "online", "by_phone") if getattr(group, f"meets_{name}")},
        "audience": {term.slug for term in group.audiences.all()},
        "topic": {term.slug for term in group.topics.all()},
        "access": set() if hidden or not group.venue else {term.slug for term in group.venue.access_features.all()},
        "services": set(),
        "free": {"yes"} if group.is_free == "yes" else set(),
        "when": times,
        "meetings": _meetings(group, now),
    }
    for name, column in (
        ("while-waiting", "while_waiting"),
        ("alongside", "alongside_services"),
        ("after", "after_services"),
    ):
        if getattr(group, column) == "yes":
            answers["services"].add(name)
    return answers


def _joining(group: SupportGroup, today: datetime.date) -> str:
    """What visitors read: nobody is told to just come along to an address that nobody may see."""
    hidden = group.venue is not None and group.venue.address_is_confidential
    if not group.times_are_withheld and not group.stands_for_several:
        patterns = [row for row in group.schedules.all() if row.last_date is None or row.last_date >= today]
        venues = [row.venue or group.venue for row in patterns] or [group.venue]
        hidden = any(venue is not None and venue.address_is_confidential for venue in venues)
    elif any(
        (row.last_date is None or row.last_date >= today) and row.venue and row.venue.address_is_confidential
        for row in group.schedules.all()
    ):
        hidden = True
    if group.joining == "just come" and group.meets_in_person and hidden:
        return "contact first"
    return group.joining


def _meetings(group: SupportGroup, now: datetime.datetime) -> list[tuple[str, str, datetime.datetime]]:
    """The meetings to come within the weeks that search knows of: day, time of day, and when each begins."""
    last = now.date() + datetime.timedelta(weeks=8)
    meetings = [meeting for meeting in next_meetings(group.public_timetable, now, 200) if meeting.date <= last]
    return [
        (
            Weekday(meeting.date.weekday()).label.lower(),
            _part(meeting.starts_at),
            meeting.starts or datetime.datetime.combine(meeting.date, datetime.time.max, now.tzinfo),
        )
        for meeting in meetings
    ]


def _times(group: SupportGroup, today: datetime.date) -> set[tuple[str, str]]:
    if group.times_are_withheld or group.joining == Joining.CLOSED:
        return set()
    times = set()
    for schedule in group.schedules.all():
        if schedule.frequency in (Frequency.ASK, Frequency.TO_BE_AGREED):
            continue
        if schedule.last_date is not None and schedule.last_date < today:
            continue
        day = "" if schedule.weekday is None else Weekday(schedule.weekday).label.lower()
        times.add((day, _part(schedule.starts_at)))
    return times


def _part(starts_at: datetime.time | None) -> str:
    if starts_at is None:
        return ""
    return "morning" if starts_at.hour < 12 else "afternoon" if starts_at.hour < 17 else "evening"
