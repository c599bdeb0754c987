"""What is asked of tokens that have several meanings by themselves: "every other month", "usually", "or"."""

import re

from ..choices import Weekday
from . import lexicon
from .clock_reading import Ambiguous, Unreadable
from .doubts import rewritten
from .reader_state import ReaderState
from .readings import as_sentence
from .sentences import ORDINALS

_ODD_MONTHS = "January, March, May, July, September and November"
_EVEN_MONTHS = "February, April, June, August, October and December"


class DoubtHandlers(ReaderState):
    """A method `_<name>` for each token of the lexicon with several meanings; see `TokenHandlers`."""

    def _every_other_month(self, match: re.Match[str]) -> None:
        raise Ambiguous(
            f"“{match[0]}”: in which months?",
            [rewritten(self.text, match.span(), f"of the month in {months}") for months in (_ODD_MONTHS, _EVEN_MONTHS)],
        )

    def _twice_a_month(self, match: re.Match[str]) -> None:
        rest = rewritten(self.text, match.span(), "")
        if lexicon.NAMES_AN_ORDINAL.search(rest):
            self.days_a_month = 2
            return
        day = re.compile(rf"(?<!\w){lexicon.DAY}", re.IGNORECASE)
        if len(day.findall(rest)) != 1:
            raise Unreadable
        raise Ambiguous(
            f"“{match[0]}”: which ones in the month?",
            [day.sub(rf"{weeks} \g<0>", rest) for weeks in ("1st and 3rd", "2nd and 4th")],
        )

    def _weeks_of_month(self, match: re.Match[str]) -> None:
        rest = rewritten(self.text, match.span(), "").strip(" ,;:-")
        day = re.compile(rf"(?<!\w){lexicon.DAY}", re.IGNORECASE)
        if len(day.findall(rest)) != 1 or lexicon.NAMES_AN_ORDINAL.search(rest):
            raise Unreadable(match[0])
        weeks = match["weeks"].lower()
        numbers = lexicon.ordinals_in(weeks) or [int(number) for number in re.findall(r"\d", weeks)]
        which = " and ".join(ORDINALS[number] for number in numbers)
        name = Weekday(lexicon.weekday_of(day.findall(rest)[0].lower())).label
        raise Ambiguous(f"“{match[0]}”: the {which} {name} of the month?", [day.sub(f"{which} {name}", rest)])

    def _usually(self, match: re.Match[str]) -> None:
        raise Ambiguous(
            f"“{match[0]}”: every time, with a note to ask first?",
            [rewritten(self.text, match.span(), "").strip()],
            f"{as_sentence(self._words_from(match.start()))} Ask first.",
        )

    def _or_day(self, match: re.Match[str]) -> None:
        raise Ambiguous(
            f"“{self._words_from(match.start())}”: on both days?", [rewritten(self.text, match.span(), "and")]
        )

    def _or_time(self, match: re.Match[str]) -> None:
        times = self._clause.times
        if times and match["range"] and lexicon.JOINS_HOURS.search(times[-1].text):
            # "10am to noon or 1pm to 3pm": two sessions.
            return
        raise Ambiguous(f"“{self._words_from(match.start())}”: both?", [rewritten(self.text, match.span(), "and")])

    def _ask_whether_two(self, match: re.Match[str]) -> None:
        """Ask of "7pm, 9pm": two meetings, or one that ends at 9pm?"""
        before = self._clause.times[-1]
        if before.span is None or lexicon.JOINS_HOURS.search(before.text):
            raise Unreadable
        span = (before.span[0], match.end())
        raise Ambiguous(
            f"“{self.text[slice(*span)]}”: two meetings, or one from {before.text} to {match[0]}?",
            [rewritten(self.text, span, f"{before.text}{joined}{match[0]}") for joined in (" and ", " - ")],
        )
