"""Left-to-right parser of a normalised sentence: each piece is a token of the lexicon, a remark, or other words."""

import datetime
import re
from dataclasses import replace
from itertools import combinations, pairwise

from . import lexicon
from .clauses import Clause
from .clock_reading import Ambiguous, AmbiguousTimes, Unreadable, read_times
from .doubts import raise_if_ambiguous, rewritten
from .patterns import Pattern
from .prose import is_of_a_service, sentence_at, words_at
from .readings import Reading, ReadPattern, as_sentence, note_of
from .remarks import Kind, Remark, remark_at
from .token_handlers import TokenHandlers


class Reader(TokenHandlers):
    """Parses a sentence from left to right. Raises `Unreadable` if any part is neither a token nor a remark.

    A token of `lexicon.TOKENS` that means certain days, or how often, is noted in its clause. Others are dispatched by
    name to the method `_<token name>`; tokens without one are ignored.
    """

    def __init__(self, text: str, today: datetime.date) -> None:
        super().__init__(text, today)
        if lexicon.UNFINISHED.search(text):
            raise Unreadable
        position = 0
        while position < len(text):
            position = position + 1 if text[position].isspace() else self._read_at(position)

    def _read_at(self, position: int) -> int:
        """Consume the remark or token at `position` and return the position after it."""
        remark = sentence_at(self.text, position) or remark_at(self.text, position)
        if remark:
            return self._remark(*remark, position)
        token = self._token_at(position)
        # "in the library", but not "in" alone: words with others are kept whole.
        if token is None or token[0] == "noise":
            remark = words_at(self.text, position)
            if remark:
                return self._remark(*remark, position)
        if token is None:
            raise Unreadable(self._words_from(position))
        name, match = token
        if name in lexicon.DAYS_OF:
            self._clause_for_days(position).weekdays = list(lexicon.DAYS_OF[name])
        if name in lexicon.DAYS_OF or name in lexicon.HOW_OFTEN:
            self._clause.tokens.add(name)
        else:
            getattr(self, f"_{name}", lambda match: None)(match)
        return match.end()

    def _token_at(self, position: int) -> tuple[str, re.Match[str]] | None:
        for name, pattern in lexicon.TOKENS:
            match = pattern.match(self.text, position)
            if match:
                return name, match
        return None

    def reading(self) -> Reading:
        """Return the result. Raises `Unreadable` if the clauses are incomplete or contradictory."""
        clauses = [clause for clause in self.clauses if clause != Clause()]
        if not clauses:
            raise Unreadable
        if any(remark.kind is Kind.OTHER_TIME for remark in self.remarks) and not all(c.times for c in clauses):
            raise Unreadable
        self._take_the_day_of_the_first_date(clauses)
        self._ask_whether_time_is_shared(clauses)
        for clause in clauses:
            raise_if_ambiguous(self.text, clause, "first" in self.conditions.dates)
        clauses = self._merged(clauses)
        if len(clauses) > 1:
            self._require_complete(clauses)
        self._require_counts(clauses)
        self.conditions.validate(clauses)
        if self.asks_for_the_time and any(clause.times for clause in clauses):
            raise Unreadable
        for clause in clauses:
            if clause.part_of_day and not clause.times:
                # "Tuesday evenings": no time, but the part of the day is worth keeping.
                words = "At lunchtime" if clause.part_of_day == "lunchtime" else f"In the {clause.part_of_day}"
                self.remarks.insert(0, Remark(Kind.OTHER, words))
                self.is_partial = True
        if self.is_partial and len(clauses) > 1:
            raise Unreadable
        patterns = [pattern for clause in clauses for pattern in self._patterns(clause)]
        is_partial = self.is_remark_after_several or (self.is_remark_partial and len(clauses) > 1)
        note = as_sentence(self.text) if is_partial else note_of(self.remarks)
        return Reading(
            tuple(ReadPattern(pattern, note) for pattern in patterns), tuple(self.remarks), self.asks_for_the_time
        )

    def _take_the_day_of_the_first_date(self, clauses: list[Clause]) -> None:
        """Give the weekday of the first date to "weekly, 7pm, from 11 January 2027"."""
        first = self.conditions.dates.get("first")
        [clause, *others] = clauses
        if first and not others and not clause.weekdays and (clause.is_weekly or clause.interval):
            clause.weekdays = [first.weekday()]

    def _ask_whether_time_is_shared(self, clauses: list[Clause]) -> None:
        """Ask of "1st Monday and 3rd Thursday, 7pm": at 7pm on both?"""
        *others, last = clauses
        if not self.is_list or any(clause.times for clause in others) or not all(clause.weekdays for clause in clauses):
            return
        if others and len(last.times) == 1 and (span := last.times[0].span):
            text = last.times[0].text
            raise Ambiguous(f"“{text}”: on all of these days?", [rewritten(self.text, span, f"all {text}")])

    def _times(self, clause: Clause) -> list[tuple[datetime.time, datetime.time | None]]:
        times = []
        for each in clause.times:
            try:
                times.append(read_times(each.text, clause.part_of_day))
            except AmbiguousTimes as error:
                if each.span is None:
                    raise Unreadable from None
                raise Ambiguous(
                    error.question, [rewritten(self.text, each.span, choice) for choice in error.choices]
                ) from None
        return times

    def _merged(self, clauses: list[Clause]) -> list[Clause]:
        """Return the clauses, with the times of "Saturday 9am, Saturday 11am" in one."""
        merged: list[Clause] = []
        for clause in clauses:
            before = merged[-1] if merged else None
            if before and clause.times and before == replace(clause, times=before.times) and len(clause.weekdays) == 1:
                before.times += clause.times
                self.is_remark_after_several = self.is_remark_partial
            else:
                merged.append(clause)
        return merged

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

    def _require_counts(self, clauses: list[Clause]) -> None:
        """Raise `Unreadable` if "twice a week" or "twice a month" is not how many days there are."""
        days = sum(len(set(clause.weekdays)) for clause in clauses)
        dates = sum(len(clause.ordinals) * max(1, len(clause.weekdays)) for clause in clauses)
        if self.days_a_week and (days != self.days_a_week or any(clause.ordinals for clause in clauses)):
            raise Unreadable
        if self.days_a_month and dates != self.days_a_month:
            raise Unreadable

    def _patterns(self, clause: Clause) -> list[Pattern]:
        times = self._times(clause)
        all_times: list[tuple[datetime.time | None, datetime.time | None]] = [*times] or [(None, None)]
        # Another time begins behind the one before: "7pm and 8pm-9pm" may be a part of it.
        if any(after < (ends_at or _an_hour_after(starts_at)) for (starts_at, ends_at), (after, _) in pairwise(times)):
            raise Unreadable
        return [
            self.conditions.apply_to(replace(pattern, starts_at=starts_at, ends_at=ends_at))
            for pattern in clause.days()
            for starts_at, ends_at in all_times
        ]

    def _remark(self, remark: Remark, end: int, position: int) -> int:
        """Add the remark at `position`, and return its end."""
        if remark.kind in (Kind.WORDS, Kind.PLACE) and self._clause.ordinals and not self._clause.weekdays:
            # "First Steps, Mondays" is not the first Monday.
            raise Unreadable
        if self.clauses == [Clause()]:
            self.begins_with_remark = True
        else:
            self.is_remark_partial = True
        is_behind_stop = self.text[:position].rstrip().endswith(".")
        self.is_remark_after_several |= self.is_after_several and not is_behind_stop
        is_service = remark.kind is Kind.TELEPHONE or (
            remark.kind in (Kind.WORDS, Kind.PLACE) and is_of_a_service(remark.words)
        )
        self.is_after_service |= is_service or remark.kind is Kind.TRANSPORT
        self.last_service_end = end if is_service else self.last_service_end
        self.remarks.append(remark)
        self.last_remark_end = end
        return end


def _an_hour_after(start: datetime.time) -> datetime.time:
    """Return the earliest start of a further meeting: a sooner time is usually when the doors open."""
    return start.replace(hour=start.hour + 1) if start.hour < 23 else datetime.time.max
