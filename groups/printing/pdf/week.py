"""Arrange a document as a week: the meetings of each day, and what is printed of each.

A short list is one page. So its meetings come in several degrees of brevity, of which the template takes the first that
has room; in the last `MOST_ON_A_PAGE` meetings always have. Whatever is left out is at the address of the group.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...choices import Weekday
from ..document import PrintDocument, PrintEntry, PrintSession
from ..fields import ACCESS, CONTACTS, COST, FACTS, JOINING, NEXT_DATES, WHEN, WHERE, Fact

#: So many meetings and groups without a day are one page, whatever is known of them.
MOST_ON_A_PAGE = 14
#: With more groups without a day than this, it is not tried.
MOST_TO_TRY = 2 * MOST_ON_A_PAGE
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


#: How much of a text is printed in a list of several pages: a meeting is low enough to fill its column with others.
_SHORT = 120
_SECOND = (NEXT_DATES, WHERE, JOINING)
_FACTS = tuple(fact for fact in FACTS if fact != WHEN)
_MOST_NEEDED = (NEXT_DATES, WHERE, JOINING, CONTACTS)
BRIEF = Brevity(_FACTS, has_organisation=True, flags=_SHORT, often=_SHORT, fact=_SHORT)
BREVITIES = (
    Brevity(_FACTS, has_organisation=True, has_summary=True),
    BRIEF,
    Brevity(_MOST_NEEDED, flags=_SHORT, often=_SHORT, fact=_SHORT),
    Brevity(_MOST_NEEDED, name=120, flags=100, often=80, fact=100),
    Brevity((NEXT_DATES, WHERE, CONTACTS), name=90, flags=80, often=60, fact=80),
    Brevity((WHERE, CONTACTS), name=50, flags=40, often=30, fact=40),
)


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


def build_week(document: PrintDocument) -> Week:
    """Return the days that have meetings, from Monday to Sunday, and then the groups whose day is unknown."""
    rows = [(session, entry) for entry in document.entries for session in entry.sessions]
    rows.sort(key=lambda row: (row[0].weekday, row[0].starts_at or datetime.time.max, row[1].name.casefold()))
    without = [entry for entry in document.entries if not entry.sessions]
    is_short = 0 < len(rows) + len(without) <= MOST_TO_TRY and len(rows) <= MOST_ON_A_PAGE
    brevities = BREVITIES if is_short else (BRIEF,)
    first_days: dict[str, int] = {}
    by_day: dict[int, list[tuple[Meeting, ...]]] = {}
    for session, entry in rows:
        see = _see(first_days.get(entry.code), session)
        first_days.setdefault(entry.code, session.weekday)
        # On later pages the heading of the day may be a page back.
        time = session.time if is_short else f"{Weekday(session.weekday).label}, {session.time}"
        meeting = tuple(_meeting(session, entry, time, see, brevity) for brevity in brevities)
        by_day.setdefault(session.weekday, []).append(meeting)
    days = [Day(Weekday(weekday).label, tuple(meetings)) for weekday, meetings in by_day.items()]
    if without:
        days.append(Day(NO_DAY, tuple(tuple(_without_a_day(entry, one) for one in brevities) for entry in without)))
    return Week(tuple(days), is_short)


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
    texts = ((fact, _shortened(fact, lines, brevity.fact)) for fact, lines in facts)
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


def _shortened(fact: Fact, lines: Iterable[str], most: int) -> str:
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
    """Return at most so many characters of a text, with an ellipsis where it was cut: between words, if they are short.

    All of it if `most` is 0.
    """
    if not most or len(text) <= most:
        return text
    ends = [space.start() for space in _SPACE.finditer(text[:most]) if space.start() > most / 2]
    return text[: ends[-1] if ends else most - 1].rstrip(" ,;:.") + "…"
