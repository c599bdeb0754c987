"""What each token of the lexicon adds to the reading of a sentence."""

import re

from . import lexicon
from .clauses import TimeText
from .clock_reading import Ambiguous, Unreadable
from .date_handlers import DateHandlers
from .doubt_handlers import DoubtHandlers
from .doubts import rewritten
from .remarks import Kind, Remark

#: After a weekday, a number that may be the date or the start time: "Friday 8 - 10pm".
_DATE_OR_HOUR = re.compile(r"\s+\d{1,2}\s+-\s")
#: Marks by which numbers in brackets are recognised as times of day.
_DAY_FOLLOWS = re.compile(rf"\s+{lexicon.DAY}", re.IGNORECASE)
_CLOCK_TIME = re.compile(r"[ap]m|noon|midnight|[.:]\d|\d{4}", re.IGNORECASE)


class TokenHandlers(DateHandlers, DoubtHandlers):
    """A method `_<name>` for each token of the lexicon that has a meaning of its own; its match is the argument.

    Each raises `Unreadable` where the token contradicts the sentence up to it, and `Ambiguous` if it is ambiguous.
    """

    def _no_day(self, match: re.Match[str]) -> None:
        # A pub, or one day.
        raise Unreadable(match[0])

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

    def _ordinals_off(self, match: re.Match[str]) -> None:
        clause, text = self._clause, match[0].lower()
        off = set(lexicon.ordinals_in(text))
        day = re.search(lexicon.DAY, text)
        if len(clause.weekdays) != 1 or clause.has_recurrence or clause.is_monthly or not off <= {1, 2, 3, 4, 5}:
            raise Unreadable
        if day and [lexicon.weekday_of(day[0])] != clause.weekdays:
            raise Unreadable
        clause.ordinals = [str(number) for number in range(1, 6) if number not in off]

    def _instead_of_bank_holidays(self, match: re.Match[str]) -> None:
        self._note_qualifier(match.start())
        self.conditions.skips_bank_holidays = True
        self.remarks.append(Remark(Kind.OTHER, match[0]))

    def _then_instead(self, match: re.Match[str]) -> None:
        if not self.conditions.skips_bank_holidays:
            raise Unreadable(match[0])
        self.remarks.append(Remark(Kind.OTHER, match[0].lstrip(", ")))

    def _last_day_of_month(self, match: re.Match[str]) -> None:
        self._clause_for_days(match.start()).is_last_day = True

    def _every_day_of_month(self, match: re.Match[str]) -> None:
        # "Every Monday of the month" is every Monday.
        clause = self._clause_for_days(match.start())
        clause.weekdays = [lexicon.weekday_of(match["day"].lower())]
        clause.says_every = True

    def _times_a_week(self, match: re.Match[str]) -> None:
        number = (match["times"] or "two").lower()
        self.days_a_week = lexicon.NUMBERS.get(number) or int(number)

    def _shared_time(self, match: re.Match[str]) -> None:
        if any(clause.times for clause in self.clauses):
            raise Unreadable(self._words_from(match.start()))
        self.has_shared_time = True

    def _about(self, match: re.Match[str]) -> None:
        self.remarks.append(Remark(Kind.OTHER, self._words_from(match.start())))

    def _question_mark(self, match: re.Match[str]) -> None:
        if self.last_remark_end != match.start():
            raise Unreadable

    def _days_off(self, match: re.Match[str]) -> None:
        off = {lexicon.weekday_of(name) for name in re.findall(lexicon.DAY, match[0].lower())}
        clause = self._clause
        met = {day for each in self.clauses for day in each.weekdays}
        if clause.times and off.isdisjoint(met) and re.search(r"\bclosed\b|\bnot open\b", match[0], re.IGNORECASE):
            # "Monday to Friday 9am to 5pm, closed Sundays".
            self.remarks.append(Remark(Kind.OTHER, match[0]))
            return
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
            # "4pm to 6pm (under 14s) and 6pm to 8pm (over 14s)".
            between = re.sub(r"\([^()]*\)", "", between)
            if lexicon.JOINS_TIMES.fullmatch(between) or (is_range and lexicon.JOINS_RANGES.fullmatch(between)):
                self.is_after_several = True
            elif self.is_time_first and self._clause.weekdays:
                self._start_clause()
            elif re.fullmatch(r"\s*[,/]?\s*", between) and not is_range:
                self._ask_whether_two(match)
            else:
                raise Unreadable
        self._clause.times.append(TimeText(match[0], match.span()))
        if self.has_shared_time:
            for clause in self.clauses[:-1]:
                clause.times = [TimeText(match[0], None)]
        until = lexicon.UNTIL_ABOUT.search(match[0])
        if until:
            self.remarks.append(Remark(Kind.OTHER, f"until {until[0]}"))

    def _hour(self, match: re.Match[str]) -> None:
        self._time(match, is_range=True)

    def _time_for_time(self, match: re.Match[str]) -> None:
        # "7pm for 7.30pm": people come at 7pm, and it begins at 7.30pm.
        self._time(match, is_range=True)
        self._clause.times[-1] = TimeText(re.split(r"\sfor\s(?:an?\s)?", match[0].lower())[1], None)
        self.remarks.append(Remark(Kind.OTHER, match[0]))
        self.is_remark_partial |= len(self._clause.times) > 1

    def _end_time(self, match: re.Match[str]) -> None:
        times = self._clause.times
        end = re.search(lexicon.CLOCK, match[0], re.IGNORECASE)
        if len(times) != 1 or end is None:
            raise Unreadable
        times[0] = TimeText(f"{times[0].text} - {end[0]}", None)
        self.last_time_end = match.end()

    def _interval(self, match: re.Match[str]) -> None:
        text = match[0].lower()
        number = re.search(r"every\s+(\w+)\s+weeks", text)
        weeks = 2 if number is None else lexicon.NUMBERS.get(number[1]) or int(number[1])
        if match["nth"]:
            [weeks] = lexicon.ordinals_in(match["nth"].lower())
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
        clause.every_nth = match.span()

    def _every(self, match: re.Match[str]) -> None:
        self._clause_for_days(match.start()).says_every = True

    def _ordinals(self, match: re.Match[str]) -> None:
        clause = self._clause_for_days(match.start())
        if clause.ordinals:
            raise Unreadable
        if self._is_behind_remark(match.start()) and not _DAY_FOLLOWS.match(self.text, match.end()):
            # "Ring Anne first, Mondays 7pm".
            raise Unreadable
        clause.ordinals = re.findall(
            r"\b(first|second|third|fourth|fifth|last|\d{1,2})(?:st|nd|rd|th)?\b", match[0].lower()
        )
        clause.says_every |= match["every"] is not None
        if match["every"] and len(clause.ordinals) == 1 and clause.numbers[0] in (2, 3, 4, 5):
            clause.every_nth = match.span()
        self.is_after_several = len(clause.ordinals) > 1

    def _same_ordinals(self, match: re.Match[str]) -> None:
        clause = self._clause_for_days(match.start())
        clause.ordinals = [
            match["same"].lower().rstrip("stndrh") if match["same"][0].isdigit() else match["same"].lower()
        ]
        clause.weekdays = [lexicon.weekday_of(name) for name in re.findall(lexicon.DAY, match[0].lower())]
        clause.repeats_ordinal = self.is_after_several = True

    def _weekdays(self, match: re.Match[str]) -> None:
        clause = self._clause_for_days(match.start())
        clause.weekdays = [lexicon.weekday_of(name) for name in re.findall(lexicon.DAY, match[0].lower())]
        self.is_after_several = len(clause.weekdays) > 1
        if clause.ordinals and len(clause.weekdays) > 1 and not self._is_in_brackets(match.start()):
            clause.shared_ordinal = match.span()
        # "Monday 10am - 4pm, Sunday 12 - 4pm" are the hours of a place.
        is_regular = clause.is_explicit or re.search(r"day'?s$", match[0], re.IGNORECASE) or self.clauses[0].times
        if not is_regular and _DATE_OR_HOUR.match(self.text, match.end()):
            raise Ambiguous(
                f"“{self._words_from(match.start())}”: every {match[0]}?",
                [rewritten(self.text, match.span(), f"every {match[0]}")],
            )

    def _day_range(self, match: re.Match[str]) -> None:
        first, last = (lexicon.weekday_of(name) for name in re.findall(lexicon.DAY, match[0].lower()))
        if first >= last:
            raise Unreadable
        weekdays = list(range(first, last + 1))
        if self._is_in_brackets(match.start()) and weekdays == self._clause.weekdays:
            # "Every weekday (Mon-Fri)".
            return
        self._clause_for_days(match.start()).weekdays = weekdays

    def _part_of_day(self, match: re.Match[str]) -> None:
        if self._clause.part_of_day:
            raise Unreadable
        part = match["part"].lower()
        self._clause.part_of_day = "lunchtime" if part.startswith("lunch") else part.rstrip("s")
