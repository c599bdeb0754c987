"""The plain-text content of a printed list. Every layout and every file format is rendered from these dataclasses."""

import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True)
class PrintSession:
    """One regular meeting time of a group, for the timetable of the week."""

    #: 0 is Monday.
    weekday: int
    starts_at: datetime.time | None
    #: "6.30pm to 8pm", or "ask for the time".
    time: str
    #: "" for every week, else how often: "first and third", "every 2 weeks, in term time only".
    how_often: str = ""


@dataclass(frozen=True)
class EntryParts:
    """The facts of a group one by one, for the columns of a spreadsheet. What is unknown or not public is empty."""

    #: The next three meetings with their cautions, and the days off up to the last of them, or to `good_until`.
    dates: tuple[str, ...] = ()
    days_off: tuple[str, ...] = ()
    #: "Every second Thursday, not in August", "6.30pm" (or "ask for the time") and "8pm". Empty unless all its meetings
    #: are at the same time.
    day: str = ""
    starts: str = ""
    ends: str = ""
    #: Empty unless it always meets at the same place. Of a confidential venue the town only.
    venue: str = ""
    street: str = ""
    town: str = ""
    postcode: str = ""
    #: The first of the released contacts: its role, and how to reach it.
    role: str = ""
    phone: str = ""
    text_number: str = ""
    email: str = ""
    hours: str = ""
    #: The other released contacts, a line each.
    other_contacts: tuple[str, ...] = ()
    #: Of its organisation, without the scheme.
    website: str = ""


@dataclass(frozen=True)
class PrintEntry:
    """One group, in public words only. An unknown fact is stated in words, or is "" or an empty tuple."""

    code: str
    #: The absolute short URL: https://…/g/abc12/.
    url: str
    name: str
    organisation: str
    summary: str
    #: "Talking", "Doing", "Talking and doing", or "".
    what: str
    #: Warnings, a sentence each: "This group is having a break."
    flags: tuple[str, ...] = ()
    #: "Every Thursday, 6.30pm to 8pm", a sentence each.
    when: tuple[str, ...] = ()
    #: The next two meetings with their cautions, then the days off until `good_until`, a line each.
    next_dates: tuple[str, ...] = ()
    #: Venue, street, town and postcode, a line each; of a confidential venue the town only; "Online".
    where: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    cost: str = ""
    #: Released contacts only, a line each: the role, and its telephone number or e-mail address.
    contacts: tuple[str, ...] = ()
    #: "Checked on 4 October 2026", or "Not checked yet".
    checked: str = ""
    #: For the timetable of the week; empty where the days are unknown or not public.
    sessions: tuple[PrintSession, ...] = ()
    #: Only in a document for a spreadsheet (`with_parts`).
    parts: EntryParts = EntryParts()

    @property
    def short_url(self) -> str:
        """The URL as people type it: "alongside.example/g/abc12"."""
        return self.url.partition("//")[2].rstrip("/")


@dataclass(frozen=True)
class Section:
    """Groups under one heading: a day, a place or an organisation. "" means no heading."""

    heading: str
    entries: tuple[PrintEntry, ...]
    #: Cross-references to groups that also meet on this day: "Tea and Talk: see Monday."
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class PrintDocument:
    """A whole list. Each group is in exactly one section."""

    title: str
    printed_on: datetime.date
    #: After this day it should be printed again.
    good_until: datetime.date
    #: The absolute URL of the current list, encoded in its QR code.
    url: str
    sections: tuple[Section, ...]
    #: What is left out, and why, a sentence each: "Tea and Talk has ended."
    left_out: tuple[str, ...] = ()
    #: The index of a long list: each place, and the codes of its groups (codes, to look up their page numbers).
    places: tuple[tuple[str, tuple[str, ...]], ...] = ()
    #: Crisis lines as (action, number), each the `paper_row` of a line. Short: they are in the footer of every page, in
    #: large print too.
    help_now: tuple[tuple[str, str], ...] = field(default=())

    @property
    def entries(self) -> tuple[PrintEntry, ...]:
        return tuple(entry for section in self.sections for entry in section.entries)
