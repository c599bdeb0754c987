"""Reading a tidied sentence word by word: every word is a token of the lexicon, or in a known remark."""

import datetime
import re
from dataclasses import replace

from ..choices import Weekday
from . import lexicon
from .clauses import Clause
from .clock_reading import Unreadable, read_times
from .patterns import Pattern
from .readings import Reading
from .remarks import Kind, Remark, remark_at

#: A day that may be a date, and a number that may be the date or the time: "Friday 8 - 10pm".
_DATE_OR_HOUR = re.compile(r"\s+\d{1,2}\s+-\s")


class Reader:
    """Reads a sentence from left to right. Every word must be understood, as a token or in a remark."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.clauses = [Clause()]
        self.remarks: list[Remark] = []
        self.months_off: set[int] = set()
        self.dates: dict[str, datetime.date] = {}
        self.skips_bank_holidays = self.only_mondays = self.is_quarterly = self.term_time_only = False
        self.asks_for_the_time = self.has_next_date = False
        #: Whether times come before their days in this sentence; None until the first of either.
        self.is_time_first: bool | None = None
        self.last_time_end = 0
        #: Whether several days or times were said last, so that a remark may be about the last of them alone.
        self.is_after_several = False
        #: Whether something was said behind one of several clauses, and may be about that one alone.
        self.is_partial = False
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
        if self.only_mondays and any(set(clause.weekdays) != {Weekday.MONDAY} for clause in clauses):
            raise Unreadable
        if self.is_quarterly and len(self.months_off) != 8:
            raise Unreadable
        if self.has_next_date and not clauses[0].interval:
            raise Unreadable
        for clause in clauses:
            if clause.part_of_day and not clause.times:
                # "Tuesday evenings": no time, but not no word about it.
                self.remarks.insert(0, Remark(Kind.OTHER, f"In the {clause.part_of_day}"))
                self.is_partial = True
        if self.is_partial and len(clauses) > 1:
            raise Unreadable
        patterns = tuple(pattern for clause in clauses for pattern in self._patterns(clause))
        return Reading(patterns, tuple(self.remarks), self.term_time_only, self.asks_for_the_time)

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

    def _patterns(self, clause: Clause) -> list[Pattern]:
        times = [read_times(text, clause.part_of_day) for text in clause.times]
        for (starts_at, ends_at), (next_start, _) in zip(times, sorted(times)[1:], strict=False):
            if times != sorted(times) or next_start < (ends_at or _an_hour_after(starts_at)):
                raise Unreadable
        first, last = self.dates.get("first"), self.dates.get("last")
        if first and last and last < first:
            raise Unreadable
        return [
            replace(
                pattern,
                starts_at=starts_at,
                ends_at=ends_at,
                first_date=first,
                last_date=last,
                skips_bank_holidays=self.skips_bank_holidays,
                months_off=tuple(sorted(self.months_off)),
            )
            for pattern in clause.days()
            for starts_at, ends_at in times or [(None, None)]
        ]

    @property
    def _clause(self) -> Clause:
        return self.clauses[-1]

    def _days_begin(self) -> Clause:
        """Return the clause that days belong to: a new one, if the last has its days or its time."""
        if self.is_time_first:
            if self._clause.weekdays:
                raise Unreadable
        elif self._clause.weekdays or (self._clause.ordinals and self._clause.times):
            self.clauses.append(Clause())
        self.is_after_several = False
        return self._clause

    def _qualify(self, place: int) -> None:
        """Note that what stands at a place may be about one clause alone: not before them all, nor behind a stop."""
        before = self.text[:place].rstrip(" (")
        self.is_partial |= self.clauses != [Clause()] and not before.endswith(".")

    def _remark(self, remark: Remark, place: int) -> None:
        self._qualify(place)
        if self.is_after_several and not self.text[:place].rstrip().endswith("."):
            raise Unreadable
        self.remarks.append(remark)

    # One for each token of the lexicon that says something.

    def _ask_for_the_time(self, said: re.Match) -> None:
        self.asks_for_the_time = True

    def _term_time(self, said: re.Match) -> None:
        self._qualify(said.start())
        self.term_time_only = True

    def _off(self, said: re.Match) -> None:
        self._qualify(said.start())
        text = said[0].lower().replace("month of", "")
        self.skips_bank_holidays |= " hol" in text
        self.only_mondays |= " mon" in text  # "Except bank holiday Mondays".
        self._set_months_off(lexicon.months_in(text))

    def _months(self, said: re.Match) -> None:
        self._qualify(said.start())
        months = lexicon.months_in(said[0].lower())
        if re.match(r"(?:in|of|during)\b", said[0], re.IGNORECASE):
            on = set(months)
        else:
            first, last = months
            on = {(first - 1 + number) % 12 + 1 for number in range((last - first) % 12 + 1)}
        if self.months_off or len(on) < 2:
            raise Unreadable
        self._set_months_off(set(range(1, 13)) - on)

    def _set_months_off(self, months) -> None:
        self.months_off |= set(months)
        if len(self.months_off) == 12:
            raise Unreadable

    def _days_off(self, said: re.Match) -> None:
        off = {lexicon.weekday_of(name) for name in re.findall(lexicon.DAY, said[0].lower())}
        clause = self._clause
        if not off < set(clause.weekdays) or clause.says_how_often_but_every:
            raise Unreadable
        clause.weekdays = [day for day in clause.weekdays if day not in off]

    def _first_date(self, said: re.Match) -> None:
        self._date("first", said)

    def _next_date(self, said: re.Match) -> None:
        # Of a group that meets every week it would say that it begins then.
        self.has_next_date = True
        self._date("first", said)

    def _last_date(self, said: re.Match) -> None:
        self._date("last", said)

    def _date(self, which: str, said: re.Match) -> None:
        self._qualify(said.start())
        text = said[0].lower()
        number, month, year = re.search(rf"(\d{{1,2}})\D*?({lexicon.MONTH}),?\s+(\d{{4}})$", text).groups()
        try:
            day = datetime.date(int(year), lexicon.MONTHS[month.rstrip(".")], int(number))
        except ValueError:
            raise Unreadable from None
        weekday = re.search(lexicon.DAY, text[: text.index(number)])
        if which in self.dates or (weekday and lexicon.weekday_of(weekday[0]) != day.weekday()):
            raise Unreadable
        self.dates[which] = day

    def _range(self, said: re.Match) -> None:
        # In brackets, hours without am or pm are more often ages.
        opened = self.text.count("(", 0, said.start()) > self.text.count(")", 0, said.start())
        if opened and not re.search(r"[ap]m|noon|midnight|[.:]\d|\d{4}", said[0], re.IGNORECASE):
            raise Unreadable
        self._time(said, is_range=True)

    def _time(self, said: re.Match, is_range: bool = False) -> None:
        between = self.text[self.last_time_end : said.start()]
        self.last_time_end = said.end()
        self.is_after_several = False
        if self.is_time_first is None:
            self.is_time_first = not (self._clause.weekdays or self._clause.ordinals)
        if self._clause.times:
            if lexicon.JOINS_TIMES.fullmatch(between) or (is_range and lexicon.JOINS_RANGES.fullmatch(between)):
                self.is_after_several = True
            elif self.is_time_first and self._clause.weekdays:
                self.clauses.append(Clause())
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
        clause = self._days_begin() if days_follow else self._clause
        if clause.interval or not 2 <= weeks <= 12:
            raise Unreadable
        clause.interval = weeks

    def _weeks(self, said: re.Match) -> None:
        # Only as the end of "alternate weeks" and "every other week".
        if not re.search(r"(?:other|alternat(?:e|ing))\s+$", self.text[: said.start()], re.IGNORECASE):
            raise Unreadable

    def _every_second(self, said: re.Match) -> None:
        clause = self._days_begin()
        clause.every_second = True
        clause.every_2nd = "2nd" in said[0].lower()

    def _quarterly(self, said: re.Match) -> None:
        self.is_quarterly = True

    def _weekly(self, said: re.Match) -> None:
        self._clause.is_weekly = True

    def _monthly(self, said: re.Match) -> None:
        self._clause.is_monthly = True

    def _every(self, said: re.Match) -> None:
        self._days_begin().says_every = True

    def _ordinals(self, said: re.Match) -> None:
        clause = self._days_begin()
        if clause.ordinals:
            raise Unreadable
        clause.ordinals = re.findall(
            r"\b(first|second|third|fourth|fifth|last|\d{1,2})(?:st|nd|rd|th)?\b", said[0].lower()
        )
        clause.says_every |= said["every"] is not None
        self.is_after_several = len(clause.ordinals) > 1

    def _weekdays(self, said: re.Match) -> None:
        clause = self._days_begin()
        clause.weekdays = [lexicon.weekday_of(name) for name in re.findall(lexicon.DAY, said[0].lower())]
        self.is_after_several = len(clause.weekdays) > 1
        if not (clause.says_how_often or said[0].lower().endswith("s")) and _DATE_OR_HOUR.match(self.text, said.end()):
            raise Unreadable

    def _day_range(self, said: re.Match) -> None:
        first, last = (lexicon.weekday_of(name) for name in re.findall(lexicon.DAY, said[0].lower()))
        if first >= last:
            raise Unreadable
        self._whole_days(range(first, last + 1))

    def _all_days(self, said: re.Match) -> None:
        self._whole_days(range(7))

    def _workdays(self, said: re.Match) -> None:
        self._whole_days(range(5))

    def _weekends(self, said: re.Match) -> None:
        self._whole_days(range(5, 7))

    def _whole_days(self, days: range) -> None:
        self._days_begin().weekdays = list(days)

    def _part_of_day(self, said: re.Match) -> None:
        if self._clause.part_of_day:
            raise Unreadable
        self._clause.part_of_day = said[0].lower().rstrip("s")


def _an_hour_after(start: datetime.time) -> datetime.time:
    """Return the earliest time for another meeting. One sooner is more often when the doors open."""
    return start.replace(hour=start.hour + 1) if start.hour < 23 else datetime.time.max
