"""Arrange a document as a week: the meetings of each day, and what is printed of each.

A short list is one page. So its meetings come in several degrees of brevity, of which the template takes the first that
has room; in the last `WEEK_ON_A_PAGE` meetings always have. Whatever is left out is at the address of the group.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from ...choices import Weekday
from ..document import PrintDocument, PrintEntry, PrintSession
from ..fields import ACCESS, CONTACTS, FACTS, JOINING, NEXT_DATES, WHEN, WHERE, Fact
from ..layouts import WEEK_ON_A_PAGE

#: With more groups without a day than this, it is not tried.
MOST_TO_TRY = 2 * WEEK_ON_A_PAGE
NO_DAY = "Other days"

_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")
#: Between words, but not within a telephone number.
_SPACE = re.compile(r"(?<!\d) | (?!\d)")


@dataclass(frozen=True)
class Brevity:
    """How much is printed of a meeting: which facts, and the most characters of each text; 0 is all of it."""

    facts: tuple[Fact, ...]
    has_organisation: bool = False
    #: Whether with the summary, and when it was checked.
    has_summary: bool = False
    name: int = 0
    #: All of them together.
    flags: int = 0
    often: int = 0
    fact: int = 0


_SECOND = (NEXT_DATES, WHERE, JOINING)
_FACTS = tuple(fact for fact in FACTS if fact != WHEN)
_MOST_NEEDED = (NEXT_DATES, WHERE, JOINING, CONTACTS)
BREVITIES = (
    Brevity(_FACTS, has_organisation=True, has_summary=True),
    Brevity(_FACTS, has_organisation=True, flags=120, often=120, fact=120),
    Brevity(_MOST_NEEDED, flags=120, often=120, fact=120),
    Brevity(_MOST_NEEDED, name=120, flags=100, often=80, fact=100),
    Brevity((NEXT_DATES, WHERE, CONTACTS), name=90, flags=80, often=60, fact=80),
    Brevity((WHERE, CONTACTS), name=50, flags=40, often=30, fact=40),
)
#: In a list of several pages each meeting has the first of these in which it has at most so many rows: what fills a
#: column with others. A row of such a column has about so many characters.
ON_SEVERAL_PAGES = (BREVITIES[1], Brevity(_FACTS, flags=90, often=60, fact=70), *BREVITIES[3:])
MOST_ROWS, IN_A_ROW = 17, 46


@dataclass(frozen=True)
class Meeting:
    """A meeting of a group in the week, or a group without a day, in public words only."""

    entry: PrintEntry
    name: str
    flags: tuple[str, ...]
    time: str
    how_often: str
    #: Each in one line.
    facts: tuple[tuple[Fact, str], ...]
    #: Where the rest of it stands, if it meets at other times too: "See Monday for more". "" at the first of them.
    see: str
    brevity: Brevity

    @property
    def organisation(self) -> tuple[str, str]:
        """The organisation and what is done there, where the meeting has them."""
        has_them = self.brevity.has_organisation and not self.see
        return (self.entry.organisation, self.entry.what) if has_them else ("", "")

    @property
    def lengths(self) -> list[int]:
        """About how many characters each of its texts has, but for summary, check and address."""
        texts = [self.name, f"{self.time}, {self.how_often}", ". ".join(filter(None, self.organisation)), *self.flags]
        return [*map(len, filter(None, texts)), *(len(fact.label) + 2 + len(text) for fact, text in self.facts)]

    @property
    def rows(self) -> int:
        """About how many rows it has in a narrow column."""
        return sum(1 + length // IN_A_ROW for length in self.lengths) + 1

    @property
    def columns(self) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
        """The facts in the first of three columns, below the name, and in the first two; the same all down a page."""
        return ((), _SECOND) if self.brevity.has_summary else ((NEXT_DATES,), (*_SECOND, ACCESS))


@dataclass(frozen=True)
class Day:
    """A weekday, or "Other days", with its meetings in order of time, each in all degrees of brevity."""

    name: str
    meetings: tuple[tuple[Meeting, ...], ...]


@dataclass(frozen=True)
class Week:
    days: tuple[Day, ...]
    #: Whether it may be one page.
    is_short: bool

    @property
    def characters(self) -> int:
        """About how many characters a short week has."""
        return sum(sum(meeting[1].lengths) for day in self.days for meeting in day.meetings) if self.is_short else 0


def build_week(document: PrintDocument) -> Week:
    """Return the days that have meetings, from Monday to Sunday, and then the groups whose day is unknown."""
    rows = [(session, entry) for entry in document.entries for session in entry.sessions]
    rows.sort(key=lambda row: (row[0].weekday, row[0].starts_at or datetime.time.max, row[1].name.casefold()))
    without = [entry for entry in document.entries if not entry.sessions]
    is_short = 0 < len(rows) + len(without) <= MOST_TO_TRY and len(rows) <= WEEK_ON_A_PAGE
    forms = _all_forms if is_short else _low_form
    first_days: dict[str, int] = {}
    by_day: dict[str, list[tuple[Meeting, ...]]] = {}
    for session, entry in rows:
        day = Weekday(session.weekday).label
        see = _see(first_days.get(entry.code), session)
        first_days.setdefault(entry.code, session.weekday)
        # On later pages the heading of the day may be a page back.
        time = session.time if is_short else f"{day}, {session.time}"
        by_day.setdefault(day, []).append(forms(partial(_meeting, session, entry, time, see)))
    for entry in without:
        by_day.setdefault(NO_DAY, []).append(forms(partial(_without_a_day, entry)))
    return Week(tuple(Day(name, tuple(meetings)) for name, meetings in by_day.items()), is_short)


def _all_forms(make: Callable[[Brevity], Meeting]) -> tuple[Meeting, ...]:
    return tuple(map(make, BREVITIES))


def _low_form(make: Callable[[Brevity], Meeting]) -> tuple[Meeting, ...]:
    """Return the longest form of a meeting that is low enough, else the shortest."""
    *longer, shortest = ON_SEVERAL_PAGES
    low = (meeting for meeting in map(make, longer) if meeting.rows <= MOST_ROWS)
    return (next(low, None) or make(shortest),)


def _see(first_day: int | None, session: PrintSession) -> str:
    if first_day is None:
        return ""
    return "See its other time for more" if first_day == session.weekday else f"See {Weekday(first_day).label} for more"


def _meeting(session: PrintSession, entry: PrintEntry, time: str, see: str, brevity: Brevity) -> Meeting:
    where = _where(session, entry)
    facts = [(fact, where if fact == WHERE else fact.lines(entry)) for fact in ((WHERE,) if see else brevity.facts)]
    how_often = shorten(session.how_often or "every week", brevity.often)
    return _with_facts(entry, facts, time, how_often, see, brevity)


def _without_a_day(entry: PrintEntry, brevity: Brevity) -> Meeting:
    when = shorten(" ".join(WHEN.lines(entry)), brevity.often) or "Ask for the day"
    facts = [(fact, fact.lines(entry)) for fact in brevity.facts]
    return _with_facts(entry, facts, when, "", "", brevity)


def _with_facts(
    entry: PrintEntry, facts: list[tuple[Fact, tuple[str, ...]]], time: str, how_often: str, see: str, brevity: Brevity
) -> Meeting:
    texts = ((fact, shorten_fact(fact, lines, brevity.fact)) for fact, lines in facts)
    return Meeting(
        entry=entry,
        name=shorten(entry.name, brevity.name),
        flags=_flags(entry.flags, brevity.flags),
        time=time,
        how_often=how_often,
        facts=tuple((fact, text) for fact, text in texts if text),
        see=see,
        brevity=brevity,
    )


def _flags(flags: tuple[str, ...], most: int) -> tuple[str, ...]:
    together = " ".join(flags)
    return (shorten(together, most),) if most and len(together) > most else flags


def _where(session: PrintSession, entry: PrintEntry) -> tuple[str, ...]:
    """Return the lines of where it meets that day. Those that begin with another weekday are not of this meeting."""
    if [other.weekday for other in entry.sessions].count(session.weekday) > 1:
        return entry.where
    own, *others = (f"{day.label}: " for day in sorted(Weekday, key=lambda day: day != session.weekday))
    of_the_day = tuple(line.removeprefix(own) for line in entry.where if line.startswith(own))
    if of_the_day:
        return (*of_the_day, *(line for line in entry.where if line.startswith("also ")))
    return tuple(line for line in entry.where if not line.startswith(tuple(others)))


def shorten_fact(fact: Fact, lines: Iterable[str], most: int) -> str:
    """Return the lines of a fact in one, of about `most` characters: no date, number or address is cut."""
    lines = list(filter(None, lines))
    if fact == NEXT_DATES:
        lines = [JOINING.ended(line) for line in lines]
    text = fact.separator.join(map(fact.ended, lines))
    if not most or len(text) <= most:
        return text
    if fact == WHERE and (postcode := _POSTCODE.search(text)):
        end = f", {postcode[0]}"
        before = text[: postcode.start()].rstrip(", ")
        return text[: postcode.end()] if postcode.end() <= most else shorten(before, most - len(end)) + end
    if fact == NEXT_DATES:
        # After the first date the days off, which stand last, are of more use than the next one.
        first = list(_fitting((*lines[:1], *reversed(lines[1:])), most))
        return " ".join(line for line in lines if line in first)
    if fact == CONTACTS:
        return next(filter(None, (_ways(line, most) for line in lines)), "")
    return shorten(text, most)


def _ways(contact: str, most: int) -> str:
    """Return a contact with as many of its ways as fit; "" if not one does."""
    return ", ".join(_fitting(contact.split(", "), most, len(", ")))


def _fitting(texts: Iterable[str], most: int, between: int = 1) -> Iterator[str]:
    """Yield the texts that fit together, up to the first that does not."""
    length = -between
    for text in texts:
        length += between + len(text)
        if length > most:
            return
        yield text


def shorten(text: str, most: int) -> str:
    """Return at most so many characters of a text, with an ellipsis where it was cut; all of it if `most` is 0.

    It is cut between words, within a long one if that has no figures.
    """
    if not most or len(text) <= most:
        return text
    end = max((space.start() for space in _SPACE.finditer(text) if space.start() < most), default=0)
    if end < most / 2 and not re.search(r"\d", text[end:most]):
        end = most - 1
    return text[:end].rstrip(" ,;:.") + "…"
