"""Build what a poster and a door sheet say of a group, from public facts only."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from common.crisis_lines import first_lines
from organisations.choices import YesNo
from organisations.models import Contact
from places.models import Area

from ...choices import Joining
from ...models import DateRow, SupportGroup
from ...models.date_rows import DatesToCome
from ...timetable.meetings import LONDON
from ...timetable.sentences import ASK_FOR_THE_TIME
from ..document import PrintEntry
from ..entries import GOOD_FOR, print_entry, text_lines, website_of

#: How many of the next meetings it names: as long as it is good, for a group that meets each week.
NEXT_DATES = 4


@dataclass(frozen=True)
class PersonToAsk:
    """A released contact by its role, or an organisation by its name. What is unknown is "" or an empty tuple."""

    role: str
    #: "01632 960123", "text 07700 900123".
    numbers: tuple[str, ...] = ()
    #: E-mail address or website.
    address: str = ""
    #: When somebody answers, and whether the numbers are checked.
    note: str = ""


@dataclass(frozen=True)
class PosterContent:
    """What a poster and a door sheet say of a group. What is unknown is "" or an empty tuple."""

    entry: PrintEntry
    printed_on: datetime.date
    #: After this day it should be printed again.
    good_until: datetime.date
    #: The next meetings, a line each; and what is said of other days, such as days off, until `good_until`.
    dates: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    joining: str = ""
    cost: str = ""
    #: Buses, parking, which door, as the venue says; none of a confidential venue.
    getting_there: tuple[str, ...] = ()
    people: tuple[PersonToAsk, ...] = ()
    #: Crisis lines as (action, number), each the `paper_row` of a line.
    help_now: tuple[tuple[str, str], ...] = ()


def build_poster(group: SupportGroup, now: datetime.datetime, absolute: Callable[[str], str]) -> PosterContent:
    """Return the content for a group at a moment. `absolute` turns a path into an absolute URL.

    Whether the group may have a poster is for the caller to ask: `SupportGroup.has_poster`.
    """
    today = now.astimezone(LONDON).date()
    entry = print_entry(group, now, absolute)
    dates = _with_one_caution(group.dates_to_come(now, NEXT_DATES, today + GOOD_FOR))
    return PosterContent(
        entry=entry,
        printed_on=today,
        good_until=today + GOOD_FOR,
        dates=tuple(_date_line(row, entry.when) for row in dates.rows),
        notes=tuple(dates.notes),
        joining=_joining(group),
        cost=_cost(group),
        getting_there=_getting_there(group),
        people=_people(group),
        help_now=tuple(line.paper_row for line in first_lines(Area.objects.nations_of(group.areas))),
    )


def _with_one_caution(dates: DatesToCome) -> DatesToCome:
    """Return dates whose caution is a note, said once, and not with each of several."""
    if len(dates.rows) < 2 or not (caution := dates.rows[0].caution):
        return dates
    rows = [row._replace(caution="") for row in dates.rows]
    return dates._replace(
        rows=rows, notes=[f"These are its dates, {caution}. Please ask before you travel.", *dates.notes]
    )


def _date_line(row: DateRow, when: tuple[str, ...]) -> str:
    """Return a meeting in a line, without its time where that, or that it is not known, is in `when` already."""
    is_asked = row.meeting.starts_at is None
    if len(when) != 1 or (ASK_FOR_THE_TIME if is_asked else f", {row.time}") not in when[0]:
        return row.words
    date = ", ".join(filter(None, [row.day, row.caution, row.day_caution]))
    return " ".join(filter(None, [f"{date}.", row.different]))


def _joining(group: SupportGroup) -> str:
    how = "" if group.public_joining == Joining.NOT_SAID else f"{group.joining_label}."
    return " ".join(filter(None, [how, group.joining_reason]))


def _cost(group: SupportGroup) -> str:
    cost = "Free" if group.is_free == YesNo.YES else group.cost_note.rstrip(".")
    return f"{cost}." if cost else ""


def _getting_there(group: SupportGroup) -> tuple[str, ...]:
    venue = group.public_venue if group.meets_in_person else None
    if venue is None or venue.is_confidential:
        return ()
    return text_lines(venue.getting_there)


def _people(group: SupportGroup) -> tuple[PersonToAsk, ...]:
    """Return the released contacts, those with a number first; where there is none, the organisation's website."""
    people = sorted(map(_person, group.released_contacts), key=lambda person: not person.numbers)
    website = website_of(group)
    return tuple(people) or ((PersonToAsk(group.organisation.name, address=website),) if website else ())


def _person(contact: Contact) -> PersonToAsk:
    text = f"text {contact.text_number}" if contact.text_number else ""
    numbers = tuple(filter(None, [contact.phone, text]))
    unchecked = "Number not checked yet." if numbers and not contact.number_is_checked else ""
    return PersonToAsk(
        contact.title, numbers, contact.email, ". ".join(filter(None, [contact.hours.rstrip("."), unchecked]))
    )
