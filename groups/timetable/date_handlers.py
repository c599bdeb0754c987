"""What the tokens with dates add to the reading of a sentence: first and last dates, and how long a course is."""

import datetime
import re

from ..choices import Month
from . import lexicon
from .clock_reading import Ambiguous, Unreadable
from .conditions import date_in
from .doubts import rewritten
from .reader_state import ReaderState
from .remarks import Kind, Remark


class DateHandlers(ReaderState):
    """A method `_<name>` for each token of the lexicon with a date; see `TokenHandlers`."""

    def _first_date(self, match: re.Match[str]) -> None:
        self._note_qualifier(match.start())
        self.conditions.set_date("first", match[0].lower())

    def _first_date_without_a_year(self, match: re.Match[str]) -> None:
        dates = self._dates_in_likely_years(match["date"].lower())
        if match["next"]:
            dates = [date for date in dates if date >= self.today]
        if not dates:
            raise Unreadable(match[0])
        raise Ambiguous(
            f"“{match[0]}”: of which year?",
            [rewritten(self.text, match.span(), f"from {_in_full(date)}") for date in dates],
        )

    def _dates_in_likely_years(self, text: str) -> list[datetime.date]:
        """Return the dates of lower-case text without a year, of which the last is past and the next is to come."""
        years = [self.today.year, self.today.year + 1]
        dates = [date for year in years if (date := date_in(f"{text} {year}")) is not None]
        return [date for date in dates if abs((date - self.today).days) < 366]

    def _date_range(self, match: re.Match[str]) -> None:
        first, last, year = match["from"].lower(), match["to"].lower(), match["year"]
        if not re.search(lexicon.MONTH, first):
            # "5 to 26 January".
            first = f"{first} {re.findall(lexicon.MONTH, last)[-1]}"
        if year is None:
            if re.search(r"\d{4}$", first):
                raise Unreadable(match[0])
            ends = [date for date in self._dates_in_likely_years(last) if date >= self.today]
            if not ends:
                raise Unreadable(match[0])
            raise Ambiguous(
                f"“{match[0]}”: until {' or '.join(str(date.year) for date in ends)}, and not in every year?",
                [rewritten(self.text, match.span(), f"from {first} to {_in_full(date)}") for date in ends],
            )
        until = date_in(f"{last} {int(year[-4:])}")
        start = date_in(first) if re.search(r"\d{4}$", first) else None
        if start is None and until is not None and not re.search(r"\d{4}$", first):
            # "1 November to 28 February 2027" began in the year before.
            starts = [date for number in (until.year, until.year - 1) if (date := date_in(f"{first} {number}"))]
            start = next((date for date in starts if date < until), None)
        if start is None or until is None:
            raise Unreadable(match[0])
        self._note_qualifier(match.start())
        self.conditions.set_date("first", _in_full(start).lower())
        self.conditions.set_date("last", _in_full(until).lower())
        self.conditions.is_range = True

    def _weeks_of_a_course(self, match: re.Match[str]) -> None:
        number = (match["course"] or match["weeks"]).lower()
        self.conditions.set_weeks(lexicon.NUMBERS.get(number) or int(number))
        self.remarks.append(Remark(Kind.OTHER, match[0]))

    def _next_date(self, match: re.Match[str]) -> None:
        self.conditions.has_next_date = True
        self._first_date(match)

    def _last_date(self, match: re.Match[str]) -> None:
        self._note_qualifier(match.start())
        self.conditions.set_date("last", match[0].lower())


def _in_full(date: datetime.date) -> str:
    """Return a date as the lexicon reads it: "5 January 2027"."""
    return f"{date.day} {Month(date.month).label} {date.year}"
