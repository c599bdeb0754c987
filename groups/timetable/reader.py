"""Reading a tidied sentence word by word: every word is a token of the lexicon, or in a known remark."""

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

#: A day that may be a date, and a number that may be the date or the time: "Friday 8 - 10pm".
_DATE_OR_HOUR = re.compile(r"\s+\d{1,2}\s+-\s")
#: What makes numbers in brackets hours of the day.
_SAYS_MORE = re.compile(r"[ap]m|noon|midnight|[.:]\d|\d{4}", re.IGNORECASE)


class Reader:
    """Reads a sentence from left to right. Every word must be understood, as a token or in a remark."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.clauses = [Clause()]
        self.remarks: list[Remark] = []
        self.conditions = Conditions()
        self.asks_for_the_time = False
        #: Whether times come before their days in this sentence; None until the first of either.
        self.is_time_first: bool | None = None
        self.last_time_end = 0
        #: Whether several days or times were said last, so that a remark may be about the last of them alone.
        self.is_after_several = False
        #: Whether hours that follow may be those of a telephone or a bus.
        self.is_after_service = False
        #: Whether something was said that may be about one of several clauses alone: behind one, or, if another
        #: follows, behind a stop.
        self.is_partial = self.is_behind_stop = False
        if lexicon.UNFINISHED.search(text):
            raise Unreadable
        place = 0
        while place < len(text):
            place = place + 1 if text[place].isspace() else self._read_one(place)

    def _read_one(self, place: int) -> int:
        """Read what stands at a place, and return where the rest begins."""
        remark = remark_at(self.text, place)
        if remark:
            self._remark(remark[0], place)
            return remark[1]
        for name, pattern in lexicon.TOKENS:
            found = pattern.match(self.text, place)
            if found:
                getattr(self, f"_{name}", lambda said: None)(found)
                return found.end()
        raise Unreadable

    def reading(self) -> Reading:
        clauses = [clause for clause in self.clauses if clause != Clause()]
        if not clauses:
            raise Unreadable
        if len(clauses) > 1:
            self._must_stand_alone(clauses)
        self.conditions.must_suit(clauses)
        if self.asks_for_the_time and any(clause.times for clause in clauses):
            raise Unreadable
        for clause in clauses:
            if clause.part_of_day and not clause.times:
                # "Tuesday evenings": no time, but not no word about it.
                self.remarks.insert(0, Remark(Kind.OTHER, f"In the {clause.part_of_day}"))
                self.is_partial = True
        if self.is_partial and len(clauses) > 1:
            raise Unreadable
        patterns = tuple(pattern for clause in clauses for pattern in self._patterns(clause))
        return Reading(patterns, tuple(self.remarks), self.asks_for_the_time)

    def _must_stand_alone(self, clauses: list[Clause]) -> None:
        """Of several clauses each must say its own time, or none; and how often, if one is not simply weekly."""
        if len({bool(clause.times) for clause in clauses}) > 1:
            raise Unreadable
        if any(clause.interval or clause.is_monthly or clause.ordinals for clause in clauses) and not all(
            clause.says_how_often for clause in clauses
        ):
            raise Unreadable
        # "Thursday 3rd of each month" is one thing badly said, not two.
        if any(not clause.weekdays for clause in clauses):
            raise Unreadable
        # "Monday to Friday 9am, Wednesday 7pm": both on a Wednesday, or 7pm instead?
        for one, other in combinations(clauses, 2):
            if set(one.weekdays) & set(other.weekdays) and not one.differs_in_ordinals(other):
                raise Unreadable

    def _patterns(self, clause: Clause) -> list[Pattern]:
        times = [read_times(text, clause.part_of_day) for text in clause.times]
        # Another time begins behind the one before: "7pm and 8pm-9pm" may be a part of it.
        if any(after < (ends_at or _an_hour_after(starts_at)) for (starts_at, ends_at), (after, _) in pairwise(times)):
            raise Unreadable
        return [
            self.conditions.applied_to(replace(pattern, starts_at=starts_at, ends_at=ends_at))
            for pattern in clause.days()
            for starts_at, ends_at in times or [(None, None)]
        ]

    @property
    def _clause(self) -> Clause:
        return self.clauses[-1]

    def _days_begin(self, place: int) -> Clause:
        """Return the clause that days belong to: a new one, if the last has its days or its time."""
        if self.is_time_first:
            if self._clause.weekdays:
                raise Unreadable
        elif self._clause.weekdays or (self._clause.ordinals and self._clause.times):
            if self._is_in_brackets(place):
                raise Unreadable
            self._begin_clause()
        self.is_after_several = self.is_after_service = False
        return self._clause

    def _begin_clause(self) -> None:
        self.is_partial |= self.is_behind_stop
        self.clauses.append(Clause())

    def _qualify(self, place: int) -> None:
        """Note that what stands at a place may be about one clause alone: not before them all, nor at the end."""
        if self.is_after_several and self.text[:place].endswith("("):
            raise Unreadable
        if self.clauses != [Clause()]:
            is_behind_stop = self.text[:place].rstrip(" (").endswith(".")
            self.is_behind_stop |= is_behind_stop
            self.is_partial |= not is_behind_stop

    def _is_in_brackets(self, place: int) -> bool:
        return self.text.count("(", 0, place) > self.text.count(")", 0, place)

    def _remark(self, remark: Remark, place: int) -> None:
        self._qualify(place)
        if self.is_after_several and not self.text[:place].rstrip().endswith("."):
            raise Unreadable
        self.is_after_service |= remark.kind in (Kind.TELEPHONE, Kind.TRANSPORT)
        self.remarks.append(remark)

    # One for each token of the lexicon that says something.

    def _the_sun(self, said: re.Match) -> None:
        # A pub.
        raise Unreadable

    def _ask_for_the_time(self, said: re.Match) -> None:
        self.asks_for_the_time = True

    def _term_time(self, said: re.Match) -> None:
        self._qualify(said.start())
        self.conditions.term_time_only = True

    def _off(self, said: re.Match) -> None:
        self._qualify(said.start())
        self.conditions.leave_out(said[0].lower())

    def _months(self, said: re.Match) -> None:
        self._qualify(said.start())
        self.conditions.keep_to_months(said[0].lower())

    def _quarterly(self, said: re.Match) -> None:
        self.conditions.is_quarterly = True

    def _first_date(self, said: re.Match) -> None:
        self._qualify(said.start())
        self.conditions.set_date("first", said[0].lower())

    def _next_date(self, said: re.Match) -> None:
        self.conditions.has_next_date = True
        self._first_date(said)

    def _last_date(self, said: re.Match) -> None:
        self._qualify(said.start())
        self.conditions.set_date("last", said[0].lower())

    def _days_off(self, said: re.Match) -> None:
        off = {lexicon.weekday_of(name) for name in re.findall(lexicon.DAY, said[0].lower())}
        clause = self._clause
        if not off < set(clause.weekdays) or clause.says_how_often_but_every:
            raise Unreadable
        clause.weekdays = [day for day in clause.weekdays if day not in off]

    def _range(self, said: re.Match) -> None:
        # In brackets, hours without am or pm are more often ages.
        if self._is_in_brackets(said.start()) and not _SAYS_MORE.search(said[0]):
            raise Unreadable
        self._time(said, is_range=True)

    def _time(self, said: re.Match, is_range: bool = False) -> None:
        # "(18.50)" may be a price.
        may_be_price = not is_range and re.fullmatch(r"\d{1,2}\.\d\d", said[0]) and self._is_in_brackets(said.start())
        if self.is_after_service or may_be_price:
            raise Unreadable
        between = self.text[self.last_time_end : said.start()]
        self.last_time_end = said.end()
        self.is_after_several = False
        if self.is_time_first is None:
            self.is_time_first = not (self._clause.weekdays or self._clause.ordinals)
        if self._clause.times:
            if lexicon.JOINS_TIMES.fullmatch(between) or (is_range and lexicon.JOINS_RANGES.fullmatch(between)):
                self.is_after_several = True
            elif self.is_time_first and self._clause.weekdays:
                self._begin_clause()
            else:
                raise Unreadable
        self._clause.times.append(said[0])

    def _interval(self, said: re.Match) -> None:
        text = said[0].lower()
        number = re.search(r"every\s+(\w+)\s+weeks", text)
        weeks = 2 if number is None else lexicon.NUMBERS.get(number[1]) or int(number[1])
        # After "every other" come the days it is about, unless it is "week"; "fortnightly" may stand before or after.
        rest = self.text[said.end() :].lstrip().lower()
        days_follow = re.search(r"(?:other|alternate|alternating)$", text) and not rest.startswith("week")
        clause = self._days_begin(said.start()) if days_follow else self._clause
        if clause.interval or not 2 <= weeks <= 12:
            raise Unreadable
        clause.interval = weeks

    def _weeks(self, said: re.Match) -> None:
        # Only as the end of "alternate weeks" and "every other week".
        if not re.search(r"(?:other|alternat(?:e|ing))\s+$", self.text[: said.start()], re.IGNORECASE):
            raise Unreadable

    def _every_second(self, said: re.Match) -> None:
        clause = self._days_begin(said.start())
        clause.every_second = True
        clause.every_2nd = "2nd" in said[0].lower()

    def _weekly(self, said: re.Match) -> None:
        self._clause.is_weekly = True

    def _monthly(self, said: re.Match) -> None:
        self._clause.is_monthly = True

    def _every(self, said: re.Match) -> None:
        self._days_begin(said.start()).says_every = True

    def _ordinals(self, said: re.Match) -> None:
        clause = self._days_begin(said.start())
        if clause.ordinals:
            raise Unreadable
        clause.ordinals = re.findall(
            r"\b(first|second|third|fourth|fifth|last|\d{1,2})(?:st|nd|rd|th)?\b", said[0].lower()
        )
        clause.says_every |= said["every"] is not None
        self.is_after_several = len(clause.ordinals) > 1

    def _weekdays(self, said: re.Match) -> None:
        clause = self._days_begin(said.start())
        clause.weekdays = [lexicon.weekday_of(name) for name in re.findall(lexicon.DAY, said[0].lower())]
        self.is_after_several = len(clause.weekdays) > 1
        is_regular = clause.says_how_often or re.search(r"day'?s$", said[0], re.IGNORECASE)
        if not is_regular and _DATE_OR_HOUR.match(self.text, said.end()):
            raise Unreadable

    def _day_range(self, said: re.Match) -> None:
        first, last = (lexicon.weekday_of(name) for name in re.findall(lexicon.DAY, said[0].lower()))
        if first >= last:
            raise Unreadable
        self._whole_days(said, range(first, last + 1))

    def _all_days(self, said: re.Match) -> None:
        self._whole_days(said, range(7))

    def _workdays(self, said: re.Match) -> None:
        self._whole_days(said, range(5))

    def _weekends(self, said: re.Match) -> None:
        self._whole_days(said, range(5, 7))

    def _whole_days(self, said: re.Match, days: range) -> None:
        self._days_begin(said.start()).weekdays = list(days)

    def _part_of_day(self, said: re.Match) -> None:
        if self._clause.part_of_day:
            raise Unreadable
        self._clause.part_of_day = said[0].lower().rstrip("s")


def _an_hour_after(start: datetime.time) -> datetime.time:
    """Return the earliest time for another meeting. One sooner is more often when the doors open."""
    return start.replace(hour=start.hour + 1) if start.hour < 23 else datetime.time.max
