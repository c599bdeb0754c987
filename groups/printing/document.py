"""A list as it stands on paper: words only, ready to print. Every layout and every file is made from these."""

import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True)
class PrintSession:
    """One regular time of a group, as a timetable of the week needs it."""

    #: 0 is Monday.
    weekday: int
    starts_at: datetime.time | None
    #: "6.30pm to 8pm", or "ask for the time".
    time: str
    #: "" for every week, else how often: "first and third", "every 2 weeks, in term time only".
    how_often: str = ""


@dataclass(frozen=True)
class PrintEntry:
    """One group on paper, in words that anybody may read. What nobody told us is said, or is "" or empty."""

    code: str
    #: Its short address, whole: https://…/g/abc12/.
    url: str
    name: str
    organisation: str
    summary: str
    #: "Talking", "Doing", "Talking and doing", or "".
    what: str
    #: What must be known first: "This group is having a break." and the like, each a sentence.
    flags: tuple[str, ...] = ()
    #: "Every Thursday, 6.30pm to 8pm", a sentence each.
    when: tuple[str, ...] = ()
    #: Its next two meetings, with their cautions, then its days off while the paper is good, a line each.
    next_dates: tuple[str, ...] = ()
    #: Lines of where it meets: venue, street, town and postcode; a confidential venue's town only; "Online".
    where: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    cost: str = ""
    #: How to reach it: a role and its number or address, a line each; only what is released.
    contacts: tuple[str, ...] = ()
    #: "Checked on 4 October 2026", or "Not checked yet".
    checked: str = ""
    #: For the timetable of the week; empty where days are not known or must not be.
    sittings: tuple[PrintSession, ...] = ()


@dataclass(frozen=True)
class Section:
    """Some of the groups under one heading: a day, a place, an organisation. "" is no heading."""

    heading: str
    entries: tuple[PrintEntry, ...]
    #: Groups that meet on this day too, and under which day they stand: "Tea and Talk: see Monday."
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class PrintDocument:
    """A whole list. Each group stands in it once."""

    title: str
    printed_on: datetime.date
    #: The day after which it should be printed again.
    good_until: datetime.date
    #: The address of the list as it is now, whole, and what a telephone finds there.
    url: str
    sections: tuple[Section, ...]
    #: What is not in it, and why: "Tea and Talk has ended.", a sentence each.
    left_out: tuple[str, ...] = ()
    #: For long lists: each place, and the codes of the groups there (paper has page numbers, so not names alone).
    places: tuple[tuple[str, tuple[str, ...]], ...] = ()
    #: Help now: what to do, and the number to use, which are read on: the `paper_row` of a crisis line. Short: they are
    #: at the foot of every page, in large print too.
    help_now: tuple[tuple[str, str], ...] = field(default=())

    @property
    def entries(self) -> tuple[PrintEntry, ...]:
        return tuple(entry for section in self.sections for entry in section.entries)
