"""Build the `PrintEntry` of a group, from public facts only."""

import datetime
from collections.abc import Callable
from functools import cache

from django.urls import reverse

from common.dates import format_date, format_time_range
from common.models import related_rows
from organisations.models import Contact

from ..choices import Focus, Route
from ..models import Schedule, SupportGroup, Venue
from ..presenters import cost, stage_words
from ..timetable.meetings import LONDON
from ..timetable.sentences import listed
from .document import PrintEntry, PrintSession

#: How many of the next meetings are printed, and how long a printed list is valid: days off are printed until then.
NEXT_DATES = 2
GOOD_FOR = datetime.timedelta(weeks=4)
_ANY_CODE = "00000"
_WHAT = (Focus.TALKING, Focus.DOING, Focus.BOTH)


def print_entry(group: SupportGroup, now: datetime.datetime, absolute: Callable[[str], str]) -> PrintEntry:
    """Return the entry of a group at a moment. `absolute` turns a path into an absolute URL."""
    good_until = now.astimezone(LONDON).date() + GOOD_FOR
    schedules = current_schedules(group, now)
    return PrintEntry(
        code=group.code,
        url=absolute(_short_path(group.code)),
        name=group.name,
        organisation=group.organisation.name,
        summary=group.summary,
        what=Focus(group.focus).label if group.focus in _WHAT else "",
        flags=_flags(group),
        when=tuple(group.when),
        next_dates=tuple(group.dates_to_come(now, NEXT_DATES, good_until).lines),
        where=_where(group, schedules),
        joining=_joining(group),
        access=_access(group),
        cost=cost(group),
        contacts=_contacts(group),
        checked=_checked(group),
        sessions=_sessions(schedules),
    )


def _short_path(code: str) -> str:
    before, after = _short_path_around()
    return f"{before}{code}{after}"


@cache
def _short_path_around() -> tuple[str, str]:
    """Return what stands before and after the code in a short path: reversing it for each group takes long."""
    before, _, after = reverse("groups:group_short", args=[_ANY_CODE]).rpartition(_ANY_CODE)
    return before, after


def current_schedules(group: SupportGroup, now: datetime.datetime) -> list[Schedule]:
    """Return the public schedules that have not ended, in the order of the week."""
    today = now.astimezone(LONDON).date()
    return group.schedules_in_force(today) if group.shows_dates else []


def _flags(group: SupportGroup) -> tuple[str, ...]:
    several = "This stands for several groups. Ask which one is near you." if group.stands_for_several else ""
    return tuple(filter(None, [group.stage_flag, stage_words(group) if group.stage_flag else "", several]))


def _where(group: SupportGroup, schedules: list[Schedule]) -> tuple[str, ...]:
    lines: list[str] = []
    if group.meets_in_person:
        lines += _in_person(group)
        for schedule in schedules:
            if schedule.venue and schedule.venue_id != group.venue_id:
                lines.append(f"{_day_prefix(schedule)}{', '.join(_address(schedule.venue))}")
    lines = [*dict.fromkeys(filter(None, lines))]
    if group.meets_online:
        lines = _with_way(lines, "Online. Ask for the link.", "online (ask for the link)")
    if group.meets_by_phone:
        lines = _with_way(lines, "By phone.", "by phone")
    return tuple(lines)


def _with_way(lines: list[str], alone: str, also: str) -> list[str]:
    """Return the lines with another way to take part: a line of its own, or a sentence after a sentence."""
    if not lines:
        return [alone]
    *before, last = lines
    return [*before, f"{last} Also {also}."] if last.endswith(".") else [*lines, f"also {also}"]


def _in_person(group: SupportGroup) -> list[str]:
    venue = group.public_venue
    if venue is not None and not venue.is_confidential:
        return _address(venue)
    if venue is not None:
        return [f"{group.place_name}. To keep people safe, the address is not printed. Ask the group."]
    if group.place_name:
        return [f"{group.place_name}. Ask where it meets."]
    return [f"{group.where.partition(';')[0]}. Ask where it meets."] if [*related_rows(group, "areas_served")] else []


def _address(venue: Venue) -> list[str]:
    return [*filter(None, [venue.public_name]), *venue.address_lines] or [venue.place_name]


def _day_prefix(schedule: Schedule) -> str:
    weekdays = schedule.pattern.weekdays
    return f"{weekdays[0].label}: " if len(weekdays) == 1 else "Some days: "


def _joining(group: SupportGroup) -> tuple[str, ...]:
    routes = [
        ". ".join(filter(None, [Route(route.route).label, route.note.rstrip(".")])) for route in group.public_routes
    ]
    all_routes = f"{group.routes_heading}: {'; '.join(routes)}." if routes else ""
    home = group.how_to_take_part_from_home
    how = " ".join(filter(None, [f"{group.joining_label}.", group.joining_reason, group.referral_words]))
    return tuple(filter(None, [how, *text_lines(group.joining_note), all_routes, *text_lines(home)]))


def _access(group: SupportGroup) -> tuple[str, ...]:
    venue = group.public_venue
    if venue is None or venue.is_confidential:
        return text_lines(group.accessibility)
    features = listed([feature.name for feature in related_rows(venue, "access_features")] or [""])
    return (*filter(None, [features]), *text_lines(venue.access_note), *text_lines(group.accessibility))


def _contacts(group: SupportGroup) -> tuple[str, ...]:
    contacts = tuple(contact_line(contact) for contact in group.released_contacts)
    website = website_of(group)
    return contacts or ((f"{group.organisation.name}: {website}",) if website else ())


def website_of(group: SupportGroup) -> str:
    """Return its own website, else that of its organisation, without the scheme; "" if there is none."""
    return (
        (group.public_website or group.organisation.website)
        .removeprefix("https://")
        .removeprefix("http://")
        .rstrip("/")
    )


def contact_line(contact: Contact) -> str:
    """Return the role and the ways to reach it: "Welcome desk: 01632 960001, text 07700 900001"."""
    text_number = numbered(contact, contact.text_number)
    details = [
        numbered(contact, contact.phone),
        f"text {text_number}" if text_number else "",
        contact.email,
        contact.hours,
    ]
    return f"{contact.title}: {', '.join(filter(None, details))}"


def numbered(contact: Contact, number: str) -> str:
    """Return a number of the contact, with a caution unless it is checked; "" for ""."""
    return number and (number if contact.number_is_checked else f"{number} (number not checked yet)")


def _checked(group: SupportGroup) -> str:
    checked_on = group.freshness.checked_on
    return f"Checked on {format_date(checked_on)}" if checked_on else "Not checked yet"


def _sessions(schedules: list[Schedule]) -> tuple[PrintSession, ...]:
    sessions = []
    for schedule in schedules:
        pattern = schedule.pattern
        time = format_time_range(pattern.starts_at, pattern.ends_at) or "ask for the time"
        term_time = "in term time only" if pattern.term_time_only else ""
        often = ", ".join(filter(None, [pattern.how_often, term_time]))
        sessions += [PrintSession(weekday, pattern.starts_at, time, often) for weekday in pattern.weekdays]
    return tuple(sorted(sessions, key=lambda session: (session.weekday, session.starts_at or datetime.time.max)))


def text_lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text that are not blank, with runs of white space collapsed."""
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())
