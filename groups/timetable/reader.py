"""Left-to-right parser of a normalised sentence: each piece is a token of the lexicon or a known remark."""

import datetime
import re
from dataclasses import replace
from itertools import combinations, pairwise

from . import lexicon
from .clauses import Clause
from .clock_reading import Unreadable, read_times
from .conditions import Conditions
from .patterns import Pattern
from .readings import Reading
from .remarks import Kind, Remark, remark_at

#: After a weekday, a number that may be the date or the start time: "Friday 8 - 10pm".
_DATE_OR_HOUR = re.compile(r"\s+\d{1,2}\s+-\s")
#: Marks by which numbers in brackets are recognised as times of day.
_CLOCK_TIME = re.compile(r"[ap]m|noon|midnight|[.:]\d|\d{4}", re.IGNORECASE)


class Reader:
    """Parses a sentence from left to right. Raises `Unreadable` if any part is neither a token nor a remark.

    A token of `lexicon.TOKENS` that means certain days, or how often, is noted in its clause. Others are dispatched by
    name to the method `_<token name>`; tokens without one are ignored.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.clauses = [Clause()]
        self.remarks: list[Remark] = []
        self.conditions = Conditions()
        self.asks_for_the_time = False
        #: Whether times come before their days in this sentence; None until the first of either.
        self.is_time_first: bool | None = None
        self.last_time_end = 0
        #: Whether the last token had several days or times, so that a remark may apply to the last of them only.
        self.is_after_several = False
        #: Whether hours that follow may be those of a telephone or a bus.
        self.is_after_service = False
        #: Whether a remark or condition may apply to one of several clauses only: it follows one directly
        #: (`is_partial`), or after a full stop, which matters if another clause follows (`is_behind_stop`).
        self.is_partial = self.is_behind_stop = False
        if lexicon.UNFINISHED.search(text):
            raise Unreadable
        position = 0
        while position < len(text):
            position = position + 1 if text[position].isspace() else self._read_at(position)

    def _read_at(self, position: int) -> int:
        """Consume the remark or token at `position` and return the position after it."""
        remark = remark_at(self.text, position)
        if remark:
            self._remark(remark[0], position)
            return remark[1]
        for name, pattern in lexicon.TOKENS:
            match = pattern.match(self.text, position)
            if match:
                if name in lexicon.DAYS_OF:
                    self._clause_for_days(position).weekdays = list(lexicon.DAYS_OF[name])
                if name in lexicon.DAYS_OF or name in lexicon.HOW_OFTEN:
                    self._clause.tokens.add(name)
                else:
                    getattr(self, f"_{name}", lambda match: None)(match)
                return match.end()
        raise Unreadable

    def reading(self) -> Reading:
        """Return the result. Raises `Unreadable` if the clauses are incomplete or contradictory."""
        clauses = [clause for clause in self.clauses if clause != Clause()]
        if not clauses:
            raise Unreadable
        if len(clauses) > 1:
            self._require_complete(clauses)
        self.conditions.validate(clauses)
        if self.asks_for_the_time and any(clause.times for clause in clauses):
            raise Unreadable
        for clause in clauses:
            if clause.part_of_day and not clause.times:
                # "Tuesday evenings": no time, but the part of the day is worth keeping.
                self.remarks.insert(0, Remark(Kind.OTHER, f"In the {clause.part_of_day}"))
                self.is_partial = True
        if self.is_partial and len(clauses) > 1:
            raise Unreadable
        patterns = tuple(pattern for clause in clauses for pattern in self._patterns(clause))
        return Reading(patterns, tuple(self.remarks), self.asks_for_the_time)

    def _require_complete(self, clauses: list[Clause]) -> None:
        """Raise `Unreadable` unless all clauses or none have times, and each has its frequency if one has."""
        if len({bool(clause.times) for clause in clauses}) > 1:
            raise Unreadable
        if any(clause.interval or clause.is_monthly or clause.ordinals for clause in clauses) and not all(
            clause.is_explicit for clause in clauses
        ):
            raise Unreadable
        # "Thursday 3rd of each month" is one clause badly written, not two.
        if any(not clause.weekdays for clause in clauses):
            raise Unreadable
        # "Monday to Friday 9am, Wednesday 7pm": both on a Wednesday, or 7pm instead?
        for clause, other in combinations(clauses, 2):
            if set(clause.weekdays) & set(other.weekdays) and not clause.differs_in_ordinals(other):
                raise Unreadable

    def _patterns(self, clause: Clause) -> list[Pattern]:
        times = [read_times(text, clause.part_of_day) for text in clause.times]
        all_times: list[tuple[datetime.time | None, datetime.time | None]] = [*times] or [(None, None)]
        # Another time begins behind the one before: "7pm and 8pm-9pm" may be a part of it.
        if any(after < (ends_at or _an_hour_after(starts_at)) for (starts_at, ends_at), (after, _) in pairwise(times)):
            raise Unreadable
        return [
            self.conditions.apply_to(replace(pattern, starts_at=starts_at, ends_at=ends_at))
            for pattern in clause.days()
            for starts_at, ends_at in all_times
        ]

    @property
    def _clause(self) -> Clause:
        return self.clauses[-1]

    def _clause_for_days(self, position: int) -> Clause:
        """Return the clause that days at `position` belong to: a new one if the last already has days or times."""
        if self.is_time_first:
            if self._clause.weekdays:
                raise Unreadable
        elif self._clause.weekdays or (self._clause.ordinals and self._clause.times):
            if self._is_in_brackets(position):
                raise Unreadable
            self._start_clause()
        self.is_after_several = self.is_after_service = False
        return self._clause

    def _start_clause(self) -> None:
        self.is_partial |= self.is_behind_stop
        self.clauses.append(Clause())

    def _note_qualifier(self, position: int) -> None:
        """Record that the qualifier at `position` may apply to one clause only, unless it comes before the first."""
        if self.is_after_several and self.text[:position].endswith("("):
            raise Unreadable
        if self.clauses != [Clause()]:
            is_behind_stop = self.text[:position].rstrip(" (").endswith(".")
            self.is_behind_stop |= is_behind_stop
            self.is_partial |= not is_behind_stop

    def _is_in_brackets(self, position: int) -> bool:
        return self.text.count("(", 0, position) > self.text.count(")", 0, position)

    def _remark(self, remark: Remark, position: int) -> None:
        self._note_qualifier(position)
        if self.is_after_several and not self.text[:position].rstrip().endswith("."):
            raise Unreadable
        self.is_after_service |= remark.kind in (Kind.TELEPHONE, Kind.TRANSPORT)
        self.remarks.append(remark)

    # Handlers, one for each token of the lexicon that has a meaning.

    def _the_sun(self, match: re.Match[str]) -> None:
        # A pub.
        raise Unreadable

    def _ask_for_the_time(self, match: re.Match[str]) -> None:
        self.asks_for_the_time = True

    def _term_time(self, match: re.Match[str]) -> None:
        self._note_qualifier(match.start())
        self.conditions.term_time_only = True

    def _off(self, match: re.Match[str]) -> None:
        self._note_qualifier(match.start())
        self.conditions.add_exception(match[0].lower())

    def _months(self, match: re.Match[str]) -> None:
        self._note_qualifier(match.start())
        self.conditions.restrict_to_months(match[0].lower())

    def _quarterly(self, match: re.Match[str]) -> None:
        self.conditions.is_quarterly = True

    def _first_date(self, match: re.Match[str]) -> None:
        self._note_qualifier(match.start())
        self.conditions.set_date("first", match[0].lower())

    def _next_date(self, match: re.Match[str]) -> None:
        self.conditions.has_next_date = True
        self._first_date(match)

    def _last_date(self, match: re.Match[str]) -> None:
        self._note_qualifier(match.start())
        self.conditions.set_date("last", match[0].lower())

    def _days_off(self, match: re.Match[str]) -> None:
        off = {lexicon.weekday_of(name) for name in re.findall(lexicon.DAY, match[0].lower())}
        clause = self._clause
        if not off < set(clause.weekdays) or clause.has_recurrence:
            raise Unreadable
        clause.weekdays = [day for day in clause.weekdays if day not in off]

    def _range(self, match: re.Match[str]) -> None:
        # In brackets, hours without am or pm are more often ages.
        if self._is_in_brackets(match.start()) and not _CLOCK_TIME.search(match[0]):
            raise Unreadable
        self._time(match, is_range=True)

    def _time(self, match: re.Match[str], is_range: bool = False) -> None:
        # "(18.50)" may be a price.
        may_be_price = not is_range and re.fullmatch(r"\d{1,2}\.\d\d", match[0]) and self._is_in_brackets(match.start())
        if self.is_after_service or may_be_price:
            raise Unreadable
        between = self.text[self.last_time_end : match.start()]
        self.last_time_end = match.end()
        self.is_after_several = False
        if self.is_time_first is None:
            self.is_time_first = not (self._clause.weekdays or self._clause.ordinals)
        if self._clause.times:
            if lexicon.JOINS_TIMES.fullmatch(between) or (is_range and lexicon.JOINS_RANGES.fullmatch(between)):
                self.is_after_several = True
            elif self.is_time_first and self._clause.weekdays:
                self._start_clause()
            else:
                raise Unreadable
        self._clause.times.append(match[0])

    def _interval(self, match: re.Match[str]) -> None:
        text = match[0].lower()
        number = re.search(r"every\s+(\w+)\s+weeks", text)
        weeks = 2 if number is None else lexicon.NUMBERS.get(number[1]) or int(number[1])
        # After "every other" come the days it is about, unless it is "week"; "fortnightly" may stand before or after.
        rest = self.text[match.end() :].lstrip().lower()
        days_follow = re.search(r"(?:other|alternate|alternating)$", text) and not rest.startswith("week")
        clause = self._clause_for_days(match.start()) if days_follow else self._clause
        if clause.interval or not 2 <= weeks <= 12:
            raise Unreadable
        clause.interval = weeks

    def _weeks(self, match: re.Match[str]) -> None:
        # Only as the end of "alternate weeks" and "every other week".
        if not re.search(r"(?:other|alternat(?:e|ing))\s+$", self.text[: match.start()], re.IGNORECASE):
            raise Unreadable

    def _every_second(self, match: re.Match[str]) -> None:
        clause = self._clause_for_days(match.start())
        clause.every_second = True
        clause.every_2nd = "2nd" in match[0].lower()

    def _every(self, match: re.Match[str]) -> None:
        self._clause_for_days(match.start()).says_every = True

    def _ordinals(self, match: re.Match[str]) -> None:
        clause = self._clause_for_days(match.start())
        if clause.ordinals:
            raise Unreadable
        clause.ordinals = re.findall(
            r"\b(first|second|third|fourth|fifth|last|\d{1,2})(?:st|nd|rd|th)?\b", match[0].lower()
        )
        clause.says_every |= match["every"] is not None
        self.is_after_several = len(clause.ordinals) > 1

    def _weekdays(self, match: re.Match[str]) -> None:
        clause = self._clause_for_days(match.start())
        clause.weekdays = [lexicon.weekday_of(name) for name in re.findall(lexicon.DAY, match[0].lower())]
        self.is_after_several = len(clause.weekdays) > 1
        is_regular = clause.is_explicit or re.search(r"day'?s$", match[0], re.IGNORECASE)
        if not is_regular and _DATE_OR_HOUR.match(self.text, match.end()):
            raise Unreadable

    def _day_range(self, match: re.Match[str]) -> None:
        first, last = (lexicon.weekday_of(name) for name in re.findall(lexicon.DAY, match[0].lower()))
        if first >= last:
            raise Unreadable
        self._clause_for_days(match.start()).weekdays = list(range(first, last + 1))

    def _part_of_day(self, match: re.Match[str]) -> None:
        if self._clause.part_of_day:
            raise Unreadable
        self._clause.part_of_day = match[0].lower().rstrip("s")


def _an_hour_after(start: datetime.time) -> datetime.time:
    """Return the earliest start of a further meeting: a sooner time is usually when the doors open."""
    return start.replace(hour=start.hour + 1) if start.hour < 23 else datetime.time.max
